import Bytes
import Glibc
import OpenSSL

/// Files that are put in place whole, and of which every byte is checked when they are read.
///
/// SHA-256 of the rest, then the rest.
public enum DigestedFile {
    /// Written and read at once.
    private static let pieceBytes = 8 << 20

    /// - Returns: `nil` when there is no such file.
    /// - Throws: ``PostingError`` `.damaged` or `.io`.
    public static func read(_ path: String) throws(PostingError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        let byteCount = try size(of: descriptor, path) - Digest256.byteCount
        guard byteCount >= 0 else { throw damage(path) }
        var bytes = [UInt8](repeating: 0, count: byteCount)
        let isWhole = bytes.withUnsafeMutableBytes { check(descriptor, [$0]) }
        guard isWhole else { throw damage(path) }
        return bytes
    }

    /// - Throws: ``PostingError`` `.full` or `.io`.
    public static func write(_ bytes: [UInt8], to path: String) throws(PostingError) {
        try write(head: bytes, image: nil, tail: [], to: path)
    }

    /// Puts the file in place when all of it is on the disk, and then its folder too.
    static func write(
        head: [UInt8],
        image: UnsafeRawBufferPointer?,
        tail: [UInt8],
        to path: String
    ) throws(PostingError) {
        let temporaryPath = path + ".new"
        let descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("create", temporaryPath) }
        do throws(PostingError) {
            defer { close(descriptor) }
            let image = image ?? UnsafeRawBufferPointer(start: nil, count: 0)
            var stream = DigestStream(.sha256)
            stream.update(head)
            stream.update(image)
            stream.update(tail)
            let digest = stream.finalize()
            let isWritten =
                digest.withUnsafeBytes { append($0, to: descriptor) }
                && head.withUnsafeBytes { append($0, to: descriptor) }
                && append(image, to: descriptor) && tail.withUnsafeBytes { append($0, to: descriptor) }
            guard isWritten else { throw failure("write", path) }
            guard fsync(descriptor) == 0 else { throw failure("sync", path) }
        } catch {
            unlink(temporaryPath)
            throw error
        }
        // A crash before this line leaves what was there; after it, the new file.
        guard rename(temporaryPath, path) == 0 else { throw failure("rename", path) }
        let end = path.lastIndex(of: "/") ?? path.startIndex
        let folder = open(String(path[..<end]) + "/.", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure("open the folder of", path) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure("sync the folder of", path) }
    }

    /// Fills the buffers with what follows the digest.
    ///
    /// - Returns: Whether the file holds so much, and its digest is right.
    static func check(_ descriptor: Int32, _ buffers: [UnsafeMutableRawBufferPointer]) -> Bool {
        var expected = [UInt8](repeating: 0, count: Digest256.byteCount)
        guard expected.withUnsafeMutableBytes({ fill($0, from: descriptor, at: 0) }) else { return false }
        var stream = DigestStream(.sha256)
        var offset = Digest256.byteCount
        for buffer in buffers {
            for start in stride(from: 0, to: buffer.count, by: pieceBytes) {
                let end = min(start + pieceBytes, buffer.count)
                let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[start..<end])
                guard fill(piece, from: descriptor, at: offset + start) else { return false }
                stream.update(UnsafeRawBufferPointer(piece))
            }
            offset += buffer.count
        }
        return stream.finalize() == expected
    }

    static func size(of descriptor: Int32, _ path: String) throws(PostingError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("look at", path) }
        return Int(status.st_size)
    }

    static func damage(_ path: String) -> PostingError { PostingError(.damaged, "\(path) is not what was written.") }

    static func fill(_ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32, at offset: Int) -> Bool {
        var done = 0
        while done < buffer.count, let base = buffer.baseAddress {
            let count = pread(descriptor, base + done, buffer.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    /// - Returns: `false` with `errno` set when the system refuses.
    private static func append(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var done = 0
        while done < bytes.count, let base = bytes.baseAddress {
            let count = Glibc.write(descriptor, base + done, min(bytes.count - done, pieceBytes))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    /// Reads `errno`: called right after the call that failed.
    static func failure(_ verb: String, _ path: String) -> PostingError {
        let number = errno
        let code: PostingError.Code = number == ENOSPC || number == EDQUOT ? .full : .io
        return PostingError(code, "The system could not \(verb) \(path) (error \(number)).")
    }
}
