import Anchoring
import Bytes
import MerkleLog
import OpenSSL
import Testing

struct OTSFileTests {
    private let digest = SHA256.digest(of: Array("a file\n".utf8))

    private func entry(of record: [UInt8]) -> [UInt8] {
        Array(#"{"cinnabar":"entry-1","sha256":"\#(SHA256.digest(of: record).hex)"}"#.utf8)
    }

    private func proof(record: [UInt8], leaf: Int, of count: Int, wrong: Bool = false) throws -> (
        OTSProof, OTSTimestamp
    ) {
        let entry = entry(of: record)
        let log = SmallLog(leaves: (0..<count).map { $0 == leaf ? entry : [UInt8($0)] })
        var end = try OTSTimestamp(message: OpenTimestamps.commitment(to: log.checkpoint).bytes)
        end.add(.bitcoin(height: 3))
        let checkpoint = try OTSProof(checkpoint: log.checkpoint, commitment: end)
        return try (
            OTSProof(
                file: digest,
                record: record,
                entry: entry,
                inclusion: log.inclusion(of: wrong ? (leaf + 1) % count : leaf),
                checkpoint: log.checkpoint,
                proof: checkpoint
            ), end
        )
    }

    @Test func everyLeafLeadsToTheCommitment() throws {
        let record = Array(#"{"document":{"sha256":"\#(digest.hex)","size":7}}"#.utf8)
        for count in 1...17 {
            for leaf in 0..<count {
                let (proof, end) = try proof(record: record, leaf: leaf, of: count)
                #expect(proof.timestamp.message == digest.bytes)
                #expect(try OTSProof(bytes: proof.bytes()) == proof)
                #expect(proof.bitcoinClaims.first?.merkleRoot == end.message)
            }
        }
    }

    @Test func whatCannotBeProvedIsRefused() throws {
        let long = Array(#"{"sha256":"\#(digest.hex)","#.utf8) + [UInt8](repeating: 32, count: 4096)
        expectOTS(.recordUnsuitable) { try proof(record: long, leaf: 0, of: 2) }
        expectOTS(.recordUnsuitable) { try proof(record: Array("{}".utf8), leaf: 0, of: 2) }
        let record = Array(digest.hex.utf8)
        expectOTS(.differentMessages) { try proof(record: record, leaf: 0, of: 3, wrong: true) }
        let full = record + [UInt8](repeating: 32, count: 4096 - record.count)
        #expect(try proof(record: full, leaf: 0, of: 2).0.timestamp.message == digest.bytes)
    }
}
