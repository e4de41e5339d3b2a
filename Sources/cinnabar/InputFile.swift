import Foundation

/// A file that the user named, read in pieces; never whole in memory.
struct InputFile: FileContent {
    /// Large enough that calls do not count, small enough for many files at once.
    static let pieceBytes = 1 << 18

    let path: String
    let sizeBytes: UInt64
    private let handle: FileHandle

    /// - Throws: ``CommandError`` with status `.usage` when there is no such file, or it is a folder or unreadable.
    init(_ path: String) throws {
        let resolved = (path as NSString).resolvingSymlinksInPath
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved),
            let size = attributes[.size] as? UInt64
        else {
            throw CommandError("file.notFound", "There is no file \(path).", advice: "Check the path.", status: .usage)
        }
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            throw CommandError(
                "file.notRegular",
                "\(path) is not a regular file.",
                advice: "Name files; `cinnabar import` takes whole folders.",
                status: .usage
            )
        }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw CommandError(
                "file.unreadable",
                "\(path) cannot be opened.",
                advice: "Check its permissions.",
                status: .usage
            )
        }
        self.path = path
        self.handle = handle
        sizeBytes = size
    }

    func piece(at offset: UInt64) throws -> [UInt8] {
        do {
            try handle.seek(toOffset: offset)
            return Array(try handle.read(upToCount: Self.pieceBytes) ?? Data())
        } catch {
            throw CommandError(
                "file.unreadable",
                "\(path) cannot be read to its end.",
                advice: "Check the disk.",
                status: .environment
            )
        }
    }

    /// A small file as a whole.
    static func contents(of path: String, limitBytes: Int) throws -> [UInt8] {
        let file = try InputFile(path)
        guard file.sizeBytes <= limitBytes else {
            throw CommandError(
                "file.tooLarge",
                "\(path) is larger than \(Wording.size(Int64(limitBytes))).",
                advice: "Is it the right file?",
                status: .usage
            )
        }
        var bytes: [UInt8] = []
        try file.forEachPiece(progress: { _ in }) { bytes += $0 }
        return bytes
    }
}
