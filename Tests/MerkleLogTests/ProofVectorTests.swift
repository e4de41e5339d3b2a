import Bytes
import Foundation
import MerkleLog
import OpenSSL
import Testing

struct ProofVectorTests {
    private struct Inclusion: Decodable {
        let leafIdx: UInt64
        let treeSize: UInt64
        let root: String
        let leafHash: String
        let proof: [String]?
        let desc: String
        let wantErr: Bool
    }

    private struct Consistency: Decodable {
        let size1: UInt64
        let size2: UInt64
        let root1: String
        let root2: String
        let proof: [String]?
        let desc: String
        let wantErr: Bool
    }

    private struct MalformedVector: Error {}

    private func digest(_ base64: String) throws -> Digest256 {
        guard let bytes = Base64.decode(base64), let digest = Digest256(bytes) else { throw MalformedVector() }
        return digest
    }

    /// A root that is not 32 bytes stands for one that is equal to no other.
    private func root(_ base64: String) -> Digest256 { (try? digest(base64)) ?? SHA256.digest(of: Array(base64.utf8)) }

    private func checkInclusion(_ url: URL) throws {
        let cases = try Vectors.jsonLines(Inclusion.self, url)
        #expect(cases.contains { $0.wantErr } && cases.contains { !$0.wantErr })
        for vector in cases {
            let verified = try? InclusionProof(
                index: LeafIndex(vector.leafIdx),
                size: TreeSize(vector.treeSize),
                hashes: (vector.proof ?? []).map(digest)
            ).verify(leaf: LeafHash(digest(vector.leafHash)), root: root(vector.root))
            #expect((verified == nil) == vector.wantErr, "\(vector.desc): \(vector.leafIdx) in \(vector.treeSize)")
        }
    }

    private func checkConsistency(_ url: URL) throws {
        let cases = try Vectors.jsonLines(Consistency.self, url)
        #expect(cases.contains { $0.wantErr } && cases.contains { !$0.wantErr })
        for vector in cases {
            let verified = try? ConsistencyProof(
                oldSize: TreeSize(vector.size1),
                newSize: TreeSize(vector.size2),
                hashes: (vector.proof ?? []).map(digest)
            ).verify(oldRoot: root(vector.root1), newRoot: root(vector.root2))
            #expect((verified == nil) == vector.wantErr, "\(vector.desc): \(vector.size1) to \(vector.size2)")
        }
    }

    @Test func generatedInclusion() throws {
        try checkInclusion(Vectors.bundled.appending(path: "merkle/generated-inclusion.jsonl"))
    }

    @Test func generatedConsistency() throws {
        try checkConsistency(Vectors.bundled.appending(path: "merkle/generated-consistency.jsonl"))
    }

    @Test(.enabled(if: Vectors.hasOutside("merkle"), "third-party vectors are not here: set CINNABAR_VECTORS"))
    func thirdPartyProofs() throws {
        try checkInclusion(Vectors.outside.appending(path: "merkle/third-party/inclusion.jsonl"))
        try checkConsistency(Vectors.outside.appending(path: "merkle/third-party/consistency.jsonl"))
    }
}
