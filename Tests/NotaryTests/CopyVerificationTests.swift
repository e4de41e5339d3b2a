import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import Notary
import Testing

@Suite struct CopyVerificationTests {
    enum Damage: String, CaseIterable, CustomTestStringConvertible {
        case flippedByte, cutFile, missingFile, otherFile, strangeFile
        case flippedKey, missingKeyFile, strangeKeyFile, missingKeys
        case brokenManifest, otherCheckpoint, otherSize, strangeReceipt, strangeFolder

        var testDescription: String { rawValue }

        /// Whether restoring takes no notice: what is too much is not restored.
        var isHarmless: Bool { [.strangeFile, .strangeKeyFile, .strangeReceipt, .strangeFolder].contains(self) }
    }

    @Test(arguments: Damage.allCases)
    func whatWasChangedIsFound(_ damage: Damage) async throws {
        let fixture = try CopyFixture()
        try await fixture.register((0..<20).map { "\($0)" })
        try fixture.copy()
        #expect(try fixture.verified(deeply: false).holds)
        try inflict(damage, on: fixture)
        for deeply in [false, true] {
            let verified = try fixture.verified(deeply: deeply)
            #expect(!verified.holds, "\(damage) was not found.")
        }
        if damage.isHarmless {
            #expect(try fixture.drill().report.isUnguarded)
        } else {
            #expect(throws: (any Error).self) { try fixture.drill() }
        }
    }

    @Test func aRefusedRestorationLeavesNothing() async throws {
        let fixture = try CopyFixture()
        try await fixture.register(["one"])
        try fixture.copy()
        try inflict(.flippedByte, on: fixture)
        #expect(throws: NotaryError(.copyDamaged, "")) { try fixture.restoreInPlace() }
        let left = try FileManager.default.contentsOfDirectory(atPath: fixture.office.folder).sorted()
        #expect(!left.contains { $0.hasPrefix("store") }, "\(left)")
        #expect(throws: NotaryError(.notInitialized, "")) { try fixture.office.open() }
    }

    @Test func aCheckpointOfAnotherKeyIsFound() async throws {
        let (fixture, other) = (try CopyFixture(), try CopyFixture())
        try await fixture.register(["one"])
        try fixture.copy()
        let verified = try Notary.verifyCopy(in: fixture.copies, trusted: other.office.trust.logKeys)
        #expect(!verified.holds && verified.signatures == 0)
        let unchecked = try Notary.verifyCopy(in: fixture.copies)
        #expect(unchecked.holds && unchecked.signatures == 0 && unchecked.notes.count == 1)
    }

    @Test func keysKeptElsewhereAreFoundThere() async throws {
        let fixture = try CopyFixture()
        try await fixture.register(["one"])
        let keys = fixture.office.folder + "-keys-elsewhere"
        var request = StoreCopyRequest(folder: fixture.copies)
        request.keysFolder = keys
        let notary = try fixture.office.open()
        _ = try notary.copyStore(request)
        notary.close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: keys).count == 2)
        #expect(!FileManager.default.fileExists(atPath: fixture.copies + "/keys"))
        #expect(try !fixture.verified().holds)
        #expect(
            try Notary.verifyCopy(in: fixture.copies, keysFolder: keys, auditing: fixture.office.configuration).holds
        )
        #expect(throws: NotaryError(.copyAbsent, "")) { try fixture.drill() }
        try FileManager.default.removeItem(atPath: fixture.office.folder + "/store")
        let report = try Notary.restoreStore(fixture.office.configuration, from: fixture.copies, keysFolder: keys)
        #expect(report.isReady)
    }

    private func inflict(_ damage: Damage, on fixture: CopyFixture) throws {
        let manifest = "\(fixture.copies)/generations/000001.json"
        switch damage {
        case .flippedByte: try flip(fixture.largest("files"))
        case .cutFile: try change(fixture.largest("files")) { $0.removeLast() }
        case .missingFile: try FileManager.default.removeItem(atPath: fixture.largest("files"))
        case .otherFile:
            let file = try fixture.largest("files")
            let other = try #require(try fixture.files("files").keys.first { !file.hasSuffix($0) })
            try FileManager.default.removeItem(atPath: file)
            try FileManager.default.copyItem(atPath: "\(fixture.copies)/files/\(other)", toPath: file)
        case .strangeFile: try Data("x".utf8).write(to: URL(filePath: "\(fixture.copies)/files/x"))
        case .flippedKey: try flip(fixture.largest("keys"))
        case .missingKeyFile:
            let keys = try #require(try fixture.files("keys").keys.first { $0.hasSuffix(".keys") })
            try FileManager.default.removeItem(atPath: "\(fixture.copies)/keys/\(keys)")
        case .strangeKeyFile: try Data("x".utf8).write(to: URL(filePath: "\(fixture.copies)/keys/0-0-00.keys"))
        case .missingKeys: try FileManager.default.removeItem(atPath: fixture.copies + "/keys")
        case .brokenManifest: try change(manifest) { $0.removeLast(5) }
        case .otherCheckpoint: try replace("\\n\\n— ", "\\n\\n— x", in: manifest)
        case .otherSize: try replace("\"size\": 20", "\"size\": 19", in: manifest)
        case .strangeReceipt: try Data("x".utf8).write(to: URL(filePath: "\(fixture.copies)/erasures/x"))
        case .strangeFolder: try Data("x".utf8).write(to: URL(filePath: "\(fixture.copies)/x"))
        }
    }

    private func flip(_ path: String) throws { try change(path) { $0[$0.count / 2] ^= 1 } }

    private func change(_ path: String, _ body: (inout Data) -> Void) throws {
        var data = try Data(contentsOf: URL(filePath: path))
        body(&data)
        try data.write(to: URL(filePath: path))
    }

    private func replace(_ text: String, _ other: String, in path: String) throws {
        let before = try String(contentsOf: URL(filePath: path), encoding: .utf8)
        #expect(before.contains(text))
        try before.replacing(text, with: other).write(to: URL(filePath: path), atomically: true, encoding: .utf8)
    }
}
