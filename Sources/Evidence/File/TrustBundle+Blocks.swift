public import Anchoring
import Bytes

extension TrustBundle {
    /// One a day for thirty years.
    private static let blockLimit = 10_000
    /// A name space and a reference as CAIP-2 has them; `bitcoin` stands for itself.
    private static let chainLimitBytes = 41

    /// - Throws: ``EvidenceError`` with `.invalidField` or `.tooLarge`.
    static func blocks(_ json: JSONValue) throws(EvidenceError) -> Set<AnchorTrust.Block> {
        guard let list = json.arrayValue else {
            throw EvidenceError(.invalidField, "the trust bundle's blocks is not a list")
        }
        guard list.count <= blockLimit else {
            throw EvidenceError(.tooLarge, "a trust bundle has at most \(blockLimit) blocks")
        }
        var blocks: Set<AnchorTrust.Block> = []
        for item in list {
            guard item.objectValue?.count == 3, let chain = item["chain"]?.stringValue,
                case .number(let height)? = item["height"], let hash = item["hash"]?.stringValue
            else {
                throw EvidenceError(.invalidField, "a block in the trust bundle has not exactly chain, height and hash")
            }
            blocks.insert(try block(chain: chain, height: height, hash: hash))
        }
        return blocks
    }

    /// A block as a checker names it: `CHAIN:HEIGHT:HASH`.
    ///
    /// - Throws: ``EvidenceError`` with `.invalidField` and a sentence that says which part is wrong.
    public static func block(parsing text: String) throws(EvidenceError) -> AnchorTrust.Block {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3 else {
            throw EvidenceError(
                .invalidField,
                "a block is CHAIN:HEIGHT:HASH, such as bitcoin:358391:HASH or eip155:1:18000000:HASH"
            )
        }
        return try block(
            chain: parts.dropLast(2).joined(separator: ":"),
            height: parts[parts.count - 2],
            hash: parts[parts.count - 1]
        )
    }

    private static func block(chain: String, height: String, hash: String) throws(EvidenceError) -> AnchorTrust.Block {
        guard isChain(chain) else {
            throw EvidenceError(
                .invalidField,
                "a block's chain is bitcoin, or by CAIP-2 a name space and a reference such as eip155:1"
            )
        }
        guard let number = UInt64(height), number.description == height else {
            throw EvidenceError(.invalidField, "a block's height is a whole number")
        }
        guard Digest256(hex: hash) != nil else {
            throw EvidenceError(.invalidField, "a block's hash is 64 lower-case hex digits, without 0x")
        }
        return AnchorTrust.Block(chain: chain, height: number, hash: hash)
    }

    /// Source: CAIP-2, `[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}`.
    private static func isChain(_ chain: String) -> Bool {
        guard chain != "bitcoin" else { return true }
        let parts = chain.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, chain.utf8.count <= chainLimitBytes, (3...8).contains(parts[0].utf8.count),
            (1...32).contains(parts[1].utf8.count)
        else { return false }
        return parts[0].utf8.allSatisfy { isLetterOrDigit($0) && !(0x41...0x5A).contains($0) || $0 == 0x2D }
            && parts[1].utf8.allSatisfy { isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x5F }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    /// Sorted, so that one set has one text.
    var blocksJSON: JSONValue {
        .array(
            blocks.sorted { ($0.chain, $0.height, $0.hash) < ($1.chain, $1.height, $1.hash) }.map {
                [
                    "chain": .string($0.chain), "hash": .string($0.hash), "height": .number(String($0.height)),
                ]
            }
        )
    }
}
