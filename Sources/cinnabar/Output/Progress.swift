import Foundation
import Synchronization

/// One line on standard error that says how far something is: count, rate, time left. Silent for the first second.
final class Progress: Sendable {
    /// Often enough to feel alive, seldom enough to cost nothing.
    private static let interval = Duration.milliseconds(200)

    private let verb: String
    private let unit: Unit
    private let isShown: Bool
    private let rewrites: Bool
    private let started = ContinuousClock.now
    private let lastShown = Mutex<ContinuousClock.Instant?>(nil)

    enum Unit: Sendable { case items(String), bytes }

    init(_ verb: String, _ unit: Unit, console: Console) {
        self.verb = verb
        self.unit = unit
        isShown = console.showsProgress
        rewrites = Terminal.errorIsTerminal
    }

    /// - Parameters:
    ///   - done: How many are behind us.
    ///   - total: How many there will be, where that is known; without it there is no time left to tell.
    ///   - remark: What else is worth a few words, such as how many failed.
    func update(_ done: Int, of total: Int? = nil, remark: String = "") {
        let now = ContinuousClock.now
        guard isShown, now - started > .seconds(1) else { return }
        // A terminal's line is rewritten; a log file gets a line every five seconds.
        let interval = rewrites ? Self.interval : .seconds(5)
        let isDue = lastShown.withLock { last in
            if let last, now - last < interval { return false }
            last = now
            return true
        }
        guard isDue else { return }
        write(line(done, total, seconds: (now - started) / .seconds(1), remark: remark))
    }

    /// Takes the line away, so that the result stands alone.
    func finish() {
        if rewrites, lastShown.withLock({ $0 != nil }) { write("") }
    }

    private func line(_ done: Int, _ total: Int?, seconds: Double, remark: String) -> String {
        let rate = Double(done) / seconds
        var parts = [verb + "  " + amount(done) + (total.map { " of " + amount($0) } ?? "")]
        parts.append(unit.isBytes ? Wording.size(Int64(rate)) + "/s" : Wording.decimal(rate) + "/s")
        if let total, rate > 0, done < total { parts.append(Wording.duration(Double(total - done) / rate) + " left") }
        if !remark.isEmpty { parts.append(remark) }
        return parts.joined(separator: "  ")
    }

    private func amount(_ count: Int) -> String {
        switch unit {
        case .bytes: Wording.size(Int64(count))
        case .items(let name): Wording.count(count) + " " + name
        }
    }

    private func write(_ line: String) {
        let cleared = rewrites ? "\r\u{1B}[K" + line : line + "\n"
        try? FileHandle.standardError.write(contentsOf: Data(cleared.utf8))
    }
}

extension Progress.Unit {
    fileprivate var isBytes: Bool {
        if case .bytes = self { true } else { false }
    }
}
