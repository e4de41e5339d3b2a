import Glibc

/// Zeroed memory of a fixed size, in pages of 2 MB where the system has them: look-ups touch memory all over, and with
/// small pages a third of their time goes into finding where those lie.
final class TableMemory: @unchecked Sendable {
    // Unchecked: written by the one who makes a table of it, read by all afterwards.
    let base: UnsafeMutableRawPointer
    let byteCount: Int

    private static let pageBytes = 2 << 20

    /// - Throws: ``HammingError`` `.outOfMemory`.
    init(byteCount: Int) throws(HammingError) {
        let rounded = max(1, byteCount + Self.pageBytes - 1) / Self.pageBytes * Self.pageBytes
        self.byteCount = max(rounded, Self.pageBytes)
        // Begins at a page's border, so that whole pages fit: what is mapped too much is given back.
        let mapped = mmap(
            nil,
            self.byteCount + Self.pageBytes,
            PROT_READ | PROT_WRITE,
            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
            -1,
            0
        )
        guard let mapped, mapped != MAP_FAILED else {
            throw HammingError(.outOfMemory, "There is no memory for a table of \(byteCount) bytes.")
        }
        let before = (Self.pageBytes - Int(bitPattern: mapped) % Self.pageBytes) % Self.pageBytes
        base = mapped + before
        if before > 0 { munmap(mapped, before) }
        munmap(base + self.byteCount, Self.pageBytes - before)
        // Refused where there are no large pages: small ones work too.
        madvise(base, self.byteCount, MADV_HUGEPAGE)
    }

    deinit { munmap(base, byteCount) }

    func pointer<Element>(at offset: Int, as type: Element.Type) -> UnsafeMutablePointer<Element> {
        (base + offset).assumingMemoryBound(to: type)
    }
}
