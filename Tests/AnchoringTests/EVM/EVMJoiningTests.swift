import Anchoring
import Bytes
import Testing

/// Which of two receipts of one name is kept: no forgery ever takes a genuine one's place.
@Suite struct EVMJoiningTests {
    private static let value = [UInt8](repeating: 7, count: 40)
    private static let told = [UInt8](repeating: 9, count: 40)

    private let header: [UInt8]
    private let transactionProof: [[UInt8]]
    private let receiptProof: [[UInt8]]

    init() throws {
        let (transactions, receipts) = (try IndexTrie([Self.value]), try IndexTrie([Self.told]))
        var fields = [RLP](repeating: .bytes([]), count: 15)
        fields[4] = .bytes(transactions.root.bytes)
        fields[5] = .bytes(receipts.root.bytes)
        fields[8] = .number(12)
        fields[11] = .number(1_700_000_000)
        header = RLP.list(fields).encoded()
        transactionProof = transactions.proof(for: 0)
        receiptProof = receipts.proof(for: 0)
    }

    private func hex(_ bytes: [UInt8]) -> String { "\"0x\(Hex.encode(bytes))\"" }

    private func proven(_ bytes: [UInt8], _ proof: [[UInt8]]) -> String {
        "{\"bytes\": \(hex(bytes)), \"proof\": [\(proof.map { hex($0) }.joined(separator: ","))]}"
    }

    /// - Parameter proofs: Of the transaction and of the receipt; the genuine ones if `nil`.
    private func receipt(
        header: [UInt8]?,
        proofs: ([[UInt8]], [[UInt8]])? = nil,
        confirmations: Int = 3,
        openedBy: String = "0x01"
    ) -> [UInt8] {
        let (first, second) = proofs ?? (transactionProof, receiptProof)
        let shown = header.map { "\"header\": \(hex($0))," } ?? ""
        let text = """
            {"cinnabar": "evm-receipt-1", "chainId": 5, "contract": "0x02", "logId": "0x03", "operator": "other",
            "openedBy": "\(openedBy)", "transactionIndex": 0,
            "finality": {"confirmations": \(confirmations), "rule": "instant"},
            "block": {"hash": \(hex(Keccak256.digest(of: self.header).bytes)), \(shown)
            "number": 12, "seconds": 1700000000},
            "transaction": \(proven(Self.value, first)), "receipt": \(proven(Self.told, second))}
            """
        return Array(text.utf8)
    }

    private func joined(_ first: [UInt8], _ second: [UInt8]) -> [UInt8]? {
        let both = EVMAnchor.joined(first, second)
        #expect(EVMAnchor.joined(second, first) == both)
        return both
    }

    @Test func theStrongerOfTwoThatAgreeIsKept() {
        let genuine = receipt(header: header)
        let later = receipt(header: header, confirmations: 4)
        let word = receipt(header: nil, proofs: ([], []), confirmations: 900)
        #expect(joined(genuine, genuine) == genuine)
        #expect(joined(genuine, later) == later)
        #expect(joined(genuine, word) == genuine)
    }

    @Test func forgeriesReplaceNothing() {
        let genuine = receipt(header: header)
        let word = receipt(header: nil, proofs: ([], []))
        let forgeries = [
            receipt(header: [0], proofs: ([], []), confirmations: 1_000_000),
            receipt(header: header, proofs: ([], []), confirmations: 1_000_000),
            receipt(header: header, proofs: (receiptProof, transactionProof), confirmations: 1_000_000),
            receipt(header: header, confirmations: 1_000_000, openedBy: "0x04"),
        ]
        for forgery in forgeries {
            #expect(joined(genuine, forgery) == nil)
            #expect(joined(word, forgery) == nil)
        }
    }
}
