import Foundation

/// A file that the user named, read front to back in pieces; never whole in memory.
struct InputFile {
    /// Large enough that calls do not count, small enough for many files at once.
    static let pieceBytes = 1 << 18

    let path: String
    let sizeBytes: UInt64
    private let handle: FileHandle

    /// - Throws: ``CommandError`` with status `.usage` when there is no such file, or it is a folder or unreadable.
    init(_ path: String) throws {
        guard
            let attributes = try? FileManager.default.attributesOfItem(
                atPath: (path as NSString).resolvingSymlinksInPath
            ),
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

    /// The next piece, or `nil` at the end.
    func next() throws -> [UInt8]? {
        do {
            guard let data = try handle.read(upToCount: Self.pieceBytes), !data.isEmpty else { return nil }
            return Array(data)
        } catch {
            throw CommandError(
                "file.unreadable",
                "\(path) cannot be read to its end.",
                advice: "Check the disk.",
                status: .environment
            )
        }
    }

    /// Back to the first byte, for a second reading.
    func rewind() throws { try handle.seek(toOffset: 0) }

    /// A small file as a whole.
    static func contents(of path: String, limitBytes: Int) throws -> [UInt8] {
        let file = try InputFile(path)
        var bytes: [UInt8] = []
        while let piece = try file.next() {
            bytes += piece
            guard bytes.count <= limitBytes else {
                throw CommandError(
                    "file.tooLarge",
                    "\(path) is larger than \(Wording.size(Int64(limitBytes))).",
                    advice: "Is it the right file?",
                    status: .usage
                )
            }
        }
        return bytes
    }
}
