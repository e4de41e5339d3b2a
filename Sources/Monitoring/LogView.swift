/// Another place that shows a checkpoint of the log: a witness, a mirror, a copy that someone kept.
public struct LogView: Sendable {
    /// As the user wrote it: an address or a path. What was seen there is remembered under it.
    public let name: String
    let read: @Sendable () async throws -> [UInt8]

    /// - Parameter read: Gives the note; throws ``LogUnreachable`` when there is no answer.
    public init(name: String, read: @escaping @Sendable () async throws -> [UInt8]) {
        self.name = name
        self.read = read
    }
}
