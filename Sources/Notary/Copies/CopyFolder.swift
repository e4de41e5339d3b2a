import Bytes
import EvidenceStore
import Foundation

/// A folder of store copies.
///
/// ```
/// generations/000007.json   the manifest of a generation, written last
/// files/<SHA-256>           every file that a generation names, shared by all that do
/// keys/keys.json            what the folder of keys holds
/// keys/<lane>-<first>-<beginning of SHA-256>.keys
/// erasures/<id>             receipts of erased records, never removed
/// ```
struct CopyFolder: Sendable {
    /// A manifest has a line of some 250 bytes for each file, and a store of terabytes some ten thousand files.
    private static let manifestLimitBytes = 256 << 20
    static let partialSuffix = ".partial"

    let path: String
    let keysPath: String

    init(path: String, keysPath: String? = nil) {
        self.path = path
        self.keysPath = keysPath ?? path + "/keys"
    }

    var generationsPath: String { path + "/generations" }
    var filesPath: String { path + "/files" }
    var erasuresPath: String { path + "/erasures" }
    var keysManifestPath: String { keysPath + "/keys.json" }

    func path(of file: CopyManifest.File) -> String { filesPath + "/" + file.sha256.hex }

    func manifestPath(_ generation: Int) -> String {
        let digits = String(generation)
        return generationsPath + "/" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".json"
    }

    /// Numbers of the generations that are there, in order.
    func generations() throws -> [Int] {
        try Self.names(in: generationsPath).compactMap(Self.generation(named:)).sorted()
    }

    static func generation(named name: String) -> Int? {
        guard name.hasSuffix(".json"), let number = Int(name.dropLast(5)), number > 0 else { return nil }
        return number
    }

    /// - Throws: ``NotaryError`` with code `.copyAbsent` or `.copyDamaged`.
    func manifest(_ generation: Int) throws -> CopyManifest {
        guard let bytes = try DurableFile.read(manifestPath(generation), limitBytes: Self.manifestLimitBytes)?.bytes
        else { throw NotaryError(.copyAbsent, "There is no generation \(generation) in \(path).") }
        let manifest = try CopyManifest(parsing: bytes)
        guard manifest.generation == generation else {
            throw NotaryError(.copyDamaged, "The manifest of generation \(generation) says that it is another's.")
        }
        return manifest
    }

    /// `nil` when there are no keys here.
    func keysManifest() throws -> KeysManifest? {
        try DurableFile.read(keysManifestPath, limitBytes: Self.manifestLimitBytes).map { bytes, _ in
            try KeysManifest(parsing: bytes)
        }
    }

    /// What is in a folder, in order; nothing when there is no folder.
    ///
    /// - Throws: ``NotaryError`` with code `.copyFailed`.
    static func names(in folder: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch CocoaError.fileReadNoSuchFile {
            return []
        } catch {
            throw NotaryError(.copyFailed, "The folder \(folder) cannot be read. Check its owner.", cause: error)
        }
    }

    /// Makes the folders that are not there.
    func make() throws {
        do {
            for folder in [path, generationsPath, filesPath, erasuresPath, keysPath] {
                try FileManager.default.createDirectory(
                    atPath: folder,
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
            }
        } catch {
            throw NotaryError(.copyFailed, "The folder \(path) cannot be made. Check its owner.", cause: error)
        }
    }
}
