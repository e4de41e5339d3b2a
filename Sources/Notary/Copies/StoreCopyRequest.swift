/// Where a store copy goes and how.
public struct StoreCopyRequest: Sendable {
    /// The folder of all generations; made when it is not there.
    public var folder: String
    /// The folder of the records' keys. Default: `keys` in ``folder``.
    public var keysFolder: String?
    /// How many generations stay, this one among them; `nil` keeps all.
    public var keptGenerations: Int?
    /// How fast files are copied at most; `nil` as fast as the disks are.
    public var bytesPerSecond: Int?

    public init(folder: String) { self.folder = folder }
}
