import Anchoring
import Bytes
import EvidenceStore
import OpenSSL
import Synchronization

/// The clock of the built-in authority: the times in its tokens never go back, for what they prove is their order.
final class AuthorityClock: Sendable {
    private let clock: SteadyClock
    private let last: Mutex<Int64>

    /// - Parameter last: The latest time that is known to stand in a token, in milliseconds since 1970.
    init(_ clock: SteadyClock, notBefore last: Int64) {
        self.clock = clock
        self.last = Mutex(last)
    }

    /// Starts at the latest token that the store has and at the newest batch. Tokens that were given to strangers are
    /// not stored, and not known after a restart.
    convenience init(_ clock: SteadyClock, store: Store, lanes: Lanes) throws {
        let latest = try store.latestTimestamp(of: Notary.selfOperatedName, lane: lanes.outgoing.id)
        let token = try latest.flatMap { try UnverifiedTimestamp(response: $0.response).response.token }
        let newest = lanes.all.map(\.published.current.batchTime).max() ?? 0
        self.init(clock, notBefore: max(newest, (token?.genTimeSeconds ?? 0) * 1000))
    }

    /// Seconds since 1970, never before an earlier answer.
    func seconds() -> Int64 {
        last.withLock { last in
            // A clock that is refused is refused in `serial()`, before a token is made; here the last time stands.
            last = (try? clock.milliseconds(notBefore: last)) ?? last
            return last / 1000
        }
    }

    /// The serial number of a token. Without one the authority answers with a system failure, as it should by a wrong
    /// clock.
    func serial() throws -> [UInt8] {
        _ = try clock.milliseconds(notBefore: last.withLock { $0 })
        return try SecureRandom.bytes(SelfOperatedAuthority.serialByteCount)
    }
}
