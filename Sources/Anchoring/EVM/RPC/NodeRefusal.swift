/// What a node means by an error, whoever wrote the node: the one place that knows how they differ in words.
///
/// Texts of Geth and GoQuorum, Besu, FISCO BCOS from 3.9 and Conflux eSpace; fixtures: `Vectors/evm-nodes`.
struct NodeRefusal: Error, Sendable {
    enum Meaning: Sendable, Equatable {
        /// It has the very transaction.
        case alreadyKnown
        /// The nonce was used, by this transaction or another.
        case nonceTooLow
        /// An earlier nonce is missing.
        case nonceTooHigh
        /// The fee is below what the node or the block takes, or what replacing needs.
        case underpriced
        case insufficientFunds
        /// The contract refused the call.
        case reverted
        /// It signs for another chain.
        case wrongChain
        case other
    }

    /// As the node wrote it, cut.
    let text: String

    /// Enough to recognize and to show.
    private static let textLimit = 300

    init(message: String, data: String?) {
        // Conflux says in `data` what `message` leaves open.
        text = String((data.map { "\(message): \($0)" } ?? message).prefix(Self.textLimit))
    }

    var meaning: Meaning {
        let text = text.lowercased()
        return Self.words.first { words in words.parts.contains { text.contains($0) } }?.meaning
            ?? .other
    }

    /// In this order: "replacement transaction underpriced" before "known transaction", and so on.
    private static let words: [(meaning: Meaning, parts: [String])] = [
        (
            .underpriced,
            [
                "underpriced", "below configured minimum", "less than block base fee", "below base fee",
                "gas price too low", "fee too low", "to replace it, you need to specify a gas price",
                "less than the minimum", "below the minimum", "gaspricetoolow", "zerogasprice",
                "less than the current base fee",
            ]
        ),
        (
            .alreadyKnown,
            ["already known", "known transaction", "alreadyintxpool", "already exist", "already imported"]
        ),
        (
            .nonceTooLow,
            [
                "nonce too low", "too stale nonce", "noncecheckfail", "nonce check fail", "txalreadyinchain",
                "already in chain",
            ]
        ),
        (.nonceTooHigh, ["nonce too high", "nonce is too distant", "in too distant future", "nonce gap"]),
        (
            .insufficientFunds,
            ["insufficient funds", "upfront cost exceeds", "out of balance", "insufficient balance", "notenoughcash"]
        ),
        (.wrongChain, ["chain id", "chainid", "wrong chain"]),
        (.reverted, ["revert"]),
    ]
}
