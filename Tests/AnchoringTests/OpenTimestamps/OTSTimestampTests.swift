import Anchoring
import Bytes
import Testing

struct OTSTimestampTests {
    private let message = [UInt8](repeating: 7, count: 32)

    private func read(_ hex: String) throws(OTSError) -> OTSTimestamp {
        try OTSTimestamp(message: message, bytes: Hex.decode(hex) ?? [])
    }

    private static let pendingTag = "83dfe30d2ef90c8e"
    private static let bitcoinTag = "0588960d73d71901"

    @Test func operationsComputeWhatTheStockLibraryComputes() throws {
        let message: [UInt8] = Array("abc".utf8)
        let results: [(OTSOperation, String)] = [
            (.append([1]), "61626301"), (.prepend([1]), "01616263"), (.reverse, "636261"), (.hexlify, "363136323633"),
            (.sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (.ripemd160, "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc"),
            (.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (.keccak256, "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
        ]
        for (operation, hex) in results {
            #expect(try Hex.encode(operation.result(of: message)) == hex, "\(operation)")
        }
        expectOTS(.empty) { try OTSOperation.hexlify.result(of: []) }
        expectOTS(.empty) { try OTSOperation.reverse.result(of: []) }
        expectOTS(.messageTooLong) { try OTSOperation.hexlify.result(of: [UInt8](repeating: 0, count: 2049)) }
        expectOTS(.messageTooLong) { try OTSOperation.append([1]).result(of: [UInt8](repeating: 0, count: 4096)) }
    }

    @Test func bytesOutsideTheFormatAreRefused() {
        expectOTS(.truncated) { try read("") }
        expectOTS(.truncated) { try read("ff08") }
        expectOTS(.trailingBytes) { try read("00\(Self.bitcoinTag)010100") }
        expectOTS(.unknownOperation) { try read("f4") }
        expectOTS(.unknownOperation) { try read("ffff") }
        expectOTS(.invalidArgument) { try read("f000") }
        expectOTS(.invalidArgument) { try read("f08120") }
        expectOTS(.malformedNumber) { try read("00\(Self.bitcoinTag)028100") }
        expectOTS(.malformedNumber) { try read("00\(Self.bitcoinTag)0affffffffffffffffff7f") }
        expectOTS(.trailingBytes) { try read("00\(Self.bitcoinTag)020101") }
        expectOTS(.malformedAttestation) { try read("00\(Self.pendingTag)0403613f62") }
        expectOTS(.malformedAttestation) { try read("000000000000000000ff7f") }
        expectOTS(.tooLarge) { try OTSTimestamp(message: message, bytes: [UInt8](repeating: 8, count: 65537)) }
        expectOTS(.tooDeep) { try OTSTimestamp(message: message, bytes: [UInt8](repeating: 8, count: 256)) }
        expectOTS(.messageTooLong) { try OTSTimestamp(message: [UInt8](repeating: 0, count: 4097)) }
    }

    /// Branches side by side, each with a distinct prefix and an attestation.
    @Test func moreStepsThanTheLimitAreRefused() {
        var bytes: [UInt8] = []
        for number in 0..<4096 {
            bytes +=
                [0xFF, 0xF0, 2, UInt8(number >> 8), UInt8(number & 255), 0x00] + [UInt8](repeating: 9, count: 8) + [0]
        }
        expectOTS(.tooLarge) { try OTSTimestamp(message: message, bytes: bytes) }
    }

    /// However they stood before, parts are written in the stock library's order, and what stands twice once.
    @Test func partsAreWrittenInOrder() throws {
        let unknown = "00" + "0102030405060708" + "0178"
        let bitcoin = "00" + Self.bitcoinTag + "0105"
        let pending = "00" + Self.pendingTag + "0403" + "612f62"
        let later = "00" + Self.bitcoinTag + "0106"
        let mixed = try read(
            "ff\(pending)fff10101\(bitcoin)ff08\(bitcoin)ff\(later)ff\(unknown)ff08\(unknown)\(bitcoin)"
        )
        let ordered =
            "ff\(unknown)ff\(bitcoin)ff\(later)ff\(pending)" + "ff08ff\(unknown)\(bitcoin)" + "f10101\(bitcoin)"
        #expect(try Hex.encode(mixed.bytes()) == ordered)
        #expect(try read(ordered) == mixed)
    }

    @Test func mergingIsTheUnion() throws {
        var first = try OTSTimestamp(message: message)
        first.add(.pending("https://a.example"))
        var second = try OTSTimestamp(message: message)
        second.add(.bitcoin(height: 9))
        var end = try OTSTimestamp(message: OTSOperation.sha256.result(of: message))
        end.add(.bitcoin(height: 10))
        try second.add(.sha256, to: end)
        var (forward, backward) = (first, second)
        try forward.merge(second)
        try backward.merge(first)
        #expect(forward == backward)
        #expect(forward.allAttestations.count == 3)
        #expect(forward.isComplete)
        try forward.merge(backward)
        #expect(forward == backward)
        expectOTS(.differentMessages) { try forward.merge(end) }
        expectOTS(.differentMessages) { try forward.add(.sha1, to: end) }
        var more = try OTSTimestamp(message: end.message)
        more.add(.litecoin(height: 1))
        #expect(try forward.mergeAnywhere(more))
        #expect(forward.allAttestations.count == 4)
        #expect(try !forward.mergeAnywhere(OTSTimestamp(message: [1])))
        expectOTS(.empty) { try OTSTimestamp(message: [1]).bytes() }
    }
}
