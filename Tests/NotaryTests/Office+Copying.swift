import Evidence
import Foundation
import MerkleLog
import Notary

extension Office {
    /// Another office with the same folder, as it lies.
    func copy() throws -> Office { try Office(copying: self) }

    var storeFolder: String { "\(folder)/store" }

    /// Whether the log that is open now goes on where an earlier checkpoint ended: its root is the root of that many of
    /// the entries.
    func isExtended(_ note: [UInt8], by notary: Notary) throws -> Bool {
        let signed = try SignedNote(parsing: note)
        let earlier = trust.logKeys.lazy.compactMap { try? signed.verifiedCheckpoint(log: $0, witnesses: []) }
            .first?.checkpoint
        guard let earlier, let log = notary.logs.first(where: { $0.origin == earlier.origin }),
            earlier.size <= log.size
        else { return false }
        var frontier = Frontier()
        let full = UInt64(TileID.fullWidth)
        var index: UInt64 = 0
        while index * full < earlier.size.value {
            let width = TileID(level: 0, index: index).width(in: log.size)
            guard let bundle = try log.resource(TilePath.entries(index: index, width: width).text) else { return false }
            let entries = try EntryBundle(decoding: bundle).entries
            for entry in entries where frontier.size < earlier.size { frontier.append(LeafHash(entry: entry)) }
            index += 1
        }
        return frontier.root == earlier.root
    }

    /// The live write-ahead log.
    func walPath() throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: storeFolder).filter { $0.hasSuffix(".log") }
        let paths = names.sorted().map { "\(storeFolder)/\($0)" }
        guard let path = paths.last else { throw CocoaError(.fileNoSuchFile) }
        return path
    }

    func changeWAL(_ change: (inout Data) -> Void) throws {
        let path = try walPath()
        var bytes = try Data(contentsOf: URL(filePath: path))
        change(&bytes)
        try bytes.write(to: URL(filePath: path))
    }

    func walByteCount() throws -> Int { try Data(contentsOf: URL(filePath: walPath())).count }
}
