import Evidence
import Foundation

/// Where drawings of matches go: one file, or a folder with a file for each match.
struct OverlayFiles {
    /// As many as a person looks at.
    private static let drawingLimit = 10

    private let path: String
    private var isFile: Bool { path.hasSuffix(".png") }

    /// Makes the folder if there is none.
    init(_ path: String) throws {
        self.path = path
        guard !path.hasSuffix(".png") else { return }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Self.failure(path)
        }
    }

    /// Draws what can be drawn: matches among the account's own registrations whose pictures are kept.
    ///
    /// - Parameters:
    ///   - search: The search's answer.
    ///   - file: What was looked for, as the user named it.
    /// - Returns: The files written, in the order of the matches.
    func draw(
        _ search: JSONValue,
        of file: String,
        widthPixels: Int,
        from notary: any NotaryConnection
    ) async throws -> [String] {
        let matches = (search["matches"]?.arrayValue ?? []).filter { $0["yours"]?.boolValue == true }
        guard !matches.isEmpty else { return [] }
        guard let id = search["id"]?.stringValue else {
            throw CommandError(
                "search.notKept",
                "Searches are not kept here, and a drawing needs one that is.",
                advice: "Set search.keepSeconds to more than 0.",
                status: .environment
            )
        }
        var written: [String] = []
        for match in matches.prefix(isFile ? 1 : Self.drawingLimit) {
            let number = Int(match["n"]?.integerValue ?? 0)
            let bytes: [UInt8]
            do {
                bytes = try await notary.overlay(search: id, match: number, widthPixels: widthPixels)
            } catch let error where !isFile && CommandError(error).code == "overlay.impossible" {
                continue  // a contract, or a picture that was not kept: the others can still be drawn
            }
            let target = isFile ? path : (path as NSString).appendingPathComponent(Self.name(file, number))
            do {
                try Data(bytes).write(to: URL(fileURLWithPath: target), options: .atomic)
            } catch {
                throw Self.failure(target)
            }
            written.append(target)
        }
        return written
    }

    private static func name(_ file: String, _ number: Int) -> String {
        ((file as NSString).lastPathComponent as NSString).deletingPathExtension + "-match-\(number).png"
    }

    private static func failure(_ path: String) -> CommandError {
        CommandError(
            "folder.unwritable",
            "The drawing \(path) cannot be written.",
            advice: "Check the folder's permissions and the space left on the disk.",
            status: .environment
        )
    }
}
