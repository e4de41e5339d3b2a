import Anchoring
import Bytes
import Secp256k1
import Testing

/// Expects an ``EVMError`` with this code.
func expectEVM(
    _ code: EVMError.Code,
    at location: SourceLocation = #_sourceLocation,
    _ body: () throws -> some Any
) {
    let error = #expect(throws: EVMError.self, sourceLocation: location) { _ = try body() }
    #expect(error?.code == code, sourceLocation: location)
}

/// RLP, tries and transactions in every form that must not be taken.
@Suite struct EVMEncodingTests {
    @Test(arguments: [
        "8100", "817f", "b80100", "b90038" + String(repeating: "00", count: 56), "8202", "c1", "c28161",
        "f800", "bf00000000000000ff", "", "8080", "c3c1",
    ])
    func otherSpellingsOfRLPAreRefused(hex: String) throws {
        let bytes = try #require(Hex.decode(hex))
        expectEVM(.malformedRLP) { try RLP(bytes) }
    }

    @Test func deepRLPIsRefused() {
        let deep = (0..<40).reduce(RLP.list([])) { inner, _ in .list([inner]) }
        expectEVM(.tooLarge) { try RLP(deep.encoded()) }
    }

    @Test func numbersHaveOneSpelling() {
        #expect(RLP.number(0) == .bytes([]))
        #expect(RLP.number(1024) == .bytes([4, 0]))
        #expect(RLP.bytes([0, 1]).number == nil)
        #expect(RLP.bytes([255, 255, 255, 255, 255, 255, 255, 255]).number == .max)
        #expect(RLP.bytes([1, 0, 0, 0, 0, 0, 0, 0, 0]).number == nil)
    }

    /// The root of no transactions is Ethereum's well-known one; every place of blocks of many sizes is proven.
    @Test func triesProveEveryPlace() throws {
        #expect(
            try IndexTrie([]).root.hex == "56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"
        )
        for count in [1, 2, 3, 17, 128, 129, 300] {
            let values = (0..<count).map { [UInt8](repeating: UInt8($0 % 251), count: 1 + $0 * 7 % 90) }
            let trie = try IndexTrie(values)
            for index in Set([0, 1, 16, 127, 128, count / 2, count - 1]) where index < count {
                let proof = TrieProof(nodes: trie.proof(for: index))
                #expect(try proof.value(at: UInt64(index), root: trie.root) == values[index])
                let other = index == 0 ? 1 : 0
                expectProofFails { try proof.value(at: UInt64(other), root: trie.root) == values[index] }
            }
            let proof = trie.proof(for: count - 1)
            expectEVM(.invalidProof) {
                try TrieProof(nodes: proof + [[0x80]]).value(at: UInt64(count - 1), root: trie.root)
            }
            expectEVM(.invalidProof) {
                try TrieProof(nodes: Array(proof.dropLast())).value(at: UInt64(count - 1), root: trie.root)
            }
        }
    }

    /// Another place gives an error, or at least not the value.
    private func expectProofFails(_ body: () throws -> Bool) {
        #expect((try? body()) != true)
    }

    @Test func addressesAsEIP55SpellsThem() throws {
        let text = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
        #expect(EVMAddress(text)?.description == text)
        #expect(EVMAddress(text.lowercased()) == EVMAddress(text))
        #expect(EVMAddress("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeA") == nil)
        #expect(EVMAddress(String(text.dropFirst(2))) == nil)
        // The account of the key 1 and its first contract, known from every development chain.
        let key = try Secp256k1PrivateKey(bytes: [UInt8](repeating: 0, count: 31) + [1])
        let address = EVMAddress(key.publicKey)
        #expect(address.description == "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf")
        #expect(EVMAddress(createdBy: address, nonce: 0).description == "0xF2E246BB76DF876Cef8b38ae84130F4F55De395b")
    }

    @Test func keysOutOfRangeAreRefused() {
        for bytes in [[UInt8](repeating: 0, count: 32), [UInt8](repeating: 255, count: 32), [1]] {
            let error = #expect(throws: Secp256k1Error.self) { try Secp256k1PrivateKey(bytes: bytes) }
            #expect(error?.code == .malformedKey)
        }
    }
}
