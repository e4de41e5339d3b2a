import Bytes
public import Evidence
import EvidenceStore

extension CopyManifest {
    public static let format = "store-copy-1"

    public var json: JSONValue {
        [
            "cinnabar": .string(Self.format),
            "generation": .integer(generation),
            "madeAt": .string(madeAt.description),
            "software": .string(software),
            "database": .string(database),
            "logs": .array(
                logs.map { log in
                    [
                        "lane": .integer(log.lane.rawValue), "origin": .string(log.origin),
                        "size": .integer(log.size),
                        "checkpoint": log.checkpoint.map { .string(String(decoding: $0, as: UTF8.self)) } ?? .null,
                    ]
                }
            ),
            "files": .array(
                files.map { file in
                    [
                        "name": .string(file.name), "sizeBytes": .integer(file.byteCount),
                        "sha256": .string(file.sha256.hex), "ends": .string(file.ends.hex),
                    ]
                }
            ),
        ]
    }

    /// - Throws: ``NotaryError`` with code `.copyDamaged`.
    init(parsing bytes: [UInt8]) throws(NotaryError) {
        guard let json = try? JSONValue(parsing: bytes), json["cinnabar"] == .string(Self.format),
            let generation = json["generation"]?.integerValue, generation > 0,
            let madeAt = json["madeAt"]?.stringValue.flatMap({ UTCTime($0) }),
            let software = json["software"]?.stringValue, let database = json["database"]?.stringValue,
            let logs = json["logs"]?.arrayValue?.map(Log.init), let files = json["files"]?.arrayValue?.map(File.init),
            !logs.contains(nil), !files.contains(nil)
        else { throw NotaryError(.copyDamaged, "A manifest of the copy does not read as \(Self.format).") }
        self.init(
            generation: Int(generation),
            madeAt: madeAt,
            software: software,
            database: database,
            logs: logs.compactMap(\.self),
            files: files.compactMap(\.self)
        )
        guard Set(self.files.map(\.name)).count == files.count, Set(self.logs.map(\.lane)).count == logs.count else {
            throw NotaryError(.copyDamaged, "A manifest of the copy names a file or a log twice.")
        }
    }
}

extension CopyManifest.Log {
    fileprivate init?(_ json: JSONValue) {
        guard let lane = json["lane"]?.integerValue.flatMap({ UInt16(exactly: $0) }),
            let origin = json["origin"]?.stringValue, let size = json["size"]?.integerValue, size >= 0,
            let checkpoint = json["checkpoint"], checkpoint == .null || checkpoint.stringValue != nil,
            (checkpoint == .null) == (size == 0)
        else { return nil }
        self.init(
            lane: LaneID(lane),
            origin: origin,
            size: UInt64(size),
            checkpoint: checkpoint.stringValue.map { Array($0.utf8) }
        )
    }
}

extension CopyManifest.File {
    fileprivate init?(_ json: JSONValue) {
        guard let name = json["name"]?.stringValue, Self.isPlain(name),
            let size = json["sizeBytes"]?.integerValue, size >= 0,
            let sha256 = json["sha256"]?.stringValue.flatMap({ Digest256(hex: $0) }),
            let ends = json["ends"]?.stringValue.flatMap({ Digest256(hex: $0) })
        else { return nil }
        self.init(name: name, byteCount: UInt64(size), sha256: sha256, ends: ends)
    }

    /// Nothing that leads out of the folder that a copy is restored to.
    private static func isPlain(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "store" || parts[0] == "roots", !parts[1].isEmpty else { return false }
        return !parts[1].hasPrefix(".")
            && parts[1].utf8.allSatisfy { byte in
                let character = Character(Unicode.Scalar(byte))
                return byte < 0x80 && (character.isLetter || character.isNumber || "-_.".contains(character))
            }
    }
}
