import Anchoring
import Foundation
import OpenSSL
import Testing

struct TimestampVectorTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let response: String
        let data: String
        let root: String
        let untrusted: String?
        let ok: Bool?
        let why: String

        var testDescription: String { "\(response): \(why)" }
    }

    /// Which check catches each case that must fail.
    private static let expectedFailures: [String: TimestampError.Code] = [
        "good-sha256.tsr data-altered.bin root.pem": .imprintMismatch,
        "good-sha256.tsr data.bin other-root.pem": .untrustedChain,
        "bad-eku-noncritical.tsr data.bin root.pem": .certificateNotForTimestamping,
        "bad-no-eku.tsr data.bin root.pem": .certificateNotForTimestamping,
        "bad-eku-extra.tsr data.bin root.pem": .certificateNotForTimestamping,
        "bad-gentime.tsr data.bin root.pem": .signatureInvalid,
        "bad-signature.tsr data.bin root.pem": .signatureInvalid,
        "bad-imprint.tsr data.bin root.pem": .imprintMismatch,
        // The altered byte is the length of the serial number.
        "bad-serial.tsr data.bin root.pem": .malformed,
        "bad-truncated.tsr data.bin root.pem": .malformed,
        "bad-rejection.tsr data.bin root.pem": .notGranted,
    ]

    @Test(arguments: try Vectors.cases("rfc3161/cases.json") as [Case])
    func ownCase(_ vector: Case) throws {
        let name = "\(vector.response) \(vector.data) \(vector.root)"
        let untrusted = try vector.untrusted.map { try Vectors.certificates("rfc3161/\($0)") } ?? []
        func verify() throws -> VerifiedTimestamp {
            try UnverifiedTimestamp(response: Vectors.bytes("rfc3161/\(vector.response)")).verified(
                data: Vectors.bytes("rfc3161/\(vector.data)"),
                trust: .roots(Vectors.certificates("rfc3161/\(vector.root)")),
                untrusted: untrusted
            )
        }
        switch vector.ok {
        // Where verifiers differ (a SET of certificates out of order) we accept, like OpenSSL.
        case true, nil: #expect(try verify().root != nil)
        default:
            let error = #expect(throws: TimestampError.self) { try verify() }
            #expect(error?.code == Self.expectedFailures[name])
        }
    }

    struct OutsideCase: Decodable, Sendable, CustomTestStringConvertible {
        let response: String
        let data: String
        let chain: String
        let ok: Bool
        let why: String

        var testDescription: String { "\(response): \(why)" }
    }

    private static let folder = "rfc3161/third-party"

    @Test(.enabled(if: Vectors.hasOutside(folder), "third-party vectors are not here: set CINNABAR_VECTORS"))
    func outsideCases() throws {
        let cases = try JSONDecoder().decode(
            [OutsideCase].self,
            from: Data(Vectors.outsideBytes("\(Self.folder)/cases.json"))
        )
        #expect(!cases.isEmpty)
        for vector in cases {
            let chain = try SigningCertificate.list(
                pem: String(decoding: Vectors.outsideBytes("\(Self.folder)/\(vector.chain)"), as: UTF8.self)
            )
            let timestamp = try UnverifiedTimestamp(response: Vectors.outsideBytes("\(Self.folder)/\(vector.response)"))
            func verify(_ data: [UInt8]) throws -> VerifiedTimestamp {
                try timestamp.verified(
                    data: data,
                    trust: .roots(chain.filter { $0.isIssuer(of: $0) }),
                    untrusted: chain.filter { !$0.isIssuer(of: $0) }
                )
            }
            let data = try Vectors.outsideBytes("\(Self.folder)/\(vector.data)")
            if vector.ok {
                #expect(throws: Never.self, "\(vector.testDescription)") { try verify(data) }
            } else {
                #expect(throws: TimestampError.self, "\(vector.testDescription)") { try verify(data) }
            }
            #expect(throws: TimestampError.self, "\(vector.testDescription)") { try verify(data + [0]) }
        }
    }
}
