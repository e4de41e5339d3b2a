import Foundation

/// Bytes that wait: in memory while they are few, then in a temporary file that has no name and is gone with the
/// process.
struct Spool: Sendable {
    private let folder: String
    private var memory: [UInt8] = []
    private var file: FileHandle?

    init(folder: String) { self.folder = folder }

    mutating func append(_ bytes: [UInt8]) throws {
        if let file {
            try file.write(contentsOf: bytes)
        } else if memory.count + bytes.count <= Upload.memoryLimitBytes {
            memory += bytes
        } else {
            let file = try Self.unlinkedFile(in: folder)
            try file.write(contentsOf: memory)
            try file.write(contentsOf: bytes)
            memory = []
            self.file = file
        }
    }

    /// - Returns: Fewer bytes than asked for only at the end.
    func read(from offset: Int, count: Int) throws -> [UInt8] {
        guard let file else {
            guard offset < memory.count else { return [] }
            return offset == 0 && count >= memory.count
                ? memory : Array(memory[offset..<min(memory.count, offset + count)])
        }
        try file.seek(toOffset: UInt64(offset))
        var bytes: [UInt8] = []
        while bytes.count < count, let piece = try file.read(upToCount: count - bytes.count), !piece.isEmpty {
            bytes += piece
        }
        return bytes
    }

    private static func unlinkedFile(in folder: String) throws -> FileHandle {
        let path = "\(folder)/upload-\(UUID().uuidString)"
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forUpdatingAtPath: path)
        else {
            throw NotaryError(.storeFailed, "No temporary file could be made in \(folder). Check its owner and space.")
        }
        try FileManager.default.removeItem(atPath: path)
        return file
    }
}
