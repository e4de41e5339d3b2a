import Bytes
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

    /// Fetches an evidence file and writes it whole or not at all; an older one of the same id gives way.
    func write(
        _ id: Digest256,
        from notary: any NotaryConnection,
        includingOriginal: Bool
    ) async throws -> (path: String, sizeBytes: Int) {
        let bytes = try await notary.evidenceFile(of: id, includingOriginal: includingOriginal)
        let file = (path as NSString).appendingPathComponent(id.hex + ".asice")
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw Self.failure(path)
        }
        return (file, bytes.count)
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
