import CProcess
import Glibc

/// Memory that a decoder child maps and its parent reads and writes by system calls, so that nothing a child does to it
/// can move or fault under the parent's feet. Its size is sealed.
package final class SharedMemory: Sendable {
    package let descriptor: Int32
    let byteCount: Int

    /// Past this many touched bytes the pages go back to the system after a file: few files are larger, and what stays
    /// is held once per child for ever.
    private static let keptBytes = 8 << 20

    /// - Throws: ``MediaError`` `.decoderUnavailable`.
    package init(byteCount: Int) throws(MediaError) {
        descriptor = cinnabar_shared_memory(byteCount)
        self.byteCount = byteCount
        guard descriptor >= 0 else {
            throw MediaError(.decoderUnavailable, "No memory to share with a decoder process (errno \(errno)).")
        }
    }

    deinit { close(descriptor) }

    /// - Returns: Whether all of it was written.
    package func write(_ bytes: [UInt8]) -> Bool {
        guard bytes.count <= byteCount else { return false }
        // The pointer stays inside the closure, and no offset leaves the buffer.
        return unsafe bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[done...])
                let count = unsafe pwrite(descriptor, rest.baseAddress, rest.count, off_t(done))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                done += count
            }
            return true
        }
    }

    /// - Returns: A copy of `count` bytes from `start` on, or `nil` when there are not as many.
    func read(_ count: Int, from start: Int = 0) -> [UInt8]? {
        guard (0...byteCount).contains(start), (0...byteCount - start).contains(count) else { return nil }
        // Only bytes that the system call says it wrote count as initialised.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
            while done < count {
                let rest = unsafe UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[done...]
                )
                let read = unsafe pread(descriptor, rest.baseAddress, count - done, off_t(start + done))
                if read < 0, errno == EINTR { continue }
                guard read > 0 else { break }
                done += read
            }
        }
        return bytes.count == count ? bytes : nil
    }

    /// Tells that the first `count` bytes are no longer needed.
    func discard(_ count: Int) {
        if count > Self.keptBytes { cinnabar_discard_memory(descriptor, byteCount) }
    }
}
