import Bytes
import Foundation
import MerkleLog
import Testing

struct TlogProofTests {
    private struct Case: Decodable {
        let proof: String
        let record: String
        let vkeys: [String]
        let ok: Bool
        let why: String
    }

    /// Why each failing case fails, and the cause below it. `nil` where the proof holds and only lacks a witness.
    private static let codes: [String: (NoteError, MerkleError?)?] = [
        "bad-index": (NoteError(.invalidProof, ""), MerkleError(.rootMismatch, "")),
        "bad-record": (NoteError(.invalidProof, ""), MerkleError(.rootMismatch, "")),
        "bad-order": (NoteError(.invalidProof, ""), MerkleError(.rootMismatch, "")),
        "bad-node": (NoteError(.invalidProof, ""), MerkleError(.rootMismatch, "")),
        "bad-short": (NoteError(.invalidProof, ""), MerkleError(.wrongProofLength, "")),
        "bad-long": (NoteError(.invalidProof, ""), MerkleError(.wrongProofLength, "")),
        "bad-other-size": (NoteError(.invalidProof, ""), MerkleError(.rootMismatch, "")),
        "bad-index-zero-padded": (NoteError(.malformedProof, ""), nil),
        "bad-header": (NoteError(.malformedProof, ""), nil),
        "bad-missing-witness": nil,
    ]

    private static let folder = Vectors.bundled.appending(path: "tlog-proof")

    private func file(_ name: String) throws -> [UInt8] { try Vectors.bytes(Self.folder.appending(path: name)) }

    @Test func generatedProofs() throws {
        let cases = try Vectors.json([Case].self, Self.folder.appending(path: "cases.json"))
        #expect(cases.count { !$0.ok } > cases.count { $0.ok })
        for vector in cases {
            let keys = try vector.vkeys.map { try VerifierKey(parsing: $0) }
            let leaf = LeafHash(entry: try file(vector.record))
            let bytes = try file(vector.proof)
            let result = Result { () throws(NoteError) in
                try TlogProof(parsing: bytes)
                    .verified(leaf: leaf, log: keys[0], witnesses: Array(keys.dropFirst()))
            }
            let name = String(vector.proof.dropLast(".tlog-proof".count))
            switch result {
            case .success(let proof):
                let isAccepted = Set(proof.checkpoint.cosignatures.map(\.key)) == Set(keys.dropFirst())
                #expect(isAccepted == vector.ok, "\(vector.proof): \(vector.why)")
                if !vector.ok { #expect(try #require(Self.codes[name]) == nil, "\(vector.proof): \(vector.why)") }
            case .failure(let error):
                #expect(!vector.ok, "\(vector.proof): \(vector.why)")
                let expected = try #require(Self.codes[name] ?? nil, "\(vector.proof): \(error)")
                #expect(error == expected.0, "\(vector.proof): \(error)")
                #expect(error.cause as? MerkleError == expected.1, "\(vector.proof): \(error)")
            }
        }
        Vectors.count("tlog-proof", cases.count, failing: cases.count { !$0.ok })
    }

    @Test func proofsAreWrittenAsTheyWereRead() throws {
        for name in ["good", "good-extra", "good-last", "good-size1"] {
            let bytes = try file(name + ".tlog-proof")
            let proof = try TlogProof(parsing: bytes)
            #expect(proof.bytes == bytes)
            #expect(
                TlogProof(extra: proof.extra, index: proof.index, hashes: proof.hashes, note: proof.note) == proof
            )
        }
        #expect(try TlogProof(parsing: file("good-extra.tlog-proof")).extra == Array("context".utf8))
        #expect(try TlogProof(parsing: file("good.tlog-proof")).extra == nil)
    }

    @Test func theCauseOfAFailureIsKept() throws {
        let proof = try TlogProof(parsing: file("bad-short.tlog-proof"))
        let key = try VerifierKey(
            parsing: "log.example/cinnabar-shared+613d505c+Ad7WKkdHCNqasITcwUDMEqlZpLarY82Oc/F+ef90674j"
        )
        let leaf = LeafHash(entry: try file("bad-short.record"))
        let error = #expect(throws: NoteError.self) { try proof.verified(leaf: leaf, log: key) }
        #expect(error == NoteError(.invalidProof, ""))
        #expect(error?.cause as? MerkleError == MerkleError(.wrongProofLength, ""))
    }

    @Test(arguments: [
        "", "\n", "c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v1\n\n", "c2sp.org/tlog-proof@v1\nindex\n\n",
        "c2sp.org/tlog-proof@v1\nindex \n\n", "c2sp.org/tlog-proof@v1\nindex +1\n\n",
        "c2sp.org/tlog-proof@v1\nindex 1 \n\n",
        "c2sp.org/tlog-proof@v1\r\nindex 1\r\n\r\n", "c2sp.org/tlog-proof@v1\nextra AA\nindex 1\n\n",
        "c2sp.org/tlog-proof@v1\nextra\nindex 1\n\n", "c2sp.org/tlog-proof@v1\nindex 1\nextra AAAA\n\n",
        "c2sp.org/tlog-proof@v1\nextra AAAA\nextra AAAA\nindex 1\n\n", "c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\n",
        "c2sp.org/tlog-proof@v1\nindex 1\nindex 2\n\n", "index 1\n\n", "c2sp.org/tlog-proof@v2\nindex 1\n\n",
        "c2sp.org/tlog-proof@v1\nindex 18446744073709551616\n\n",
    ])
    func malformedHeadsAreRefused(head: String) throws {
        let note = try TlogProof(parsing: file("good.tlog-proof")).note.bytes
        #expect(throws: NoteError(.malformedProof, "")) { try TlogProof(parsing: Array(head.utf8) + note) }
    }

    @Test func tooManyHashesAreRefused() throws {
        let good = try TlogProof(parsing: file("good.tlog-proof"))
        let hash = good.hashes[0]
        for (count, isFine) in [(64, true), (65, false), (2000, false)] {
            let proof = TlogProof(
                extra: [],
                index: good.index,
                hashes: Array(repeating: hash, count: count),
                note: good.note
            )
            #expect((try? TlogProof(parsing: proof.bytes) == proof) == (isFine ? true : nil))
        }
    }
}
