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
            // What is not 32 bytes is no hash, and never reaches the proof.
            guard let hashes = try? (vector.proof ?? []).map(digest),
                let leaf = (try? digest(vector.leafHash)).map(LeafHash.init(_:))
            else {
                #expect(vector.wantErr, "\(vector.desc)")
                continue
            }
            let root = root(vector.root)
            let result = Result { () throws(MerkleError) in
                try InclusionProof(index: LeafIndex(vector.leafIdx), size: TreeSize(vector.treeSize), hashes: hashes)
                    .verify(leaf: leaf, root: root)
            }
            let (index, size) = (vector.leafIdx, vector.treeSize)
            let expected: MerkleError.Code =
                index >= size
                ? .indexOutsideTree
                : hashes.count == PathLength.inclusion(index, size) ? .rootMismatch : .wrongProofLength
            #expect(result.code == (vector.wantErr ? expected : nil), "\(vector.desc): \(index) in \(size)")
        }
        Vectors.count("merkle/\(url.lastPathComponent)", cases.count, failing: cases.count { $0.wantErr })
    }

    private func checkConsistency(_ url: URL) throws {
        let cases = try Vectors.jsonLines(Consistency.self, url)
        #expect(cases.contains { $0.wantErr } && cases.contains { !$0.wantErr })
        for vector in cases {
            guard let hashes = try? (vector.proof ?? []).map(digest) else {
                #expect(vector.wantErr, "\(vector.desc)")
                continue
            }
            let (oldRoot, newRoot) = (root(vector.root1), root(vector.root2))
            let (old, new) = (vector.size1, vector.size2)
            let result = Result { () throws(MerkleError) in
                try ConsistencyProof(oldSize: TreeSize(old), newSize: TreeSize(new), hashes: hashes)
                    .verify(oldRoot: oldRoot, newRoot: newRoot)
            }
            let expected: MerkleError.Code =
                old == 0 || old > new
                ? .sizesOutOfOrder
                : hashes.count == PathLength.consistency(old, new) ? .rootMismatch : .wrongProofLength
            #expect(result.code == (vector.wantErr ? expected : nil), "\(vector.desc): \(old) to \(new)")
        }
        Vectors.count("merkle/\(url.lastPathComponent)", cases.count, failing: cases.count { $0.wantErr })
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

extension Result<VerifiedInclusion, MerkleError> {
    fileprivate var code: MerkleError.Code? {
        if case .failure(let error) = self { error.code } else { nil }
    }
}

extension Result<VerifiedConsistency, MerkleError> {
    fileprivate var code: MerkleError.Code? {
        if case .failure(let error) = self { error.code } else { nil }
    }
}
