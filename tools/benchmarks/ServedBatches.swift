import Bytes
import Notary

/// Digests over HTTP, many in a request, beside hashing a tree of as many leaves.
struct ServedBatches {
    let surroundings: Surroundings
    let scale: Scale

    private static let linesOfBatch = 8192
    private static let batchesInFlight = 3

    func round() async throws -> [Sample] {
        let count = max(1, scale.batchedDigests / Self.linesOfBatch)
        let bodies = (0..<count).map { batch in
            (0..<Self.linesOfBatch).reduce(into: [UInt8]()) { body, line in
                let digest = DigestRegistrations.file(batch * Self.linesOfBatch + line).sha256
                body += #"{"digests":{"sha256":"\#(digest.hex)"}}"#.utf8
                body.append(UInt8(ascii: "\n"))
            }
        }
        let lines = Double(count * Self.linesOfBatch)
        let limit = TreeHashing.perSecond(leaves: Int(lines))
        let log = try ServedLog(surroundings)
        do {
            let before = log.server.facts.processorSeconds
            let (_, seconds) = try await timed {
                try await forEach(bodies, width: Self.batchesInFlight) { try await log.registerBatch($0) }
            }
            let processor = log.server.facts.processorSeconds - before
            try await log.close()
            return [
                Sample("batches.limit.tree-hashing", limit, "leaves/s"),
                Sample("batches", lines / seconds, "registrations/s", mark: "≥ 40000"),
                Sample("batches.cpu", processor * 1e6 / lines, "µs/registration"),
            ]
        } catch {
            try await log.close()
            throw error
        }
    }
}
