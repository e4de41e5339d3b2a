import Glibc

/// A regular file opened for reading; closed with its owner.
final class RegularFile {
    let descriptor: Int32
    let byteCount: Int

    /// - Throws: ``ArchiveError`` `.unreadable` or `.notARegularFile`.
    init(_ path: String, followsLink: Bool) throws(ArchiveError) {
        // Without O_NONBLOCK, opening a pipe would wait for a writer. The string lives as long as the call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followsLink ? 0 : O_NOFOLLOW))
        guard descriptor >= 0 else {
            if errno == ELOOP { throw Self.notRegular }
            throw ArchiveError(.unreadable, "The file cannot be opened (errno \(errno)).")
        }
        var status = stat()
        // One structure, alive as long as the call.
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw Self.notRegular
        }
        self.descriptor = descriptor
        byteCount = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// The whole file.
    ///
    /// - Throws: ``ArchiveError`` `.memberTooLarge` or `.unreadable`, also when the file changes its size meanwhile.
    func bytes(limit: Int) throws(ArchiveError) -> [UInt8] {
        guard byteCount <= limit else {
            throw ArchiveError(.memberTooLarge, "The file has more than \(limit) bytes.")
        }
        // Only bytes that the system call says it wrote count as initialised.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, done in
            while done < byteCount {
                let rest = unsafe UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[done...]
                )
                let count = unsafe read(descriptor, rest.baseAddress, byteCount - done)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                done += count
            }
        }
        guard bytes.count == byteCount else {
            throw ArchiveError(.unreadable, "The file cannot be read to its end.")
        }
        return bytes
    }

    /// - Throws: ``ArchiveError`` `.unreadable`.
    static func isFolder(_ path: String, followsLink: Bool = true) throws(ArchiveError) -> Bool {
        var status = stat()
        // One structure and the string, alive as long as the call.
        let result = followsLink ? unsafe stat(path, &status) : unsafe lstat(path, &status)
        guard result == 0 else { throw ArchiveError(.unreadable, "There is no such file (errno \(errno)).") }
        return status.st_mode & S_IFMT == S_IFDIR
    }

    private static let notRegular = ArchiveError(.notARegularFile, "A link or device is not read.")
}
