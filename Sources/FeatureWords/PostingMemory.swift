import Glibc

/// Zeroed memory of a fixed size, in large pages where the system has them: look-ups jump all over it.
final class PostingMemory: @unchecked Sendable {
    // Unchecked: written by the one who makes a table of it, read by all afterwards.
    let base: UnsafeMutableRawPointer
    let byteCount: Int

    /// - Throws: ``PostingError`` `.outOfMemory`.
    init(byteCount: Int) throws(PostingError) {
        self.byteCount = byteCount
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        guard let mapped = mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, -1, 0), mapped != MAP_FAILED else {
            throw PostingError(.outOfMemory, "There is no memory for a table of \(byteCount) bytes.")
        }
        base = mapped
        // Refused where there are no large pages: small ones work too.
        madvise(base, byteCount, MADV_HUGEPAGE)
    }

    deinit { munmap(base, byteCount) }

    func pointer<Element>(at offset: Int, as type: Element.Type) -> UnsafeMutablePointer<Element> {
        (base + offset).assumingMemoryBound(to: type)
    }
}
