import Evidence
import Foundation

/// Where pictures of a feed come from: a folder, or a manifest that names files.
enum FeedSource: Sendable {
    case folder(String)
    /// A JSON object a line, `{"file": …, "reference": …}`.
    case lines(String)
    /// Two columns, file and reference; the second may be missing.
    case table(String)

    /// - Throws: ``CommandError`` with status `.usage` when there is nothing there, or a file of another kind.
    init(_ path: String) throws {
        var isFolder: ObjCBool = false
        // Safe: the flag lives as long as the call.
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandError("file.notFound", "There is no \(path).", advice: "Check the path.", status: .usage)
        }
        if isFolder.boolValue {
            self = .folder(path)
        } else {
            switch (path as NSString).pathExtension.lowercased() {
            case "ndjson", "jsonl": self = .lines(path)
            case "csv": self = .table(path)
            default:
                throw CommandError(
                    "feed.unknownKind",
                    "\(path) is no folder and no manifest.",
                    advice: "Name a folder, or a manifest that ends in .ndjson or .csv.",
                    status: .usage
                )
            }
        }
    }

    /// Every picture there is now, in order. Names that start with a dot are left out of folders.
    func items() throws -> [FeedItem] {
        switch self {
        case .folder(let path): Self.files(below: path)
        case .lines(let path): try Self.lines(of: path).map { try Self.item(ofJSON: $0, beside: path) }
        case .table(let path):
            try Self.lines(of: path).map { Self.item(ofColumns: CSVLine.columns(of: $0), beside: path) }
        }
    }

    private static func files(below path: String) -> [FeedItem] {
        let root = URL(fileURLWithPath: path)
        let files = FileManager.default.enumerator(
            at: root,
            includingPropertiesForKeys: [.isRegularFileKey],
            options: [.skipsHiddenFiles]
        )
        var paths: [String] = []
        for case let file as URL in files ?? .init() {
            if (try? file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true {
                paths.append(file.path)
            }
        }
        return paths.sorted().map { FeedItem(path: $0, reference: $0) }
    }

    private static func lines(of path: String) throws -> [String] {
        var reader = try LineReader(path)
        var lines: [String] = []
        while let line = try reader.next() {
            let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            if !text.isEmpty { lines.append(text) }
        }
        return lines
    }

    private static func item(ofJSON line: String, beside manifest: String) throws -> FeedItem {
        guard let json = try? JSONValue(parsing: Array(line.utf8)), let file = json["file"]?.stringValue else {
            throw CommandError(
                "feed.lineMalformed",
                "\(manifest) has a line that is no JSON object with a \"file\".",
                advice: "Write {\"file\": \"photo.jpg\", \"reference\": \"https://…\"}, one a line.",
                status: .usage
            )
        }
        return item(file, json["reference"]?.stringValue, beside: manifest)
    }

    private static func item(ofColumns columns: [String], beside manifest: String) -> FeedItem {
        item(columns.first ?? "", columns.count > 1 && !columns[1].isEmpty ? columns[1] : nil, beside: manifest)
    }

    /// Relative paths start at the manifest's folder.
    private static func item(_ file: String, _ reference: String?, beside manifest: String) -> FeedItem {
        let folder = (manifest as NSString).deletingLastPathComponent
        let path = file.hasPrefix("/") || folder.isEmpty ? file : folder + "/" + file
        return FeedItem(path: path, reference: reference ?? file)
    }
}
