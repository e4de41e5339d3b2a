public import Bytes
import Foundation

extension UTCTime {
    /// The system's clock.
    public static var now: UTCTime { UTCTime(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
