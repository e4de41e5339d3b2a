public import Bytes

/// The contract that keeps checkpoints of logs: `Anchor.vy` beside this file, whose ABI is `Anchor.abi.json`.
public enum AnchorContract {
    /// What a transaction without recipient carries to make the contract.
    public static var creationCode: [UInt8] { Hex.decode(AnchorBytecode.creation) ?? [] }

    /// The id under which the contract keeps a log. It binds the chain, the contract and the log's first writer.
    public static func logID(chainID: UInt64, contract: EVMAddress, openedBy writer: EVMAddress, origin: String)
        -> Digest256
    {
        let words = [word(chainID), word(contract), word(writer), originHash(of: origin).bytes]
        return Keccak256.digest(of: Array(words.joined()))
    }

    public static func originHash(of origin: String) -> Digest256 { Keccak256.digest(of: Array(origin.utf8)) }

    public static func open(origin: String) -> [UInt8] { call("open(bytes32)", [originHash(of: origin).bytes]) }

    public static func anchor(logID: Digest256, size: UInt64, root: Digest256, noteHash: Digest256) -> [UInt8] {
        call(Anchor.signature, [logID.bytes, word(size), root.bytes, noteHash.bytes])
    }

    public static func proposeWriter(logID: Digest256, next: EVMAddress) -> [UInt8] {
        call("proposeWriter(bytes32,address)", [logID.bytes, word(next)])
    }

    public static func acceptWriter(logID: Digest256) -> [UInt8] { call("acceptWriter(bytes32)", [logID.bytes]) }
    public static func writer(logID: Digest256) -> [UInt8] { call("writers(bytes32)", [logID.bytes]) }
    public static func proposed(logID: Digest256) -> [UInt8] { call("proposed(bytes32)", [logID.bytes]) }
    public static func head(logID: Digest256) -> [UInt8] { call("head(bytes32)", [logID.bytes]) }
    public static func version() -> [UInt8] { call("VERSION()", []) }

    /// An address in the 32 bytes that a contract answers by.
    public static func address(in answer: [UInt8]) -> EVMAddress? {
        guard answer.count == Digest256.byteCount, answer.prefix(12).allSatisfy({ $0 == 0 }) else { return nil }
        return EVMAddress(answer.suffix(EVMAddress.byteCount))
    }

    /// Before the text that a contract reverts with: `Error(string)`.
    static let errorSelector: [UInt8] = [0x08, 0xc3, 0x79, 0xa0]

    static func word(_ number: UInt64) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 24)
        bytes.append(bigEndian: number)
        return bytes
    }

    private static func word(_ address: EVMAddress) -> [UInt8] { [UInt8](repeating: 0, count: 12) + address.bytes }

    private static func call(_ signature: String, _ words: [[UInt8]]) -> [UInt8] {
        selector(signature) + words.joined()
    }

    static func selector(_ signature: String) -> [UInt8] {
        Array(Keccak256.digest(of: Array(signature.utf8)).bytes.prefix(4))
    }

    static func topic(_ signature: String) -> Digest256 { Keccak256.digest(of: Array(signature.utf8)) }
}
