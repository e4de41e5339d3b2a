import OpenSSL

/// What to renew.
public struct RenewalOrder: Sendable, Equatable {
    /// Long enough to notice that renewing fails, and to do something about it.
    public static let standardDays = 90
    /// Ten years.
    public static let daysLimit = 3660

    /// Timestamps whose certificate ends within so many days.
    public var days = standardDays
    /// Digest the checkpoints and all timestamps so far anew by SHA-512, whatever their certificates.
    public var isOfHashTree = false
    /// The authority that stamps; `nil` for the first of the configured ones that answers.
    public var authority: String?
    /// Only tell what would be renewed.
    public var isDryRun = false

    public init(days: Int = standardDays) { self.days = days }
}
