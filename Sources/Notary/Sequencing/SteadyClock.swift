import Bytes

/// Our clock as the log may use it: never backwards, and forwards no faster than time goes by.
///
/// What was once written with a time in the future would keep everything after it waiting for that time. So a wall
/// clock that leaps while the process runs is not believed; a restart takes it as it then is.
struct SteadyClock: Sendable {
    /// A clock that is set right by a second is no reason to refuse; what is written then repeats the last time.
    static let backwardToleranceMilliseconds: Int64 = 5_000
    /// Time servers step a clock by seconds. An hour leaves room for a virtual machine that was paused.
    static let forwardToleranceMilliseconds: Int64 = 3_600_000

    private let wall: @Sendable () -> UTCTime
    private let opened: UTCTime
    private let openedAt = ContinuousClock.now

    init(_ wall: @escaping @Sendable () -> UTCTime) {
        self.wall = wall
        opened = wall()
    }

    /// - Parameter last: The latest time that was written, in milliseconds since 1970.
    /// - Returns: Now, or `last` when the clock is a little behind it.
    /// - Throws: ``NotaryError`` with `.clockSetBack`, also for a clock that leapt ahead.
    func milliseconds(notBefore last: Int64) throws(NotaryError) -> Int64 {
        let now = wall().milliseconds
        guard last - now <= Self.backwardToleranceMilliseconds else {
            throw NotaryError(
                .clockSetBack,
                "The clock says \(UTCTime(milliseconds: now)), but the log's last time is "
                    + "\(UTCTime(milliseconds: last)). Set the clock right and try again."
            )
        }
        let elapsed = openedAt.duration(to: .now).components.seconds * 1000
        let expected = max(last, opened.milliseconds + elapsed)
        guard now - expected <= Self.forwardToleranceMilliseconds else {
            throw NotaryError(
                .clockSetBack,
                "The clock leapt to \(UTCTime(milliseconds: now)); by the time gone since the start it is "
                    + "\(UTCTime(milliseconds: expected)). Set it right, or restart if it is right now."
            )
        }
        return max(now, last)
    }
}
