/// What reading one document may cost.
public struct DocumentLimits: Sendable, Equatable {
    /// The most bytes of XML that a part of a word processor's file expands to. A contract of a thousand pages has about
    /// ten million.
    package static let partBytes = 64 << 20
    /// The most text in UTF-8 that is read: some thousand pages. What comes after is left out, and said so.
    public static let textBytes = 8 << 20
    /// The most pages of a PDF that are read.
    public static let pages = 5000
    /// Pages of a PDF without text that are drawn: enough to know a scanned contract by.
    public static let pagePictures = 8
    /// Pixels on the shorter side of a drawn page: what PDQ is made from elsewhere.
    package static let pageSide = 512
    /// The most pixels of a drawn page: one as long as eight are wide.
    package static let pagePixels = pageSide * pageSide * 8
    /// Fewer characters than this, spaces aside, are a scanner's stamp and no text.
    package static let leastCharacters = 16

    /// The largest file.
    public var inputBytes: Int
    /// The longest time from starting the child to its answer. A PDF of a thousand pages takes some seconds.
    public var seconds: Int
    /// The most private memory of the child. Poppler takes about ten times the file.
    public var memoryBytes: Int
    /// Documents that are read at the same time, each by a child of its own.
    public var children: Int
    /// Documents that wait for a child; more are turned away.
    public var waiting: Int

    public init(
        inputBytes: Int = 64 << 20,
        seconds: Int = 30,
        memoryBytes: Int = 1 << 30,
        children: Int = 2,
        waiting: Int = 64
    ) {
        self.inputBytes = inputBytes
        self.seconds = seconds
        self.memoryBytes = memoryBytes
        self.children = children
        self.waiting = waiting
    }
}
