package import Bytes
package import Glibc
import OpenSSL

/// Copies and digests files of any size, a block at a time. System calls that take a path or a buffer are `unsafe` to
/// the compiler; each borrows memory of this call's own for its duration.
package enum FileTransfer {
    /// Few system calls, and little memory.
    package static let blockByteCount = 1 << 20
    /// Bytes at either end that tell a table from any other: a table's last bytes name the process that wrote it and
    /// its number there, a blob file's are ciphertext.
    private static let endByteCount = 64 << 10

    /// Size in bytes.
    package static func size(of path: String) throws(StoreError) -> UInt64 {
        var status = stat()
        // Safe: Swift hands the path over as a C string for this call.
        guard unsafe stat(path, &status) == 0 else { throw DurableFile.failure("examine") }
        return UInt64(status.st_size)
    }

    /// Copies a file and syncs the copy. Whoever gives it its name syncs the folder.
    ///
    /// - Parameters:
    ///   - destination: Is made, or replaced. When this throws it may be there in part.
    ///   - onBlock: Is called with the size of each block after it was written; may wait, and throws to end the copy.
    /// - Returns: SHA-256 of what was copied.
    package static func copy(
        _ source: String,
        to destination: String,
        permissions: mode_t = 0o600,
        onBlock: (Int) throws -> Void = { _ in }
    ) throws -> Digest256 {
        // Safe: Swift hands the path over as a C string for this call.
        let descriptor = unsafe open(destination, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, permissions)
        guard descriptor >= 0 else { throw DurableFile.failure("create") }
        defer { close(descriptor) }
        let digest = try read(source) { block in
            var rest = block
            while !rest.isEmpty {
                // Safe: the buffer lives until the call returns, and its size is given.
                let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { throw DurableFile.failure("write") }
                rest = rest.dropFirst(count)
            }
            try onBlock(block.count)
        }
        guard fsync(descriptor) == 0 else { throw DurableFile.failure("sync") }
        return digest
    }

    /// SHA-256 of a file.
    ///
    /// - Parameter onBlock: Is called with the size of each block after it was read; throws to end the reading.
    package static func digest(of path: String, onBlock: (Int) throws -> Void = { _ in }) throws -> Digest256 {
        try read(path) { try onBlock($0.count) }
    }

    /// SHA-256 of the first and the last 64 KiB of a file, or of all of a shorter one.
    package static func digestOfEnds(of path: String) throws -> Digest256 {
        // Safe: Swift hands the path over as a C string for this call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DurableFile.failure("open") }
        defer { close(descriptor) }
        let size = try Int(size(of: path))
        let headCount = min(size, endByteCount)
        let tailCount = min(size - headCount, endByteCount)
        let head = try readExactly(descriptor, headCount)
        guard lseek(descriptor, off_t(size - tailCount), SEEK_SET) >= 0 else { throw DurableFile.failure("read") }
        return SHA256.digest(of: head + (try readExactly(descriptor, tailCount)))
    }

    /// Makes the names in a folder durable.
    package static func syncFolder(_ folder: String) throws(StoreError) {
        // Safe: Swift hands the path over as a C string for this call.
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DurableFile.failure("open the folder of") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw DurableFile.failure("sync the folder of") }
    }

    private static func read(_ path: String, _ body: (ArraySlice<UInt8>) throws -> Void) throws -> Digest256 {
        // Safe: Swift hands the path over as a C string for this call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DurableFile.failure("open") }
        defer { close(descriptor) }
        var digest = DigestStream(.sha256)
        var buffer = [UInt8](repeating: 0, count: blockByteCount)
        while true {
            // Safe: the buffer lives until the call returns, and its size is given.
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw DurableFile.failure("read") }
            if count == 0 { break }
            digest.update(buffer[..<count])
            try body(buffer[..<count])
        }
        guard let result = Digest256(digest.finalize()) else { preconditionFailure("SHA-256 is 32 bytes.") }
        return result
    }

    private static func readExactly(_ descriptor: Int32, _ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var buffer = [UInt8](repeating: 0, count: count - bytes.count)
            // Safe: the buffer lives until the call returns, and its size is given.
            let got = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if got < 0 && errno == EINTR { continue }
            guard got > 0 else { throw DurableFile.failure("read") }
            bytes += buffer[..<got]
        }
        return bytes
    }
}
