import Bytes

/// What the scheduler keeps before anything is sent: the transaction that goes out, then those that it replaces, since
/// any of them may still come into a block.
struct PreparedCall {
    /// A transaction is replaced a few times before its fee is at the ceiling.
    static let limit = 16

    /// Newest first, none but the first is ever sent again.
    let transactions: [SignedTransaction]
    var newest: SignedTransaction { transactions[0] }

    /// - Throws: ``OutsiderError`` with code `.misconfigured`: only a damaged store gives other bytes back.
    init(_ bytes: [UInt8]) throws {
        do {
            guard let list = try RLP(bytes).list, !list.isEmpty else {
                throw EVMError(.malformedValue, "They hold no transaction.")
            }
            transactions = try list.map { try SignedTransaction($0.bytes ?? []) }
        } catch let error as EVMError {
            throw OutsiderError(.misconfigured, "The prepared bytes of a ledger's job do not read: \(error.message)")
        }
    }

    /// The bytes to keep: `raw` goes out, `replaced` may still come.
    static func bytes(_ raw: [UInt8], replacing replaced: [SignedTransaction] = []) -> [UInt8] {
        RLP.list(([raw] + replaced.map(\.bytes)).prefix(limit).map { .bytes($0) }).encoded()
    }
}
