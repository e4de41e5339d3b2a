import Notary

extension CalendarOptions {
    /// The calendar that the configuration opens; `nil` if it opens none.
    init?(_ settings: Settings) {
        guard settings[flag: .calendarEnabled] else { return nil }
        let upstream = (settings[text: .calendarUpstream] ?? "").split(separator: ",")
            .map { $0.trimmingPrefix(while: \.isWhitespace) }
            .map { String($0.prefix { !$0.isWhitespace }) }
            .filter { !$0.isEmpty }
        self.init(url: settings[text: .calendarURL] ?? "", upstreamURLs: upstream)
        if let seconds = settings[number: .calendarRound] { roundSeconds = seconds }
        if let count = settings[number: .calendarRate] { digestsPerSecond = count }
    }
}
