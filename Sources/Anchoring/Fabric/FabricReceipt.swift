import Bytes

/// What is kept of an anchor on a Fabric network, as `<name>.fabric` in evidence files (`fabric-receipt-1`): JSON in
/// UTF-8 with two-space indent, sorted keys, one final newline, and these members alone.
///
/// ```json
/// {
///   "block": "7",
///   "cinnabar": "fabric-receipt-1",
///   "envelope": "CqQJCmYKF…",
///   "validation": "VALID"
/// }
/// ```
///
/// The block's number is a text, since numbers past 2^53 do not survive every JSON reader.
public struct FabricReceipt: Sendable, Equatable {
    /// With its certificates a transaction of ours is 5 to 30 kB.
    public static let byteLimit = 1 << 20
    private static let format = "fabric-receipt-1"

    /// The transaction as it was ordered: common.Envelope, with the creator's signature and the peers' endorsements.
    public let envelope: [UInt8]
    /// The block that holds it, by the gateway's word.
    public let blockNumber: UInt64
    /// Fabric's name for the outcome, by the gateway's word: `VALID`.
    public let validation: String

    /// - Parameter validation: Capital letters, digits and `_`, as Fabric's names are.
    public init(envelope: [UInt8], blockNumber: UInt64, validation: String) {
        self.envelope = envelope
        self.blockNumber = blockNumber
        self.validation = validation
    }

    /// - Throws: ``FabricError`` with code `.malformed`; also for a receipt that is not written exactly as ``bytes``
    ///   writes it: so there is one spelling of it, and nothing in it that nobody reads.
    public init(_ bytes: [UInt8]) throws(FabricError) {
        guard bytes.count <= Self.byteLimit else {
            throw FabricError(.malformed, "A receipt of Hyperledger Fabric is at most \(Self.byteLimit) bytes.")
        }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count == 7, let block = Self.text(of: "block", in: lines[1]), let blockNumber = UInt64(block),
            let envelope = Self.text(of: "envelope", in: lines[3]).flatMap({ Base64.decode($0) }),
            let validation = Self.text(of: "validation", in: lines[4]), Self.isName(validation)
        else { throw FabricError(.malformed, "This is no receipt of format \(Self.format).") }
        self.init(envelope: envelope, blockNumber: blockNumber, validation: validation)
        guard self.bytes == bytes else {
            throw FabricError(.malformed, "This receipt is not written as \(Self.format) is.")
        }
    }

    public var bytes: [UInt8] {
        let members = [
            ("block", String(blockNumber)), ("cinnabar", Self.format), ("envelope", Base64.encode(envelope)),
            ("validation", validation),
        ]
        let lines = members.map { "  \"\($0.0)\": \"\($0.1)\"" }
        return Array("{\n\(lines.joined(separator: ",\n"))\n}\n".utf8)
    }

    /// The text between the quotation marks after a member's name; what follows it is checked by writing it again.
    private static func text(of name: String, in line: ArraySlice<UInt8>) -> String? {
        let start = Array("  \"\(name)\": \"".utf8)
        guard line.starts(with: start) else { return nil }
        return String(decoding: line.dropFirst(start.count).prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }
}
