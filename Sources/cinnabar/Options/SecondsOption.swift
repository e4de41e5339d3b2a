import ArgumentParser

/// A duration on the command line: `90`, `90s`, `15m`, `6h` or `7d`.
struct SecondsOption: ExpressibleByArgument, Equatable {
    /// Ten years: longer ones are typing errors.
    private static let limitSeconds: UInt64 = 10 * 366 * 86_400

    let seconds: UInt64

    init?(argument: String) {
        let units: [Character: UInt64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let unit = argument.last.flatMap { units[$0] }
        guard let count = UInt64(unit == nil ? argument[...] : argument.dropLast()), 1...Self.limitSeconds ~= count
        else { return nil }
        let (seconds, overflow) = count.multipliedReportingOverflow(by: unit ?? 1)
        guard !overflow, seconds <= Self.limitSeconds else { return nil }
        self.seconds = seconds
    }

    init(seconds: UInt64) { self.seconds = seconds }

    var defaultValueDescription: String { "\(seconds)s" }
}
