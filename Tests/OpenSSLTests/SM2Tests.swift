import Foundation
import OpenSSL
import Testing

struct SM2Tests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let message: String
        let signature: String
        let key: String
        let distid: String
        let ok: Bool
        let why: String

        var testDescription: String { "\(signature) over \(message): \(why)" }
    }

    private static func bytes(_ name: String) throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: "Vectors/sm/\(name)", withExtension: nil))
        return try Array(Data(contentsOf: url))
    }

    @Test func signaturesHoldOrDoNotAsTheVectorsSay() throws {
        let cases = try JSONDecoder().decode([Case].self, from: Data(Self.bytes("sm2.json")))
        #expect(cases.count == 9)
        for vector in cases {
            let key = try SM2PublicKey(pem: String(decoding: Self.bytes(vector.key), as: UTF8.self))
            let isValid = try key.isValidSignature(
                Self.bytes(vector.signature),
                for: Self.bytes(vector.message),
                identifier: vector.distid
            )
            #expect(isValid == vector.ok, "\(vector)")
        }
    }

    @Test func otherKeysAreRefused() throws {
        for text in [
            "", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", try P256PrivateKey.generate().pem,
        ] {
            let error = #expect(throws: OpenSSLError.self) { try SM2PublicKey(pem: text) }
            #expect(error?.code == .malformedKey)
        }
    }
}
