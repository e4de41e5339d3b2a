import Bytes
import OpenSSL
import Testing

struct AESGCMTests {
    private let key = [UInt8](repeating: 7, count: 32)
    private let label = Array("record 1".utf8)

    /// Case 16 of the vectors in McGrew and Viega's "The Galois/Counter Mode of Operation".
    @Test func opensThePublishedExample() throws {
        let key = try #require(Hex.decode("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"))
        let nonce = "cafebabefacedbaddecaf888"
        let ciphertext =
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        let tag = "76fc6ece0f4e1768cddf8853bb2d551b"
        let associated = try #require(Hex.decode("feedfacedeadbeeffeedfacedeadbeefabaddad2"))
        let plaintext =
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
        let sealed = try #require(Hex.decode(nonce + ciphertext + tag))
        #expect(try Hex.encode(AESGCMKey(key).open(sealed, authenticating: associated)) == plaintext)
    }

    @Test(arguments: [0, 1, 15, 16, 17, 1000])
    func opensWhatItSealed(count: Int) throws {
        let plaintext = [UInt8](repeating: 9, count: count)
        let sealed = try AESGCMKey(key).seal(plaintext, authenticating: label)
        #expect(sealed.count == count + AESGCMKey.overheadByteCount)
        #expect(try AESGCMKey(key).open(sealed, authenticating: label) == plaintext)
        #expect(
            try AESGCMKey(key).open(AESGCMKey(key).seal(plaintext, authenticating: []), authenticating: []) == plaintext
        )
    }

    @Test func noTwoSealingsAreTheSame() throws {
        let key = try AESGCMKey(key)
        #expect(try key.seal([1], authenticating: []) != key.seal([1], authenticating: []))
    }

    @Test func refusesEveryChange() throws {
        let sealed = try AESGCMKey(key).seal(Array("a secret".utf8), authenticating: label)
        for position in sealed.indices {
            var bad = sealed
            bad[position] ^= 0x80
            #expect(throws: OpenSSLError(.authenticationFailed, "")) {
                try AESGCMKey(key).open(bad, authenticating: label)
            }
        }
        #expect(throws: OpenSSLError(.authenticationFailed, "")) { try AESGCMKey(key).open(sealed, authenticating: []) }
        #expect(throws: OpenSSLError(.authenticationFailed, "")) {
            try AESGCMKey([UInt8](repeating: 8, count: 32)).open(sealed, authenticating: label)
        }
        for count in 0..<AESGCMKey.overheadByteCount {
            #expect(throws: OpenSSLError(.sealedTooShort, "")) {
                try AESGCMKey(key).open(Array(sealed.prefix(count)), authenticating: label)
            }
        }
    }

    @Test(arguments: [0, 16, 31, 33])
    func refusesKeysOfTheWrongLength(count: Int) {
        #expect(throws: OpenSSLError(.malformedKey, "")) { try AESGCMKey([UInt8](repeating: 1, count: count)) }
    }

    @Test func randomBytesDiffer() throws {
        #expect(try SecureRandom.bytes(16) != SecureRandom.bytes(16))
        #expect(try SecureRandom.bytes(0).isEmpty)
    }
}
