public import Anchoring

/// A checkpoint at an address of its own, such as a witness or a mirror shows.
public struct HTTPNote: Sendable {
    private let url: String
    private let reader: HTTPReader

    /// - Parameter pause: Waits between two tries.
    public init(
        url: String,
        exchange: @escaping HTTPExchange,
        pause: @escaping @Sendable (_ seconds: Int) async throws -> Void = { try await Task.sleep(for: .seconds($0)) }
    ) {
        self.url = url
        reader = HTTPReader(exchange: exchange, pause: pause)
    }

    /// - Throws: ``LogUnreachable``, also when there is none; ``LogAlarm`` with kind `.tooLarge`.
    public func read() async throws -> [UInt8] {
        guard let note = try await reader.get(url, limitBytes: HTTPLog.checkpointLimitBytes) else {
            throw LogUnreachable("There is no checkpoint at \(url). Check the address.")
        }
        return note
    }
}
