import Anchoring
import Bytes
import EvidenceStore
import OpenSSL

/// The certificate that an authority signed its last token with, and when it ends.
struct AuthorityCertificate: Sendable, Equatable {
    /// Time to ask the authority for its new root, and to renew what the old one stamped.
    static let warningDays: Int64 = 30
    private static let secondsPerDay: Int64 = 86_400

    let authority: String
    let endSeconds: Int64

    /// - Returns: `nil` while the authority has given no token whose certificate came along.
    init?(of authority: String, lane: LaneID, in store: Store) throws {
        guard let latest = try store.latestTimestamp(of: authority, lane: lane),
            let token = try? UnverifiedTimestamp(response: latest.response).response.token,
            let signer = try? token.signer(untrusted: [])
        else { return nil }
        self.authority = authority
        endSeconds = signer.notAfter
    }

    /// A sentence in its last days.
    func warning(now: UTCTime) -> String? {
        let left = endSeconds - now.seconds
        guard left <= Self.warningDays * Self.secondsPerDay else { return nil }
        let what = left < 0 ? "ended" : "ends"
        return
            "The certificate of \(authority) \(what) on \(UTCTime(seconds: endSeconds)): run `cinnabar renew`, and see "
            + "that it signs with a new one whose root is configured."
    }

    var metric: Metric {
        Metric(
            "cinnabar_authority_certificate_end_seconds",
            "When the certificate of its last token ends, in seconds since 1970.",
            .gauge,
            endSeconds,
            labels: ["authority": authority]
        )
    }
}

extension Notary {
    /// Of every authority that this log asks now: what it once asked needs renewal, and no new root.
    var authorityCertificates: [AuthorityCertificate] {
        ([Self.selfOperatedName] + configuration.authorities.map(\.name)).compactMap { name in
            try? AuthorityCertificate(of: name, lane: lanes.outgoing.id, in: store)
        }
    }
}
