import Bytes
import MerkleLog
import OpenSSL
import Testing

struct NoteTests {
    private let log: SignerKey
    private let witness: SignerKey
    private let text = "log.example/cinnabar\n0\n\(Base64.encode(Frontier().root.bytes))\n"

    init() throws {
        let seed = [UInt8](0..<32)
        log = try SignerKey(name: "log.example/cinnabar", privateKey: Ed25519PrivateKey(seed: seed))
        witness = try SignerKey(
            name: "witness.example",
            algorithm: .cosignature,
            privateKey: Ed25519PrivateKey(seed: seed)
        )
    }

    @Test func signedAndCosignedNotesVerify() throws {
        var note = try SignedNote(signing: text, with: log)
        try note.cosign(with: witness, timestampSeconds: 1_700_000_000)
        let verified = try SignedNote(parsing: note.bytes)
            .verified(by: [witness.verifierKey, log.verifierKey])
        #expect(verified.note == note)
        #expect(verified.signatures.map(\.key) == [log.verifierKey, witness.verifierKey])
        #expect(verified.signatures.map(\.timestampSeconds) == [nil, 1_700_000_000])
        // A witness alone does not make a checkpoint.
        let cosignature = try #require(note.signatures.last)
        let alone = try SignedNote(text: text, signatures: [cosignature])
        #expect(throws: NoteError(.untrusted, "")) {
            try alone.verifiedCheckpoint(log: log.verifierKey, witnesses: [witness.verifierKey])
        }
        let line = try NoteSignature(parsing: cosignature.line)
        #expect(line == cosignature)
    }

    @Test func everyAlteredByteIsRefused() throws {
        let bytes = try SignedNote(signing: text, with: log).bytes
        for position in bytes.indices {
            for bit in [UInt8(0x01), 0x20, 0x80] {
                var altered = bytes
                altered[position] ^= bit
                #expect(throws: NoteError.self) { try SignedNote(parsing: altered).verified(by: [log.verifierKey]) }
            }
        }
        for count in bytes.indices {
            #expect(throws: NoteError(.malformedNote, "")) { try SignedNote(parsing: Array(bytes.prefix(count))) }
        }
    }

    @Test func aBadLineBeforeAGoodOneOfTheSameKeyIsRefused() throws {
        let good = try log.signature(for: text)
        let bad = try log.signature(for: text + "more\n")
        let keys = [log.verifierKey]
        #expect(throws: NoteError(.invalidSignature, "")) {
            try SignedNote(text: text, signatures: [bad, good]).verified(by: keys)
        }
        #expect(try SignedNote(text: text, signatures: [good, bad]).verified(by: keys).signatures.count == 1)
    }

    @Test func keysSignOnlyInTheirOwnWay() throws {
        #expect(throws: NoteError(.wrongAlgorithm, "")) { try SignedNote(signing: text, with: witness) }
        var note = try SignedNote(signing: text, with: log)
        #expect(throws: NoteError(.wrongAlgorithm, "")) { try note.cosign(with: log, timestampSeconds: 0) }
        #expect(note.signatures.count == 1)
    }

    @Test func limitsHold() throws {
        let line = try log.signature(for: text)
        #expect(throws: NoteError(.malformedNote, "")) { try SignedNote(text: text, signatures: []) }
        var full = try SignedNote(text: text, signatures: Array(repeating: line, count: 100))
        #expect(try SignedNote(parsing: full.bytes) == full)
        #expect(throws: NoteError(.tooLarge, "")) { try full.append(line) }
        #expect(full.signatures.count == 100)
        let long = String(repeating: "a", count: SignedNote.maximumByteCount) + "\n"
        #expect(throws: NoteError(.tooLarge, "")) { try SignedNote(signing: long, with: log) }
        #expect(throws: NoteError(.tooLarge, "")) {
            try SignedNote(parsing: [UInt8](repeating: 10, count: SignedNote.maximumByteCount + 1))
        }
    }

    @Test(arguments: ["", "no newline", "tab\t\n", "return\r\n", "nul\0\n"])
    func textsThatAreNoNoteAreRefused(text: String) {
        #expect(throws: NoteError(.malformedNote, "")) { try SignedNote(signing: text, with: log) }
    }

    @Test func keysAreReadAndWritten() throws {
        for key in [log, witness] {
            let text = key.verifierKey.text
            #expect(try VerifierKey(parsing: text) == key.verifierKey)
            #expect(try SignerKey(parsing: key.privateText).verifierKey == key.verifierKey)
            #expect("\(key)" == text)
            #expect(!key.privateText.contains(text))
        }
        let generated = try SignerKey.generate(name: "new.example")
        let parsed = try SignerKey(parsing: generated.privateText)
        #expect(try parsed.signature(for: "a\n") == generated.signature(for: "a\n"))
    }

    @Test(arguments: [
        "", "+", "++", "log.example/cinnabar-shared", "log.example/cinnabar-shared+613d505c",
        "log.example/cinnabar-shared+613d505c+",
        "+613d505c+Ad7WKkdHCNqasITcwUDMEqlZpLarY82Oc/F+ef90674j",
        "log example+613d505c+Ad7WKkdHCNqasITcwUDMEqlZpLarY82Oc/F+ef90674j",
        "log.example/cinnabar-shared+613d505d+Ad7WKkdHCNqasITcwUDMEqlZpLarY82Oc/F+ef90674j",
        "log.example/cinnabar-shared+613D505C+Ad7WKkdHCNqasITcwUDMEqlZpLarY82Oc/F+ef90674j",
        "log.example/cinnabar-shared+613d50+Ad7WKkdHCNqasITcwUDMEqlZpLarY82Oc/F+ef90674j",
        "log.examplf+613d505c+Ad7WKkdHCNqasITcwUDMEqlZpLarY82Oc/F+ef90674j",
        "log.example/cinnabar-shared+613d505c+BN7WKkdHCNqasITcwUDMEqlZpLarY82Oc/F+ef90674j",
        "log.example/cinnabar-shared+613d505c+Ad7WKkdHCNqasITcwUDMEqlZpLarY82Oc/F+ef90674",
        "log.example/cinnabar-shared+613d505c+Ad7WKkdHCNqasITcwUDMEqlZpLarY82Oc/F+ef90674=",
        "log.example/cinnabar-shared+613d505c+Ad7WKkdHCNqasITcwUDMEqlZpLarY82Oc/F+ef90674j\n",
    ])
    func malformedKeysAreRefused(text: String) {
        #expect(throws: NoteError(.malformedKey, "")) { try VerifierKey(parsing: text) }
        #expect(throws: NoteError(.malformedKey, "")) { try SignerKey(parsing: text) }
        #expect(throws: NoteError(.malformedKey, "")) { try SignerKey(parsing: "PRIVATE+KEY+" + text) }
    }

    @Test(arguments: ["", "a b", "a+b", "a\u{3000}b", "a\nb", "a\u{0}b"])
    func malformedNamesAreRefused(name: String) {
        #expect(throws: NoteError(.malformedKey, "")) { try SignerKey.generate(name: name) }
    }

    @Test(arguments: [
        "", "\u{2014}", "\u{2014} ", "\u{2014} a", "\u{2014} a ", "\u{2014} a AAAAAA==", "\u{2014}a AAAAAAA=",
        "- a AAAAAAA=", "\u{2014} a b AAAAAAA=", "\u{2014}  AAAAAAA=", "\u{2014} a AAAAAAA", "\u{2014} a AAAAAAB=",
        "\u{2014} a+b AAAAAAA=", "\u{2014} a AAAAAAA= ", "\u{2014} a AAAA\nAAA=", "\u{2014} a\u{3000}b AAAAAAA=",
    ])
    func malformedSignatureLinesAreRefused(line: String) {
        #expect(throws: NoteError(.malformedNote, "")) { try NoteSignature(parsing: line) }
    }
}
