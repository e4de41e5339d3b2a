import Bytes
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

    /// Why each failing case fails. `nil` where the note itself holds and only lacks a signature that was asked for.
    private static let codes: [String: NoteError.Code?] = [
        "unknown-only": .untrusted, "signature-corrupt": .invalidSignature,
        "one-good-one-bad-known": .invalidSignature, "foo-altered": .invalidSignature,
        "too-many-signatures": .tooLarge, "no-blank-line": .malformedNote, "no-signatures": .malformedNote,
        "no-final-newline": .malformedNote, "control-char": .malformedNote, "invalid-utf8": .malformedNote,
        "space-in-name": .malformedNote, "junk-after-signatures": .malformedNote, "hyphen-not-emdash": .malformedNote,
        "crlf": .malformedNote, "tab-in-text": .malformedNote, "unsigned": .malformedNote,
        "wrong-witness-key": nil, "cosigner-signed-plain-0x01": nil,
        "cosig-timestamp-changed": .invalidSignature, "log-signature-as-cosignature": .invalidSignature,
        "size-changed": .invalidSignature, "root-changed": .invalidSignature, "origin-changed": .invalidSignature,
    ]

    private func check(_ folder: URL, cases name: String) throws {
        let cases = try Vectors.json([Case].self, folder.appending(path: name))
        #expect(cases.contains { $0.ok } && cases.contains { !$0.ok })
        for vector in cases {
            let bytes = try Vectors.bytes(folder.appending(path: vector.file))
            let keys = try vector.vkeys.map { try VerifierKey(parsing: $0) }
            let result = Result { () throws(NoteError) in try SignedNote(parsing: bytes).verified(by: keys) }
            switch result {
            case .success(let note):
                let isAccepted = vector.allMustSign != true || keys.allSatisfy(note.isSigned)
                #expect(isAccepted == vector.ok, "\(vector.file): \(vector.why)")
                #expect(note.note.bytes == bytes)
                if !vector.ok { #expect(try #require(Self.code(of: vector.file)) == nil) }
            case .failure(let error):
                #expect(!vector.ok, "\(vector.file): \(vector.why)")
                #expect(try #require(Self.code(of: vector.file)) == error.code, "\(vector.file): \(vector.why)")
            }
        }
        Vectors.count(folder.lastPathComponent, cases.count, failing: cases.count { !$0.ok })
    }

    /// - Returns: `nil` for a case that is not in the table.
    private static func code(of file: String) -> NoteError.Code?? {
        let name = file.split(separator: "/").last?.dropLast(".note".count)
        return name.flatMap { codes[String($0)] }
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

    private struct UnknownCosignature: Decodable {
        let vkey: String
        let note: String
        let signatureHex: String
    }

    @Test(.enabled(if: Vectors.hasOutside("checkpoint"), "the vectors are not here: set CINNABAR_VECTORS"))
    func unknownSignaturesAreKeptByteForByte() throws {
        let folder = Vectors.outside.appending(path: "checkpoint")
        let vector = try Vectors.json(UnknownCosignature.self, folder.appending(path: "mldsa44.json"))
        let key = try VerifierKey(parsing: vector.vkey)
        let note = try SignedNote(parsing: Vectors.bytes(folder.appending(path: vector.note)))
        let line = try #require(note.signatures.first { $0.name == key.name && $0.keyID == key.keyID })
        // Eight bytes of time come before it.
        #expect(Hex.encode(line.bytes.dropFirst(8)) == vector.signatureHex)
        #expect(key.text == vector.vkey)
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
