/// The last signed checkpoint in a file outside the store: what tells a store that was set back from one that was not.
public struct GuardFile: Sendable {
    public let path: String

    /// A signed checkpoint is a few hundred bytes; what is larger is not one.
    private static let limitBytes = 64 << 10

    private let steps: FileStep.Runner

    public init(path: String) { self.init(path: path, steps: FileStep.plainly) }

    package init(path: String, steps: @escaping FileStep.Runner) {
        self.path = path
        self.steps = steps
    }

    /// The checkpoint written last, or `nil` when there is no file.
    ///
    /// - Throws: ``StoreError`` with code `.io`, or `.corrupted` when the file is too large.
    public func read() throws(StoreError) -> [UInt8]? {
        try DurableFile.read(path, limitBytes: Self.limitBytes)?.bytes
    }

    /// Replaces the file. When it throws, the file is the old one or the new one, never a mixture.
    ///
    /// - Throws: ``StoreError`` with code `.full` or `.io`.
    public func write(_ bytes: [UInt8]) throws(StoreError) {
        try DurableFile.replace(path, bytes, permissions: 0o644, steps: steps)
    }
}
