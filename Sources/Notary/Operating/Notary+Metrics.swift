import EvidenceStore
import MediaDecoding
import MerkleLog

extension Notary {
    public func metrics() -> [Metric] {
        let decoded = decoder.counters
        let process = [
            Metric("cinnabar_log_size", "Entries in the published log.", .gauge, lanes.size),
            Metric("cinnabar_log_frozen", "Whether the log has ended.", .gauge, lanes.end == nil ? 0 : 1),
            Metric("cinnabar_log_keys", "Keys that the logs have had.", .gauge, keyBook.all.count),
            Metric("cinnabar_sketches", "Pictures in the index of parts.", .gauge, parts.count),
            Metric("cinnabar_fingerprints", "Fingerprints in the similarity index.", .gauge, pictures.count),
            Metric("cinnabar_registrations_total", "Registrations made.", .counter, counters.registrations.value),
            Metric("cinnabar_replays_total", "Answers to repeated requests.", .counter, counters.replays.value),
            Metric("cinnabar_refusals_total", "Registrations refused.", .counter, counters.refusals.value),
            Metric("cinnabar_searches_total", "Searches answered.", .counter, counters.searches.value),
            Metric("cinnabar_matches_total", "Matches shown by searches.", .counter, counters.matches.value),
            Metric("cinnabar_matches_ignored_total", "Matches left out as asked.", .counter, counters.ignored.value),
            Metric("cinnabar_overlays_total", "Drawings of matches asked for.", .counter, counters.overlays.value),
            feedback("right", counters.rightMatches.value), feedback("wrong", counters.wrongMatches.value),
            Metric("cinnabar_erasures_total", "Registrations erased.", .counter, counters.erasures.value),
            Metric("cinnabar_evidence_files_total", "Evidence files made.", .counter, counters.evidenceFiles.value),
            Metric("cinnabar_verifications_total", "Evidence files judged.", .counter, counters.verifications.value),
            Metric("cinnabar_pictures_decoded_total", "Pictures decoded.", .counter, decoded.decoded),
            Metric("cinnabar_pictures_refused_total", "Pictures that did not decode.", .counter, decoded.refused),
            Metric("cinnabar_decoder_restarts_total", "Decoder children replaced.", .counter, decoded.restarts),
        ]
        let anchors = anchoring.tracks.flatMap { AnchorHealth($0, now: clock()).metrics }
        let scrubs = scrubber.isOn ? scrubber.standing.metrics : []
        return process + scrubs
            + (anchors + authorityCertificates.map(\.metric) + witnessMetrics).sorted { $0.name < $1.name }
    }

    private func feedback(_ verdict: String, _ count: Int) -> Metric {
        Metric("cinnabar_feedback_total", "Matches that users judged.", .counter, count, labels: ["verdict": verdict])
    }

    private var witnessMetrics: [Metric] {
        guard let witnesses else { return [] }
        let size = witnesses.witnessedSize.value
        return [Metric("cinnabar_witnessed_size", "Entries in the newest witnessed checkpoint.", .gauge, size)]
            + witnesses.targets.flatMap { target in
                let standing = witnesses.standing(of: target.name)
                let labels = ["witness": target.name]
                return [
                    Metric(
                        "cinnabar_cosigned_size",
                        "Entries that the witness cosigned last.",
                        .gauge,
                        standing.size.value,
                        labels: labels
                    ),
                    Metric(
                        "cinnabar_cosignatures_total",
                        "Cosignatures obtained.",
                        .counter,
                        standing.cosignatures,
                        labels: labels
                    ),
                    Metric(
                        "cinnabar_cosignature_failures_total",
                        "Requests that gave no cosignature.",
                        .counter,
                        standing.failures,
                        labels: labels
                    ),
                ]
            }
    }
}
