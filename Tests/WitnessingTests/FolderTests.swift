import Foundation
import MerkleLog
import Testing
import Witnessing

struct FolderTests {
    private func expect(
        _ code: WitnessingError.Code,
        at location: SourceLocation = #_sourceLocation,
        _ body: () throws -> some Any
    ) {
        let error = #expect(throws: WitnessingError.self, sourceLocation: location) { _ = try body() }
        #expect(error?.code == code, sourceLocation: location)
    }

    @Test func isForItsOwnerAlone() throws {
        let scratch = try WitnessScratch(TestLog())
        func mode(_ name: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: scratch.path + name)[.posixPermissions] as? Int
        }
        #expect(try mode("") == 0o700)
        #expect(try mode("/witness.key") == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: "\(scratch.path)/witness.key")
        expect(.exposedKey) { try scratch.open() }
    }

    @Test func isMadeOnce() throws {
        let scratch = try WitnessScratch(TestLog())
        let key = try scratch.open().key
        expect(.alreadyExists) { try Witness.create(at: scratch.path, name: "other.example", logs: [], nowSeconds: 1) }
        #expect(try scratch.open().key == key)
    }

    @Test func oneProcessAtATime() throws {
        let scratch = try WitnessScratch(TestLog())
        let witness = try scratch.open()
        expect(.locked) { try scratch.open() }
        expect(.locked) {
            try Witness.add(log: TestLog("b.example").key.verifierKey.text, to: scratch.path, nowSeconds: 1)
        }
        withExtendedLifetime(witness) {}
    }

    @Test func startsOnlyWithWholeState() throws {
        let scratch = try WitnessScratch(TestLog())
        let file = try #require(scratch.stateFiles.first)
        let whole = try Data(contentsOf: URL(filePath: file))
        for position in whole.indices {
            var damaged = whole
            damaged[position] ^= 0x01
            try damaged.write(to: URL(filePath: file))
            expect(.damaged) { try scratch.open() }
        }
        for damaged in [Data(), whole.dropLast(), whole + whole, Data("x\n".utf8)] {
            try damaged.write(to: URL(filePath: file))
            expect(.damaged) { try scratch.open() }
        }
        try FileManager.default.removeItem(atPath: file)
        expect(.absent) { try scratch.open() }
        try whole.write(to: URL(filePath: file))
        #expect(throws: Never.self) { try scratch.open() }
    }

    /// Another log's state, put in this one's place, is good by itself.
    @Test func aStateBelongsToItsLog() throws {
        let scratch = try WitnessScratch(TestLog(), TestLog("log.example/b", seed: 3))
        let files = scratch.stateFiles
        try FileManager.default.removeItem(atPath: files[0])
        try FileManager.default.copyItem(atPath: files[1], toPath: files[0])
        expect(.damaged) { try scratch.open() }
    }

    @Test func theListIsReadStrictly() throws {
        let scratch = try WitnessScratch(TestLog())
        let list = URL(filePath: "\(scratch.path)/logs")
        let good = try String(contentsOf: list, encoding: .utf8)
        try (good + "\n  # more\n").write(to: list, atomically: false, encoding: .utf8)
        #expect(try scratch.open().status.count == 1)
        let unseen = try TestLog("log.example/b", seed: 3).key.verifierKey.text
        try (good + unseen + "\n").write(to: list, atomically: false, encoding: .utf8)
        expect(.absent) { try scratch.open() }
        try (good + "log.example/c+00000000+AAAA\n").write(to: list, atomically: false, encoding: .utf8)
        expect(.damaged) { try scratch.open() }
        try FileManager.default.removeItem(at: list)
        expect(.absent) { try scratch.open() }
    }

    @Test func refusesKeysThatAreNoLogs() throws {
        let scratch = try WitnessScratch()
        let cosigner = try SignerKey.generate(name: "w.example", algorithm: .cosignature).verifierKey.text
        for key in ["", "log.example", cosigner] {
            expect(.invalidKey) { try Witness.add(log: key, to: scratch.path, nowSeconds: 1) }
        }
        expect(.invalidKey) { try Witness.create(at: scratch.path + "x", name: "has space", logs: [], nowSeconds: 1) }
        expect(.absent) { try Witness.add(log: TestLog().key.verifierKey.text, to: "/nowhere", nowSeconds: 1) }
    }
}
