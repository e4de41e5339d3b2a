/// Where members come from. Used on one thread.
protocol MemberSource: AnyObject {
    /// The size of the archive as it lies there; `nil` when nothing is compressed.
    var archiveBytes: Int? { get }
    /// - Returns: `nil` at the end.
    func next() throws(ArchiveError) -> Member?
}
