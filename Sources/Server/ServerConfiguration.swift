/// Where the server listens and how much of it one client may use.
///
/// There is no TLS here: a reverse proxy in front terminates it, and the server listens on the loopback by default.
public struct ServerConfiguration: Sendable {
    public var host = "127.0.0.1"
    public var port = 8080
    /// Metrics have a port of their own, so that a firewall can keep them inside.
    public var metricsHost = "127.0.0.1"
    public var metricsPort = 9464
    /// Where commands administer a running server; `nil` for nowhere.
    public var controlSocket: ControlSocket?

    /// The largest file in a form; the same as the notary's own limit.
    public var uploadLimitBytes = 256 << 20
    /// A whole JSON document: a claim with eight fields of 4 KiB, doubled by escapes, and 64 parents fit four times
    /// over.
    public var jsonLimitBytes = 256 << 10
    /// An evidence file sent for checking. It is held in memory; 4 MiB of evidence around an original of 20 MiB fit.
    public var evidenceLimitBytes = 24 << 20

    /// Uploads in flight; beyond them a request is told to come back. Each may hold 8 MiB in memory.
    public var uploadsInFlight = 64
    /// Batches of digests in flight. Each may hold 8 MiB in memory, and half as much again in its answer.
    public var batchesInFlight = 8
    /// Checks in flight; each holds an evidence file in memory and runs a child process.
    public var verificationsInFlight = 4
    /// Drawings of matches in flight; each holds two pictures in memory and runs a child process.
    public var drawingsInFlight = 4
    /// Connections open at once; more wait in the listen queue.
    public var connectionLimit = 1024
    /// A connection on which nothing arrives for so long is closed, between requests and within one.
    public var idleTimeoutSeconds = 30
    /// How long a body may take before its average rate counts.
    public var bodyGraceSeconds = 30
    /// The least average rate of a body after that. Slower is an attack or a line that will not finish either.
    public var bodyBytesPerSecond = 4 << 10

    public init() {}
}
