/// When what was last well, by the monitor's clock, in seconds since 1970.
struct MonitorTimes: Equatable {
    /// The newest checkpoint was first seen, or showed a newer cosignature.
    var changedSeconds: UInt64
    /// A checkpoint met the policy, or the log was seen for the first time.
    var witnessedSeconds: UInt64

    init(changedSeconds: UInt64, witnessedSeconds: UInt64) {
        self.changedSeconds = changedSeconds
        self.witnessedSeconds = witnessedSeconds
    }

    /// - Returns: `nil` for anything but the text of one.
    init?(parsing text: String) {
        let words = text.split(separator: "\n").map { $0.split(separator: " ") }
        guard words.count == 2, words.allSatisfy({ $0.count == 2 }), let changed = UInt64(words[0][1]),
            let witnessed = UInt64(words[1][1])
        else { return nil }
        self.init(changedSeconds: changed, witnessedSeconds: witnessed)
        guard self.text == text else { return nil }
    }

    var text: String { "changed \(changedSeconds)\nwitnessed \(witnessedSeconds)\n" }
}
