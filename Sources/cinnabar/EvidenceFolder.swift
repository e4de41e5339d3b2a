import Anchoring
import Bytes
import Evidence
import Foundation

/// A folder that evidence files are written into, each as `<id>.asice`.
struct EvidenceFolder {
    private let path: String

    /// Makes the folder if there is none.
    init(_ path: String) throws {
        self.path = path
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Self.failure(path)
        }
    }

    /// Fetches an evidence file and writes it whole or not at all. Checkpoints and anchors of an older one of the same
    /// id stay in it: exporting again adds and never replaces.
    func write(
        _ id: Digest256,
        from notary: any NotaryConnection,
        includingOriginal: Bool
    ) async throws -> (path: String, sizeBytes: Int) {
        let file = (path as NSString).appendingPathComponent(id.hex + ".asice")
        let fresh = try await notary.evidenceFile(of: id, includingOriginal: includingOriginal)
        let older = FileManager.default.contents(atPath: file)
        // One that is there and cannot be read may hold anchors that nothing else has.
        guard older != nil || !FileManager.default.fileExists(atPath: file) else {
            throw CommandError(
                "evidence.unreadable",
                "The evidence file that is there already cannot be read, and was left as it is.",
                advice: "Check the permissions of \(file), or move it away, then export again.",
                status: .environment
            )
        }
        let bytes = try Self.merged(fresh, withOlder: older)
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw Self.failure(path)
        }
        return (file, bytes.count)
    }

    /// Writes `<id>.ots` beside an evidence file that was written: the OpenTimestamps proof of the registered file, for
    /// stock clients.
    ///
    /// - Throws: ``CommandError`` with code `proof.unavailable` while there is none.
    func writeOpenTimestampsProof(_ id: Digest256) throws -> String {
        let file = (path as NSString).appendingPathComponent(id.hex)
        guard let evidence = FileManager.default.contents(atPath: file + ".asice") else { throw Self.failure(path) }
        let proof: [UInt8]
        do {
            proof = try EvidenceFile.reading([UInt8](evidence)).file.openTimestampsProof().bytes()
        } catch let error as EvidenceError {
            throw CommandError(
                "proof.unavailable",
                "There is no OpenTimestamps proof of \(id.hex): \(error.message). Its evidence file was written.",
                advice: "Export again once a calendar has taken a checkpoint over it: `cinnabar anchors status`.",
                status: .environment
            )
        }
        do {
            try Data(proof).write(to: URL(fileURLWithPath: file + ".ots"), options: .atomic)
        } catch {
            throw Self.failure(path)
        }
        return file + ".ots"
    }

    private static func merged(_ fresh: [UInt8], withOlder older: Data?) throws -> [UInt8] {
        guard let older else { return fresh }
        let (newer, _) = try EvidenceFile.reading(fresh)
        guard let (known, findings) = try? EvidenceFile.reading([UInt8](older)), findings.isEmpty else {
            throw CommandError(
                "evidence.damaged",
                "The evidence file that is there already does not read, and was left as it is.",
                advice: "Move it away, then export again.",
                status: .environment
            )
        }
        return try known.merged(with: newer).encoded()
    }

    private static func failure(_ path: String) -> CommandError {
        CommandError(
            "folder.unwritable",
            "The folder \(path) cannot be written.",
            advice: "Check its permissions and the space left on the disk.",
            status: .environment
        )
    }
}
