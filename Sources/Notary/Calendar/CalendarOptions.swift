import Anchoring

/// Our own OpenTimestamps calendar, for strangers: off unless the operator opens it.
public struct CalendarOptions: Sendable, Equatable {
    /// What stands in promises as the address to ask for the proof: this server, as clients reach it.
    public var url: String
    /// The calendars that carry our rounds on.
    public var upstreamURLs: [String]
    /// Digests taken in a second; beyond, clients are told to come back. Each costs about 150 bytes for ever.
    public var digestsPerSecond: Int
    /// Between two rounds, and between two askings of calendars.
    public var roundSeconds: Int

    public init(url: String, upstreamURLs: [String], digestsPerSecond: Int = 100, roundSeconds: Int = 600) {
        self.url = url
        self.upstreamURLs = upstreamURLs
        self.digestsPerSecond = digestsPerSecond
        self.roundSeconds = roundSeconds
    }
}
