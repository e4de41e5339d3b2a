import Bytes
import OpenSSL
import Testing

struct Ed25519Tests {
    /// RFC 8032, section 7.1, test 3.
    private let seed = "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"
    private let publicKey = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
    private let message: [UInt8] = [0xaf, 0x82]
    private let signature =
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"

    @Test func signsAsThePublishedExample() throws {
        let key = try Ed25519PrivateKey(seed: #require(Hex.decode(seed)))
        #expect(Hex.encode(key.publicKey.rawRepresentation) == publicKey)
        #expect(try Hex.encode(key.signature(for: message)) == signature)
        #expect(key.publicKey.isValidSignature(try #require(Hex.decode(signature)), for: message))
    }

    @Test func signsTheEmptyMessage() throws {
        let key = try Ed25519PrivateKey.generate()
        #expect(key.publicKey.isValidSignature(try key.signature(for: []), for: []))
    }

    @Test func refusesEveryAlteredSignatureAndMessage() throws {
        let key = try Ed25519PublicKey(rawRepresentation: #require(Hex.decode(publicKey)))
        let good = try #require(Hex.decode(signature))
        for position in good.indices {
            var bad = good
            bad[position] ^= 1
            #expect(!key.isValidSignature(bad, for: message))
        }
        #expect(!key.isValidSignature(good, for: [0xaf, 0x83]))
        #expect(!key.isValidSignature(good, for: []))
        #expect(!key.isValidSignature([], for: message))
        #expect(!key.isValidSignature(good + [0], for: message))
        #expect(!key.isValidSignature(good.dropLast(), for: message))
        let other = try Ed25519PrivateKey.generate().publicKey
        #expect(!other.isValidSignature(good, for: message))
    }

    @Test(arguments: [0, 31, 33, 64])
    func refusesKeysOfTheWrongLength(count: Int) {
        let bytes = [UInt8](repeating: 1, count: count)
        #expect(throws: OpenSSLError(.malformedKey, "")) { try Ed25519PrivateKey(seed: bytes) }
        #expect(throws: OpenSSLError(.malformedKey, "")) { try Ed25519PublicKey(rawRepresentation: bytes) }
    }
}

extension Ed25519PublicKey {
    fileprivate func isValidSignature(_ signature: ArraySlice<UInt8>, for message: [UInt8]) -> Bool {
        isValidSignature(Array(signature), for: message)
    }
}
