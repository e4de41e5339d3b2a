import Bytes
import Foundation
import OpenSSL
import Testing

struct DigestTests {
    private struct SM3Case: Decodable {
        var hex: String?
        var repeated: String?
        var count: Int?
        var sm3: String

        enum CodingKeys: String, CodingKey {
            case hex = "msg_hex"
            case repeated = "repeat"
            case count, sm3
        }
    }

    @Test func sm3GivesThePublishedValues() throws {
        let url = try #require(Bundle.module.url(forResource: "Vectors/sm/sm3", withExtension: "json"))
        let cases = try JSONDecoder().decode([SM3Case].self, from: Data(contentsOf: url))
        #expect(cases.count > 5)
        for vector in cases {
            let message: [UInt8]
            if let hex = vector.hex {
                message = try #require(Hex.decode(hex))
            } else {
                message = Array(
                    String(repeating: try #require(vector.repeated), count: try #require(vector.count)).utf8
                )
            }
            #expect(SM3.digest(of: message).hex == vector.sm3)
        }
    }

    /// FIPS 180-4's example "abc".
    @Test(arguments: [
        (DigestAlgorithm.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            .sha384,
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
        ),
        (
            .sha512,
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
        (.sm3, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    ])
    func digestOfABC(algorithm: DigestAlgorithm, hex: String) {
        let digest = algorithm.digest(of: Array("abc".utf8))
        #expect(Hex.encode(digest) == hex)
        #expect(digest.count == algorithm.byteCount)
    }

    @Test(arguments: DigestAlgorithm.allCases)
    func streamInPiecesGivesTheSameDigest(algorithm: DigestAlgorithm) {
        let message = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        for size in [1, 63, 64, 65, 999] {
            var stream = DigestStream(algorithm)
            stream.update([UInt8]())
            for start in stride(from: 0, to: message.count, by: size) {
                stream.update(message[start..<min(start + size, message.count)])
            }
            #expect(stream.finalize() == algorithm.digest(of: message))
        }
    }

    @Test func fastPathsAgreeWithTheGeneralOne() throws {
        for count in [0, 1, 54, 55, 56, 63, 64, 65, 171, 4096] {
            let message = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 31 + 5) }
            #expect(SHA256.digest(of: message).bytes == DigestAlgorithm.sha256.digest(of: message))
            #expect(SHA256.digest(prefix: 0, message).bytes == DigestAlgorithm.sha256.digest(of: [0] + message))
        }
        var (left, right) = (SHA256.digest(of: [1]), SHA256.digest(of: [2]))
        for _ in 0..<100 {
            let node = SHA256.digest(prefix: 1, left, right)
            #expect(node.bytes == DigestAlgorithm.sha256.digest(of: [1] + left.bytes + right.bytes))
            (left, right) = (right, node)
        }
    }
}
