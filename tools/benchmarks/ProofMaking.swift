import Notary
import MerkleLog

/// Inclusion proofs of entries anywhere in a large log, one after the other, beside hashing one tile's nodes.
struct ProofMaking {
    let surroundings: Surroundings
    let scale: Scale

    private static let count = 20_000

    func round() async throws -> [Sample] {
        let filled = try await FilledLog(surroundings, entries: scale.entries)
        let (notary, _) = try filled.open()
        defer { notary.close() }
        let size = notary.size
        // One of many proofs finds its tile in memory; the first ones read it.
        let indexes = (0..<Self.count).map { _ in LeafIndex(UInt64.random(in: 0..<size)) }
        let before = ProcessFacts.current.processorSeconds
        var times: [Double] = []
        for index in indexes {
            let start = ContinuousClock.now
            _ = try notary.inclusionProof(of: index)
            times.append((ContinuousClock.now - start) / .microseconds(1))
        }
        let processor = ProcessFacts.current.processorSeconds - before
        let percentiles = Percentiles(times)
        let recent = try await timed {
            for index in size - 1000..<size { _ = try notary.inclusionProof(of: LeafIndex(index)) }
        }.seconds
        return [
            Sample("proofs.limit.tile-hashing", 256 * 1e6 / TreeHashing.perSecond(leaves: 1 << 18), "µs/tile"),
            Sample("proofs.random.p50", percentiles[0.5], "µs/proof", mark: "< 50"),
            Sample("proofs.random.p99", percentiles[0.99], "µs/proof"),
            Sample("proofs.random.cpu", processor * 1e6 / Double(times.count), "µs/proof"),
            Sample("proofs.recent", recent * 1000, "µs/proof"),
        ]
    }
}
