import Foundation
import Testing

/// The page's own SHA-256 and SM3, run as the browser runs them.
@Suite(.enabled(if: PageFiles.node != nil, "needs node, to run the page's scripts: apt install nodejs"))
struct DigestScriptTests {
    @Test(arguments: ["sha256-vectors", "sm3-vectors", "every-length", "files", "changes", "long-length"])
    func `digests agree`(name: String) throws {
        let (status, output) = try PageFiles.run(name, digests: PageFiles.resources.appending(path: "digests.js"))
        #expect(status == 0, "\(output)")
        #expect(output.hasSuffix(" compared\n"))
    }

    /// Each change to the script is a mistake that somebody could make; the cases must notice it.
    @Test(arguments: [
        ("0x428a2f98", "0x428a2f99", "sha256-vectors"),
        ("(x >>> 3)", "(x >> 3)", "sha256-vectors"),
        ("0x7380166f", "0x7380166e", "sm3-vectors"),
        ("i < 16 ? 0x79cc4519", "i < 17 ? 0x79cc4519", "sm3-vectors"),
        ("this.pendingCount < 56", "this.pendingCount < 57", "every-length"),
        ("this.pending.set(bytes.subarray(end));", "", "every-length"),
        ("offset += pieceBytes", "offset += pieceBytes + 1", "files"),
        ("BigInt(this.byteCount) * 8n", "BigInt((this.byteCount * 8) >>> 0)", "long-length"),
    ])
    func `a mistake is noticed`(original: String, mistaken: String, name: String) throws {
        let source = try PageFiles.text(of: "digests.js")
        try #require(source.contains(original))
        let changed = FileManager.default.temporaryDirectory.appending(path: "digests-\(UUID().uuidString).js")
        defer { try? FileManager.default.removeItem(at: changed) }
        try Data(source.replacing(original, with: mistaken).utf8).write(to: changed)
        let (status, output) = try PageFiles.run(name, digests: changed)
        #expect(status == 1, "\(output)")
        #expect(output.contains("expected"))
    }

    @Test func `an unknown case fails`() throws {
        let (status, _) = try PageFiles.run("nothing", digests: PageFiles.resources.appending(path: "digests.js"))
        #expect(status == 1)
    }
}
