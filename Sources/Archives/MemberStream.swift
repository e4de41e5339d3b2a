import Dispatch
import Glibc
import MediaDecoding

/// The files in a folder or an archive, one after another, under limits.
///
/// Folders are walked in the order of their names' bytes; hidden files are left out; links are reported as failed
/// members and never followed. Archives (ZIP) are opened by a decoder child; members come in the archive's order.
///
/// Iterating throws ``ArchiveError`` for what concerns the whole; what concerns one member is in its
/// ``Member/content``.
public struct MemberStream: AsyncSequence, Sendable {
    private let path: String
    private let executable: String?
    private let limits: ArchiveLimits

    /// - Parameters:
    ///   - path: A folder or an archive.
    ///   - executable: The decoder program; `nil` means `cinnabar-decoder` beside the running program.
    public init(_ path: String, executable: String? = nil, limits: ArchiveLimits = ArchiveLimits()) {
        self.path = path
        self.executable = executable
        self.limits = limits
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(MemberWorker(path: path, executable: executable, limits: limits))
    }

    public struct Iterator: AsyncIteratorProtocol {
        private let worker: MemberWorker

        init(_ worker: MemberWorker) { self.worker = worker }

        /// - Returns: `nil` at the end.
        public func next() async throws(ArchiveError) -> Member? { try await worker.next() }

        public func next(isolation actor: isolated (any Actor)?) async throws(ArchiveError) -> Member? {
            try await worker.next()
        }
    }
}
