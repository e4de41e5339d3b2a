import EvidenceStore
import Foundation
import Testing

@Suite struct FileTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/file" }

    init() throws { folder = try TemporaryFolder() }

    private func put(_ bytes: [UInt8], permissions: Int) {
        _ = FileManager.default.createFile(
            atPath: path,
            contents: Data(bytes),
            attributes: [.posixPermissions: permissions]
        )
    }

    private func permissions() throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test func aMadeKeyLoadsAndIsItsOwnersAlone() throws {
        let made = try MasterKey.create(at: path)
        #expect(try permissions() == 0o600)
        let backend = InMemoryBackend()
        _ = try Store.create(on: backend, origins: [.first: "o"], masterKey: made)
        #expect(throws: Never.self) { try Store.open(on: backend, masterKey: MasterKey.load(from: path)) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file"])
    }

    @Test func aKeyIsNeverReplaced() throws {
        _ = try MasterKey.create(at: path)
        let bytes = FileManager.default.contents(atPath: path)
        #expect(throws: StoreError(.alreadyExists, "")) { try MasterKey.create(at: path) }
        #expect(FileManager.default.contents(atPath: path) == bytes)
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o620, 0o644, 0o777])
    func aKeyThatOthersCanReachIsRefused(permissions: Int) {
        put([UInt8](repeating: 1, count: 32), permissions: permissions)
        #expect(throws: StoreError(.exposedKeyFile, "")) { try MasterKey.load(from: path) }
    }

    @Test(arguments: [0, 1, 31, 33, 10_000])
    func aKeyOfAnotherLengthIsRefused(count: Int) {
        put([UInt8](repeating: 1, count: count), permissions: 0o600)
        #expect(throws: StoreError(.corrupted, "")) { try MasterKey.load(from: path) }
    }

    @Test func aMissingKeyIsAbsent() {
        #expect(throws: StoreError(.absent, "")) { try MasterKey.load(from: path) }
    }

    @Test func aGuardIsReplacedWhole() throws {
        let file = GuardFile(path: path)
        #expect(try file.read() == nil)
        try file.write(Array("first".utf8))
        try file.write(Array("second, longer".utf8))
        #expect(try file.read() == Array("second, longer".utf8))
        try file.write([])
        #expect(try file.read() == [])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file"])
    }

    @Test func aLeftoverOfACrashIsOverwritten() throws {
        try Data(repeating: 1, count: 100).write(to: URL(filePath: path + ".new"))
        try GuardFile(path: path).write([2])
        #expect(try GuardFile(path: path).read() == [2])
    }

    @Test func aGuardTooLargeToBeOneIsRefused() {
        put([UInt8](repeating: 1, count: 70_000), permissions: 0o644)
        #expect(throws: StoreError(.corrupted, "")) { try GuardFile(path: path).read() }
    }

    @Test func aGuardWithoutItsFolderFails() {
        let file = GuardFile(path: folder.path + "/none/file")
        #expect(throws: StoreError(.io, "")) { try file.write([1]) }
    }
}
