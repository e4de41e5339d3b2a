import FoundationEssentials

/// What is kept between two questions about a transaction.
struct LedgerState: Codable {
    /// When the transaction went out, by our clock.
    let sentAt: Int64
    /// The block that it was seen in, in hexadecimal; for the operator who looks after a reorganization.
    var block: String?

    init(sentAt: Int64) { self.sentAt = sentAt }

    /// - Returns: `nil` for bytes of another version: then the transaction counts as sent now.
    init?(_ bytes: [UInt8]) {
        guard let state = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else { return nil }
        self = state
    }

    func encoded() throws -> [UInt8] { Array(try JSONEncoder().encode(self)) }
}
