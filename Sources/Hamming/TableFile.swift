import Bytes
import Dispatch
import Glibc
import OpenSSL
import Synchronization

/// A table in a file: header, arrays, an attachment of the caller's, digests.
///
/// Loaded into memory of its own rather than mapped: every byte is checked on the way, later damage or a cut file cannot
/// stop the process, and look-ups get large pages.
enum TableFile {
    /// What a caller keeps with a table is small: keys of fingerprints that are there several times.
    static let attachmentLimitBytes = 8 << 30
    /// Digested and read at once, side by side.
    private static let chunkBytes = 32 << 20

    /// Writes a file under its name only when all of it is on the disk. The folder is left for the caller to sync.
    ///
    /// - Throws: ``HammingError`` `.full` or `.io`.
    static func write(_ table: HammingTable, attachment: [UInt8], to path: String) throws(HammingError) {
        let temporaryPath = path + ".new"
        let descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("create", temporaryPath) }
        do throws(HammingError) {
            defer { close(descriptor) }
            let image = UnsafeRawBufferPointer(start: table.memory.base, count: table.layout.byteCount)
            let digests = chunks(of: image.count).map { digest(of: UnsafeRawBufferPointer(rebasing: image[$0])) }
            let list = (digests + [SHA256.digest(of: attachment)]).flatMap(\.bytes)
            let header = TableHeader(
                count: table.count,
                attachmentByteCount: attachment.count,
                digestOfDigests: SHA256.digest(of: list)
            )
            try write(header.encoded, to: descriptor, path)
            try write(image, to: descriptor, path)
            try write(attachment, to: descriptor, path)
            try write(list, to: descriptor, path)
            guard fsync(descriptor) == 0 else { throw failure("sync", path) }
        } catch {
            unlink(temporaryPath)
            throw error
        }
        // A crash before this line leaves no file under the name.
        guard rename(temporaryPath, path) == 0 else { throw failure("rename", path) }
    }

    /// - Throws: ``HammingError`` `.damaged`, `.absent`, `.io` or `.outOfMemory`.
    static func read(_ path: String) throws(HammingError) -> (table: HammingTable, attachment: [UInt8]) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw HammingError(.absent, "\(path) is missing.") }
            throw failure("open", path)
        }
        defer { close(descriptor) }
        let damage = HammingError(.damaged, "\(path) is not what was written.")
        guard let header = TableHeader(bytes(TableHeader.byteCount, at: 0, of: descriptor)) else { throw damage }
        let layout = TableLayout(count: header.count)
        let pieces = chunks(of: layout.byteCount)
        let attachmentOffset = TableHeader.byteCount + layout.byteCount
        let listOffset = attachmentOffset + header.attachmentByteCount
        let listCount = (pieces.count + 1) * Digest256.byteCount
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size == listOffset + listCount else { throw damage }
        let list = bytes(listCount, at: listOffset, of: descriptor)
        guard SHA256.digest(of: list) == header.digestOfDigests else { throw damage }
        let attachment = bytes(header.attachmentByteCount, at: attachmentOffset, of: descriptor)
        guard SHA256.digest(of: attachment).bytes == Array(list.suffix(Digest256.byteCount)) else { throw damage }
        let memory = try TableMemory(byteCount: layout.byteCount)
        let wholeCount = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: pieces.count) { number in
            let piece = UnsafeMutableRawBufferPointer(
                start: memory.base + pieces[number].lowerBound,
                count: pieces[number].count
            )
            let offset = TableHeader.byteCount + pieces[number].lowerBound
            guard fill(piece, from: descriptor, at: offset) else { return }
            let expected = list[number * Digest256.byteCount..<(number + 1) * Digest256.byteCount]
            if digest(of: UnsafeRawBufferPointer(piece)).bytes.elementsEqual(expected) {
                wholeCount.add(1, ordering: .relaxed)
            }
        }
        guard wholeCount.load(ordering: .acquiring) == pieces.count else { throw damage }
        return (HammingTable(layout: layout, memory: memory), attachment)
    }

    private static func chunks(of byteCount: Int) -> [Range<Int>] {
        stride(from: 0, to: byteCount, by: chunkBytes).map { $0..<min($0 + chunkBytes, byteCount) }
    }

    private static func digest(of bytes: UnsafeRawBufferPointer) -> Digest256 {
        var stream = DigestStream(.sha256)
        stream.update(bytes)
        guard let digest = Digest256(stream.finalize()) else { preconditionFailure("SHA-256 has 32 bytes.") }
        return digest
    }

    /// - Returns: Fewer when the file ends before.
    private static func bytes(_ count: Int, at offset: Int, of descriptor: Int32) -> [UInt8] {
        var isWhole = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            isWhole = fill(UnsafeMutableRawBufferPointer(buffer), from: descriptor, at: offset)
            filled = isWhole ? count : 0
        }
        return isWhole ? bytes : []
    }

    private static func fill(_ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32, at offset: Int) -> Bool {
        var done = 0
        while done < buffer.count, let base = buffer.baseAddress {
            let count = pread(descriptor, base + done, buffer.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(HammingError) {
        var problem: HammingError?
        bytes.withUnsafeBytes { buffer in
            do throws(HammingError) { try write(buffer, to: descriptor, path) } catch { problem = error }
        }
        if let problem { throw problem }
    }

    private static func write(
        _ bytes: UnsafeRawBufferPointer,
        to descriptor: Int32,
        _ path: String
    ) throws(HammingError) {
        var done = 0
        while done < bytes.count, let base = bytes.baseAddress {
            let count = Glibc.write(descriptor, base + done, min(bytes.count - done, chunkBytes))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write", path) }
            done += count
        }
    }

    /// Reads `errno`: called right after the call that failed.
    private static func failure(_ verb: String, _ path: String) -> HammingError {
        let number = errno
        let code: HammingError.Code = number == ENOSPC || number == EDQUOT ? .full : .io
        return HammingError(code, "The system could not \(verb) \(path) (error \(number)).")
    }
}

extension HammingTable {
    /// Writes the table to a file that a crash leaves whole or not at all, once the folder is synced.
    ///
    /// - Parameter attachment: Kept with the table.
    /// - Throws: ``HammingError`` `.full` or `.io`.
    public func write(attachment: [UInt8], to path: String) throws(HammingError) {
        try TableFile.write(self, attachment: attachment, to: path)
    }

    /// Reads a file back, every byte of it checked.
    ///
    /// - Throws: ``HammingError`` `.damaged`, `.absent`, `.io` or `.outOfMemory`.
    public static func read(_ path: String) throws(HammingError) -> (table: HammingTable, attachment: [UInt8]) {
        try TableFile.read(path)
    }
}
