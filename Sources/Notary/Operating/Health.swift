public import Evidence
import Bytes
import EvidenceStore
import MediaDecoding
import MerkleLog

/// Whether registrations are taken, and how the authorities do.
public struct Health: Sendable {
    public let reasons: [String]
    let size: UInt64
    /// Whether the kernel filters the decoder children's system calls; `nil` before the first child has started.
    let decoderIsFiltered: Bool?
    let authorities: [(name: String, standing: Timestamper.Standing)]

    public var isHealthy: Bool { reasons.isEmpty }

    public var json: JSONValue {
        [
            "status": .string(isHealthy ? "ok" : "refusing registrations"),
            "reasons": .array(reasons.map { .string($0) }),
            "size": .integer(size),
            "decoderFiltered": decoderIsFiltered.map { .bool($0) } ?? .null,
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
        ]
    }
}

/// One sample for a metrics page, named as Prometheus has it.
public struct Metric: Sendable {
    public enum Kind: String, Sendable { case counter, gauge }

    public let name: String
    public let help: String
    public let kind: Kind
    public let labels: [String: String]
    public let value: Double

    init(_ name: String, _ help: String, _ kind: Kind, _ value: some BinaryInteger, labels: [String: String] = [:]) {
        self.name = name
        self.help = help
        self.kind = kind
        self.labels = labels
        self.value = Double(value)
    }
}

extension Notary {
    public func health() async -> Health {
        Health(
            reasons: await sequencer.refusal.map { [$0.message] } ?? [],
            size: published.current.size.value,
            decoderIsFiltered: decoder.isFiltered,
            authorities: timestamper.sources.map { ($0.name, timestamper.standing(of: $0.name)) }
        )
    }

    public func metrics() -> [Metric] {
        let decoded = decoder.counters
        let process = [
            Metric("cinnabar_log_size", "Entries in the published log.", .gauge, published.current.size.value),
            Metric("cinnabar_fingerprints", "Fingerprints in the similarity index.", .gauge, pictures.count),
            Metric("cinnabar_registrations_total", "Registrations made.", .counter, counters.registrations.value),
            Metric("cinnabar_replays_total", "Answers to repeated requests.", .counter, counters.replays.value),
            Metric("cinnabar_refusals_total", "Registrations refused.", .counter, counters.refusals.value),
            Metric("cinnabar_searches_total", "Searches answered.", .counter, counters.searches.value),
            Metric("cinnabar_matches_total", "Matches shown by searches.", .counter, counters.matches.value),
            Metric("cinnabar_evidence_files_total", "Evidence files made.", .counter, counters.evidenceFiles.value),
            Metric("cinnabar_verifications_total", "Evidence files judged.", .counter, counters.verifications.value),
            Metric("cinnabar_pictures_decoded_total", "Pictures decoded.", .counter, decoded.decoded),
            Metric("cinnabar_pictures_refused_total", "Pictures that did not decode.", .counter, decoded.refused),
            Metric("cinnabar_decoder_restarts_total", "Decoder children replaced.", .counter, decoded.restarts),
        ]
        let authorities = timestamper.sources.flatMap { source in
            let standing = timestamper.standing(of: source.name)
            return [
                Metric(
                    "cinnabar_timestamps_total",
                    "Time-stamps obtained.",
                    .counter,
                    standing.tokens,
                    labels: ["authority": source.name]
                ),
                Metric(
                    "cinnabar_timestamp_failures_total",
                    "Requests that gave no time-stamp.",
                    .counter,
                    standing.failures,
                    labels: ["authority": source.name]
                ),
            ]
        }
        return process + authorities.sorted { $0.name < $1.name }
    }
}
