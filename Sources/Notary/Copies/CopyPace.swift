import Foundation

/// Holds a copy back to so many bytes a second.
struct CopyPace {
    private let bytesPerSecond: Int?
    private let started = ContinuousClock.now
    private var bytes = 0.0

    init(bytesPerSecond: Int?) { self.bytesPerSecond = bytesPerSecond }

    /// Waits, on this thread, until so many more bytes are due.
    mutating func take(_ count: Int) {
        guard let bytesPerSecond else { return }
        bytes += Double(count)
        let due = Duration.seconds(bytes / Double(bytesPerSecond))
        let ahead = due - (ContinuousClock.now - started)
        if ahead > .zero { Thread.sleep(forTimeInterval: ahead / .seconds(1)) }
    }
}
