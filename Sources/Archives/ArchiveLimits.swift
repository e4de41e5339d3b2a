/// What reading one folder or archive may cost.
public struct ArchiveLimits: Sendable, Equatable {
    /// The most members. A large shop's catalogue has some hundred thousand photos.
    public var members: Int
    /// The largest member: as large as a picture may be.
    public var memberBytes: Int
    /// The most bytes of all members together, expanded: a million photos of a megabyte.
    public var totalBytes: Int
    /// The most expanded bytes for each byte of the archive. Photos do not shrink in a ZIP, and contracts ten-fold;
    /// deflate at its best, on nothing but zeros, 1032-fold.
    public var compressionRatio: Int
    /// Expanded bytes that are allowed beyond the ratio, so that a small file of blank pages is no attack.
    public var compressionSlackBytes: Int
    /// The longest wait for the next member.
    public var seconds: Int

    public init(
        members: Int = 1_000_000,
        memberBytes: Int = 64 << 20,
        totalBytes: Int = 1 << 40,
        compressionRatio: Int = 100,
        compressionSlackBytes: Int = 64 << 20,
        seconds: Int = 60
    ) {
        self.members = members
        self.memberBytes = memberBytes
        self.totalBytes = totalBytes
        self.compressionRatio = compressionRatio
        self.compressionSlackBytes = compressionSlackBytes
        self.seconds = seconds
    }
}
