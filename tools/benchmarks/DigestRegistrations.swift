import Bytes
import Evidence
import Notary
import OpenSSL

/// Digest-only registrations through the sequencer, beside what the store alone takes and what the disk syncs.
struct DigestRegistrations {
    let surroundings: Surroundings
    let scale: Scale

    /// Callers at once: what a few busy shops are.
    private static let callers = 1024

    func round() async throws -> [Sample] {
        let syncs = try DiskSync(surroundings).perSecond()
        let limit = try StoreLimit(surroundings: surroundings, count: scale.digests).perSecond()
        let single = try await perSecond()
        return [
            Sample("digests.limit.fsync", syncs, "syncs/s"),
            Sample("digests.limit.store", limit, "registrations/s"),
            Sample("digests.concurrent", single, "registrations/s", mark: "≥ 20000"),
            Sample("digests.share.concurrent", 100 * single / limit, "% of limit"),
        ]
    }

    /// Many callers that register one each.
    func perSecond() async throws -> Double {
        let log = try TemporaryLog(surroundings)
        defer { log.close() }
        let next = Counter()
        let (_, seconds) = try await timed {
            try await forEach(0..<Self.callers, width: Self.callers) { _ in
                while true {
                    let number = next.increment()
                    guard number < scale.digests else { return }
                    _ = try await Self.register(number, in: log)
                }
            }
        }
        return Double(scale.digests) / seconds
    }

    static func register(_ number: Int, in log: TemporaryLog) async throws -> Registration {
        try await log.notary.register(file(number), RegistrationRequest(channel: .digestOnly), for: log.caller)
    }

    /// A file that nobody has: its digests are of its number.
    static func file(_ number: Int) -> DeclaredFile {
        DeclaredFile(sha256: SHA256.digest(of: Array("file \(number)".utf8)))
    }
}
