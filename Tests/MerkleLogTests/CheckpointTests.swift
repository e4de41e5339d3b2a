import Bytes
import MerkleLog
import Testing

struct CheckpointTests {
    private static let root = Base64.encode(Frontier().root.bytes)

    @Test(arguments: [
        "a\n0\n\(root)\n", "log.example/a b\n18446744073709551615\n\(root)\n", "a\n12\n\(root)\nextension\n one more\n",
    ])
    func checkpointsAreReadAndWritten(text: String) throws {
        #expect(try Checkpoint(parsing: text).text == text)
    }

    @Test(arguments: [
        "", "\n", "a\n", "a\n0\n", "a\n0\n\(root)", "\n0\n\(root)\n", "a\n\n\(root)\n", "a\n00\n\(root)\n",
        "a\n01\n\(root)\n",
        "a\n+1\n\(root)\n", "a\n-1\n\(root)\n", "a\n 1\n\(root)\n", "a\n1 \n\(root)\n", "a\n0x1\n\(root)\n",
        "a\n١\n\(root)\n",
        "a\n18446744073709551616\n\(root)\n", "a\n0\n\n", "a\n0\n\(root.dropLast())\n", "a\n0\nAAAA\n",
        "a\n0\n\(root) \n",
        "a\n0\n\(root)\n\n", "a\n0\n\(root)\nx\n\ny\n", "a\n0\n\(root)\nextension", "a\r\n0\r\n\(root)\r\n",
    ])
    func otherTextsAreRefused(text: String) {
        #expect(throws: NoteError(.malformedCheckpoint, "")) { try Checkpoint(parsing: text) }
    }

    @Test func linesThatWouldBreakTheTextAreRefused() {
        for line in ["", "a\nb", "a\tb", "a\r"] {
            #expect(throws: NoteError(.malformedCheckpoint, "")) {
                try Checkpoint(origin: line, size: .empty, root: Frontier().root)
            }
            #expect(throws: NoteError(.malformedCheckpoint, "")) {
                try Checkpoint(origin: "a", size: .empty, root: Frontier().root, extensionLines: [line])
            }
        }
    }

    @Test func aSignedCheckpointIsItsLogs() throws {
        let key = try SignerKey.generate(name: "log.example")
        let other = try SignerKey.generate(name: "other.example")
        let checkpoint = try Checkpoint(origin: "log.example", size: .empty, root: Frontier().root)
        let verified = try checkpoint.signed(by: key).verifiedCheckpoint(log: key.verifierKey)
        #expect(verified.checkpoint == checkpoint)
        #expect(throws: NoteError(.wrongOrigin, "")) {
            try checkpoint.signed(by: other).verifiedCheckpoint(log: other.verifierKey)
        }
        #expect(throws: NoteError(.untrusted, "")) {
            try checkpoint.signed(by: key).verifiedCheckpoint(log: other.verifierKey)
        }
    }
}
