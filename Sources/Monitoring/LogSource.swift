public import MerkleLog

/// Where a log is read from: a web server, a folder, a notary in this process. Nothing that it gives is trusted.
public protocol LogSource: Sendable {
    /// The newest signed note.
    ///
    /// - Throws: ``LogUnreachable`` when there is no answer.
    func checkpoint() async throws -> [UInt8]

    /// A tile or an entry bundle; `nil` when the log has none such.
    ///
    /// - Throws: ``LogUnreachable`` when there is no answer.
    func resource(_ path: TilePath) async throws -> [UInt8]?
}

/// A log that could not be read. It says nothing about the log: the network may be at fault.
public struct LogUnreachable: Error, CustomStringConvertible {
    /// What was tried and what to do.
    public let message: String

    public init(_ message: String) { self.message = message }

    public var description: String { "LogUnreachable: \(message)" }
}
