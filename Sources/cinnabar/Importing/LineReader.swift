import Foundation
import Server

/// The lines of a file, or of standard input, one after the other; never whole in memory.
struct LineReader {
    private static let pieceBytes = 1 << 20

    private let name: String
    private let handle: FileHandle
    private var unread: ArraySlice<UInt8> = []
    private var isAtEnd = false

    /// - Parameter path: `-` is standard input.
    /// - Throws: ``CommandError`` with status `.usage` when there is no such file.
    init(_ path: String) throws {
        name = path == "-" ? "standard input" : path
        if path == "-" {
            handle = .standardInput
        } else {
            _ = try InputFile(path)
            guard let handle = FileHandle(forReadingAtPath: path) else { throw Self.unreadable(name) }
            self.handle = handle
        }
    }

    /// The next line without its newline; `nil` after the last.
    ///
    /// - Throws: ``CommandError`` for a line that no batch takes, which is no NDJSON.
    mutating func next() throws -> ArraySlice<UInt8>? {
        var searchedBytes = 0
        while true {
            if let end = unread.dropFirst(searchedBytes).firstIndex(of: UInt8(ascii: "\n")) {
                defer { unread = unread[(end + 1)...] }
                return unread[..<end]
            }
            guard unread.count <= DigestBatch.lineLimitBytes else {
                throw CommandError(
                    "file.noLines",
                    "\(name) has a line of more than \(Wording.size(Int64(DigestBatch.lineLimitBytes))).",
                    advice: "Write one JSON object a line.",
                    status: .usage
                )
            }
            if isAtEnd {
                defer { unread = [] }
                return unread.isEmpty ? nil : unread
            }
            searchedBytes = unread.count
            try read()
        }
    }

    private mutating func read() throws {
        let piece: Data?
        do { piece = try handle.read(upToCount: Self.pieceBytes) } catch { throw Self.unreadable(name) }
        guard let piece, !piece.isEmpty else {
            isAtEnd = true
            return
        }
        unread = Array(unread)[...] + piece
    }

    private static func unreadable(_ name: String) -> CommandError {
        CommandError(
            "file.unreadable",
            "\(name) cannot be read.",
            advice: "Check its permissions and the disk.",
            status: .environment
        )
    }
}
