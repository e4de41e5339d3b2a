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
    let authorities: [(name: String, standing: Timestamper.Standing)]
    let witnesses: [(name: String, standing: WitnessStanding)]

    public var isHealthy: Bool { reasons.isEmpty }

    public var json: JSONValue {
        [
            "status": .string(isHealthy ? "ok" : "refusing registrations"),
            "reasons": .array(reasons.map { .string($0) }),
            "size": .integer(size),
            "frozen": end.map { .string(NotaryError.frozen($0).message) } ?? .null,
            "decoderFiltered": decoderIsFiltered.map { .bool($0) } ?? .null,
            "scrub": scrub.map(\.json) ?? .null,
            "authorities": .object(
                Dictionary(
                    authorities.map { name, standing in
                        (
                            name,
                            [
                                "lastSuccess": standing.lastSuccess.map { .string($0.description) } ?? .null,
                                "lastFailure": standing.lastFailure.map { .string($0) } ?? .null,
                            ]
                        )
                    }
                ) { first, _ in first }
            ),
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
            authorities: timestamper.sources.map { ($0.name, timestamper.standing(of: $0.name)) },
            witnesses: witnesses.map { witnesses in
                witnesses.targets.map { ($0.name, witnesses.standing(of: $0.name)) }
            } ?? []
        )
    }
}
