import Glibc
import MediaDecoding

/// The bytes behind a descriptor, for as long as the process lives. Mapped before the restrictions, they need no
/// further system call.
struct MappedFile {
    let bytes: UnsafeMutableBufferPointer<UInt8>

    /// - Parameter isShared: Whether they can be written, and whoever else holds the file sees it.
    init(descriptor: Int32, isShared: Bool) throws(MediaError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw MediaError(.decoderUnavailable, "descriptor \(descriptor) is no file")
        }
        let count = Int(status.st_size)
        if count == 0 {
            bytes = UnsafeMutableBufferPointer(start: nil, count: 0)
            return
        }
        let protection = isShared ? PROT_READ | PROT_WRITE : PROT_READ
        let start = mmap(nil, count, protection, isShared ? MAP_SHARED : MAP_PRIVATE, descriptor, 0)
        guard let start, start != MAP_FAILED else {
            throw MediaError(.decoderUnavailable, "descriptor \(descriptor) cannot be mapped")
        }
        bytes = UnsafeMutableRawBufferPointer(start: start, count: count).bindMemory(to: UInt8.self)
    }
}
