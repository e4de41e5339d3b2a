/// How the digests of a registration came about. The raw value stands in rows and never changes meaning.
public enum DigestProvenance: UInt8, Sendable {
    /// The bytes were seen.
    case computed = 0
    /// The submitter told them.
    case declared = 1
}
