import Bytes
import Evidence

/// What the folder of records' keys holds (`store-keys-1`): always the newest state, whatever the generation.
struct KeysManifest: Sendable, Equatable {
    struct File: Sendable, Equatable {
        let name: String
        let byteCount: UInt64
        let sha256: Digest256
    }

    static let format = "store-keys-1"

    /// Of the logs whose keys these are, with the entries that they had.
    let logs: [String: UInt64]
    let madeAt: UTCTime
    let files: [File]

    var json: JSONValue {
        [
            "cinnabar": .string(Self.format),
            "madeAt": .string(madeAt.description),
            "logs": .object(logs.mapValues { .integer($0) }),
            "files": .array(
                files.map {
                    [
                        "name": .string($0.name), "sizeBytes": .integer($0.byteCount),
                        "sha256": .string($0.sha256.hex),
                    ]
                }
            ),
        ]
    }
}

extension KeysManifest {
    /// - Throws: ``NotaryError`` with code `.copyDamaged`.
    init(parsing bytes: [UInt8]) throws(NotaryError) {
        guard let json = try? JSONValue(parsing: bytes), json["cinnabar"] == .string(Self.format),
            let madeAt = json["madeAt"]?.stringValue.flatMap({ UTCTime($0) }),
            let sizes = json["logs"]?.objectValue?.mapValues({ $0.integerValue.flatMap { UInt64(exactly: $0) } }),
            let files = json["files"]?.arrayValue?.map(File.init), !files.contains(nil),
            !sizes.values.contains(nil)
        else { throw NotaryError(.copyDamaged, "The manifest of the keys does not read as \(Self.format).") }
        self.init(logs: sizes.compactMapValues(\.self), madeAt: madeAt, files: files.compactMap(\.self))
    }
}

extension KeysManifest.File {
    static let suffix = ".keys"

    fileprivate init?(_ json: JSONValue) {
        guard let name = json["name"]?.stringValue, Self.isName(name),
            let size = json["sizeBytes"]?.integerValue, size >= 0,
            let sha256 = json["sha256"]?.stringValue.flatMap({ Digest256(hex: $0) })
        else { return nil }
        self.init(name: name, byteCount: UInt64(size), sha256: sha256)
    }

    /// Lane, first index and the beginning of the content's SHA-256: a file of a name never changes.
    static func isName(_ name: String) -> Bool {
        name.hasSuffix(suffix) && !name.hasPrefix(".")
            && name.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x2E
            }
    }
}
