import Foundation
import MerkleLog
import Testing

struct NoteVectorTests {
    private struct Case: Decodable {
        let file: String
        let vkeys: [String]
        let ok: Bool
        let why: String
        /// Absent in the cases of plain notes, where one signature is enough.
        let allMustSign: Bool?
    }

    private func check(_ folder: URL, cases name: String) throws {
        let cases = try Vectors.json([Case].self, folder.appending(path: name))
        #expect(cases.contains { $0.ok } && cases.contains { !$0.ok })
        for vector in cases {
            let bytes = try Vectors.bytes(folder.appending(path: vector.file))
            let keys = try vector.vkeys.map { try VerifierKey(parsing: $0) }
            let verified = try? SignedNote(parsing: bytes).verified(by: keys)
            let isAccepted = verified.map { note in
                vector.allMustSign != true || keys.allSatisfy(note.isSigned)
            }
            #expect((isAccepted ?? false) == vector.ok, "\(vector.file): \(vector.why)")
            if let verified { #expect(verified.note.bytes == bytes) }
        }
    }

    @Test(.enabled(if: Vectors.hasOutside("note"), "third-party vectors are not here: set CINNABAR_VECTORS"))
    func signedNotes() throws { try check(Vectors.outside.appending(path: "note"), cases: "cases.json") }

    @Test func generatedCheckpoints() throws {
        let folder = Vectors.bundled.appending(path: "checkpoint")
        try check(folder, cases: "generated-cases.json")
        for vector in try Vectors.json([Case].self, folder.appending(path: "generated-cases.json")) where vector.ok {
            let keys = try vector.vkeys.map { try VerifierKey(parsing: $0) }
            let note = try SignedNote(parsing: Vectors.bytes(folder.appending(path: vector.file)))
            let verified = try note.verifiedCheckpoint(log: keys[0], witnesses: Array(keys.dropFirst()))
            #expect(verified.cosignatures.map(\.key) == Array(keys.dropFirst()))
            #expect(verified.cosignatures.allSatisfy { $0.timestampSeconds != nil })
            #expect(verified.checkpoint.text == note.text)
        }
    }

    /// ML-DSA-44 is unknown here: its key is kept, its line is kept, and neither counts.
    @Test func unknownAlgorithmsAreKeptAndDoNotCount() throws {
        let folder = Vectors.bundled.appending(path: "checkpoint")
        let texts = try Vectors.json([String: String].self, folder.appending(path: "vkeys.json"))
        for text in texts.values { #expect(try VerifierKey(parsing: text).text == text) }
        let unknown = try VerifierKey(parsing: #require(texts["mldsa"]))
        let log = try VerifierKey(parsing: #require(texts["log"]))
        let bytes = try Vectors.bytes(folder.appending(path: "generated/mldsa44.note"))
        let note = try SignedNote(parsing: bytes)
        #expect(note.bytes == bytes)
        #expect(throws: NoteError(.untrusted, "")) { try note.verified(by: [unknown]) }
        #expect(try note.verified(by: [unknown, log]).signatures.map(\.key) == [log])
    }

    @Test(
        .enabled(if: Vectors.hasOutside("checkpoint"), "third-party vectors are not here: set CINNABAR_VECTORS"),
        arguments: [
            (
                "rome2026h1.note",
                "witness.example.org+b8a2cf20+BFLN3yikSfFkVAJtrnh/CiY3Zozkoy7clp+P7XB28qUN"
            ),
            (
                "milan2026h1.note",
                "witness2.example.org+2e55b896+BIZ7fpceQWd60IfqQeS9IAnmNOCZjMDne8lZuguz/bi9"
            ),
            (
                "rome2026h1-mirror.note",
                "mirror.example.org+3fb148ef+BAAjjch9GyYz0sJsJx7ALhbdAtz2ov0unbzSl1vMp94O"
            ),
        ]
    )
    func thirdPartyCosignatures(file: String, vkey: String) throws {
        let bytes = try Vectors.bytes(Vectors.outside.appending(path: "checkpoint/third-party/\(file)"))
        let note = try SignedNote(parsing: bytes)
        let key = try VerifierKey(parsing: vkey)
        let verified = try note.verified(by: [key])
        #expect(verified.signatures.map(\.key) == [key])
        #expect(note.bytes == bytes)
        #expect(try Checkpoint(parsing: note.text).size == TreeSize(300))
        // The witness has signed; the log, whose key this is not, has not.
        #expect(throws: NoteError(.wrongOrigin, "")) { try note.verifiedCheckpoint(log: key) }
        let altered = try SignedNote(
            text: note.text.replacing("\n300\n", with: "\n301\n"),
            signatures: note.signatures
        )
        #expect(throws: NoteError(.invalidSignature, "")) { try altered.verified(by: [key]) }
    }
}
