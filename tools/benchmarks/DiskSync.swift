import Glibc

/// How often the disk makes a small write durable: every batch has to wait for that.
struct DiskSync {
    private let folder: TemporaryFolder

    /// Enough to tell a fast disk from a slow one.
    private static let count = 200

    init(_ surroundings: Surroundings) throws { folder = try TemporaryFolder(in: surroundings.scratch) }

    func perSecond() throws -> Double {
        let descriptor = unsafe open(folder.path + "/sync", O_WRONLY | O_CREAT, 0o600)
        guard descriptor >= 0 else { throw BenchmarkError("No file can be made in \(folder.path).") }
        defer { close(descriptor) }
        let block = [UInt8](repeating: 7, count: 4096)
        let start = ContinuousClock.now
        for _ in 0..<Self.count {
            guard unsafe write(descriptor, block, block.count) == block.count, fdatasync(descriptor) == 0 else {
                throw BenchmarkError("A small file cannot be written and synced.")
            }
        }
        return Double(Self.count) / ((ContinuousClock.now - start) / .seconds(1))
    }
}
