public import Evidence
import Bytes
import EvidenceStore
import MediaDecoding
import MerkleLog

/// Whether registrations are taken, and how the authorities and the witnesses do.
public struct Health: Sendable {
    public let reasons: [String]
    let size: UInt64
    /// How the log ended, if it did.
    let end: LogNotice?
    /// Whether the kernel filters the decoder children's system calls; `nil` before the first child has started.
    let decoderIsFiltered: Bool?
    /// `nil` when scrubbing is off.
    let scrub: Scrubber.Standing?
    let anchors: [AnchorHealth]
    let certificates: [AuthorityCertificate]
    let now: UTCTime
    let witnesses: [(name: String, standing: WitnessStanding)]

    /// Registrations are taken; a promise to somebody may be broken all the same, see ``warnings``.
    public var isHealthy: Bool { reasons.isEmpty }

    /// What an operator should look at though registrations are taken, one sentence each.
    public var warnings: [String] {
        anchors.compactMap(\.warning) + certificates.compactMap { $0.warning(now: now) }
    }

    private var status: String {
        guard isHealthy else { return "refusing registrations" }
        return warnings.isEmpty ? "ok" : "degraded"
    }

    public var json: JSONValue {
        [
            "status": .string(status),
            "reasons": .array(reasons.map { .string($0) }),
            "warnings": .array(warnings.map { .string($0) }),
            "size": .integer(size),
            "frozen": end.map { .string(NotaryError.frozen($0).message) } ?? .null,
            "decoderFiltered": decoderIsFiltered.map { .bool($0) } ?? .null,
            "scrub": scrub.map(\.json) ?? .null,
            "authorities": .object(
                Dictionary(
                    anchors.filter { $0.kind == .timestampAuthority }.map { anchor in
                        (
                            anchor.name,
                            [
                                "lastSuccess": anchor.standing.lastSuccess.map { .string($0.description) } ?? .null,
                                "lastFailure": anchor.standing.lastFailure.map { .string($0) } ?? .null,
                                "certificateEnds": certificates.first { $0.authority == anchor.name }
                                    .map { .string(UTCTime(seconds: $0.endSeconds).description) } ?? .null,
                            ]
                        )
                    }
                ) { first, _ in first }
            ),
            "anchors": .object(Dictionary(anchors.map { ($0.name, $0.json) }) { first, _ in first }),
            "witnesses": .object(
                Dictionary(
                    witnesses.map { name, standing in
                        (
                            name,
                            [
                                "size": .integer(standing.size.value),
                                "lastSuccess": standing.lastSuccess.map { .string($0.description) } ?? .null,
                                "lastFailure": standing.lastFailure.map { .string($0) } ?? .null,
                            ]
                        )
                    }
                ) { first, _ in first }
            ),
        ]
    }
}

extension Notary {
    public func health() async -> Health {
        Health(
            reasons: await lanes.refusals,
            size: lanes.size,
            end: lanes.end,
            decoderIsFiltered: decoder.isFiltered,
            scrub: scrubber.isOn ? scrubber.standing : nil,
            anchors: anchoring.tracks.map { AnchorHealth($0, now: clock()) },
            certificates: authorityCertificates,
            now: clock(),
            witnesses: witnesses.map { witnesses in
                witnesses.targets.map { ($0.name, witnesses.standing(of: $0.name)) }
            } ?? []
        )
    }
}
