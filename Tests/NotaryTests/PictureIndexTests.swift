import Evidence
import Foundation
import MerkleLog
import Notary
import Testing

/// The picture index's files beside the store: used again, never trusted more than the store.
@Suite struct PictureIndexTests {
    private static let names = ["camera.jpg", "cup.jpg", "teapot.jpg"]

    private func upload(_ name: String, to notary: Notary) throws -> Upload {
        let root = URL(filePath: #filePath).appending(path: "../../..").standardized
        let upload = notary.makeUpload()
        // Bytes behind a JPEG's end change nothing but the digest.
        try upload.append([UInt8](Data(contentsOf: root.appending(path: "Samples/photos/\(name)"))) + [0])
        return upload
    }

    private func register(_ names: [String], _ office: Office) async throws -> [LeafHash] {
        try await office.whileOpen { notary, caller in
            var ids: [LeafHash] = []
            for name in names {
                let registration = try await notary.register(
                    upload(name, to: notary),
                    RegistrationRequest(claim: Claim()),
                    for: caller
                )
                ids.append(registration.id)
            }
            return ids
        }
    }

    /// Which of the sample photos are found by how they look.
    private func found(_ office: Office) async throws -> [String] {
        try await office.whileOpen { notary, caller in
            var found: [String] = []
            for name in Self.names {
                let upload = try upload(name, to: notary)
                try upload.append([1])
                if try await !notary.search(upload, for: caller).matches.isEmpty { found.append(name) }
            }
            return found
        }
    }

    private func segments(_ office: Office) throws -> [String] {
        let folder = office.folder + "/indexes/pictures"
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".segment") }
            .map { "\(folder)/\($0)" }
    }

    @Test func picturesAreFoundAfterARestart() async throws {
        let office = try Office()
        _ = try await register(["camera.jpg"], office)
        #expect(try segments(office).count == 1)
        _ = try await register(["cup.jpg"], office)
        #expect(try await found(office) == ["camera.jpg", "cup.jpg"])
    }

    @Test func erasedPicturesStayErased() async throws {
        let office = try Office()
        let ids = try await register(Self.names, office)
        try await office.whileOpen { notary, _ in _ = try await notary.erase(ids[1], reason: "asked for") }
        #expect(try await found(office) == ["camera.jpg", "teapot.jpg"])
    }

    /// As after a crash between the erasure and the index's removal.
    @Test func anErasureThatTheIndexDoesNotKnowIsMadeUpFor() async throws {
        let office = try Office()
        let ids = try await register(Self.names, office)
        let indexes = office.folder + "/indexes"
        try FileManager.default.copyItem(atPath: indexes, toPath: indexes + ".old")
        try await office.whileOpen { notary, _ in _ = try await notary.erase(ids[0], reason: "asked for") }
        try FileManager.default.removeItem(atPath: indexes)
        try FileManager.default.moveItem(atPath: indexes + ".old", toPath: indexes)
        let count = try await office.whileOpen { notary, caller in
            try await notary.search(upload("cup.jpg", to: notary), for: caller).searchedCount
        }
        #expect(count == 2)
        #expect(try await found(office) == ["cup.jpg", "teapot.jpg"])
    }

    @Test(arguments: ["damaged", "missing", "all missing"])
    func filesThatAreNotAsWrittenAreMadeAnew(kind: String) async throws {
        let office = try Office()
        _ = try await register(Self.names, office)
        let segment = try #require(segments(office).first)
        switch kind {
        case "damaged":
            var bytes = try Data(contentsOf: URL(filePath: segment))
            bytes[5000] ^= 1
            try bytes.write(to: URL(filePath: segment))
        case "missing": try FileManager.default.removeItem(atPath: segment)
        default: try FileManager.default.removeItem(atPath: office.folder + "/indexes")
        }
        #expect(try await found(office) == Self.names)
    }

    /// The files of a log that went on otherwise: other entries stand in the same places.
    @Test func filesOfAnotherLogAreMadeAnew() async throws {
        let (office, other) = (try Office(), try Office())
        _ = try await register(["camera.jpg", "cup.jpg"], office)
        _ = try await register(["teapot.jpg", "teapot.jpg"], other)
        try FileManager.default.removeItem(atPath: office.folder + "/indexes")
        try FileManager.default.copyItem(atPath: other.folder + "/indexes", toPath: office.folder + "/indexes")
        #expect(try await found(office) == ["camera.jpg", "cup.jpg"])
    }

    /// A longer log's index beside a shorter copy of it.
    @Test func aRestoredStoreGetsAnIndexOfItsOwn() async throws {
        let fixture = try CopyFixture()
        _ = try await register(["camera.jpg"], fixture.office)
        try fixture.copy()
        let guards = fixture.office.folder + "/guard"
        try FileManager.default.copyItem(atPath: guards, toPath: guards + ".old")
        _ = try await register(["cup.jpg", "teapot.jpg"], fixture.office)
        let kept = fixture.office.folder + "/indexes"
        try FileManager.default.copyItem(atPath: kept, toPath: kept + ".longer")
        try FileManager.default.removeItem(atPath: guards)
        try FileManager.default.moveItem(atPath: guards + ".old", toPath: guards)
        #expect(try fixture.restoreInPlace().isReady)
        #expect(!FileManager.default.fileExists(atPath: kept))
        // Even if someone puts it back.
        try FileManager.default.moveItem(atPath: kept + ".longer", toPath: kept)
        #expect(try await found(fixture.office) == ["camera.jpg"])
        _ = try await register(["teapot.jpg"], fixture.office)
        #expect(try await found(fixture.office) == ["camera.jpg", "teapot.jpg"])
    }
}
