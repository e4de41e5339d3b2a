import Anchoring
import Bytes
import OpenSSL
import Testing

struct TimestampTests {
    private func verified(
        _ response: String,
        request: TimestampRequest? = nil,
        trust: TimestampTrust? = nil,
        atSeconds: Int64? = nil
    ) throws -> VerifiedTimestamp {
        try UnverifiedTimestamp(response: Vectors.bytes("rfc3161/\(response)")).verified(
            data: Vectors.bytes("rfc3161/data.bin"),
            request: request,
            trust: trust ?? .roots(Vectors.certificates("rfc3161/root.pem")),
            atSeconds: atSeconds
        )
    }

    @Test func fieldsAreThoseThatOpenSSLShows() throws {
        let timestamp = try verified("good-sha256.tsr")
        let token = timestamp.token
        #expect(timestamp.response.status == .granted)
        #expect(token.serialHex == "01")
        #expect(token.genTimeText == "2026-11-21T03:54:40Z")
        #expect(token.genTimeSeconds == 1_795_233_280)
        #expect(token.policy == "1.3.6.1.4.1.99999.1")
        #expect(token.imprintAlgorithm == .sha256)
        #expect(token.imprint == DigestAlgorithm.sha256.digest(of: try Vectors.bytes("rfc3161/data.bin")))
        #expect(token.nonce.map { Hex.encode($0) } == "7f7d9ce72aa794fc")
        #expect(token.accuracySeconds == 1)
        #expect(token.isOrdered)
        #expect(token.certificates == [timestamp.authority])
        #expect(timestamp.authority.subject == "CN=tsa,O=cinnabar-shared")
        #expect(timestamp.authority == (try Vectors.certificates("rfc3161/tsa.pem")).first)
        #expect(timestamp.root == (try Vectors.certificates("rfc3161/root.pem")).first)
    }

    @Test func absentFieldsAreNil() throws {
        let token = try verified("good-no-nonce.tsr").token
        #expect(token.nonce == nil)
        #expect(!token.isOrdered)
        #expect(token.accuracySeconds.map { $0 < 1 } == true)
        #expect(try verified("good-sm3.tsr").token.imprintAlgorithm == .sm3)
    }

    @Test(arguments: ["good-sha256", "good-sha384", "good-sha512", "good-sm3", "good-rsa", "good-p384", "good-ess-v1"])
    func responseAnswersItsRequestOnly(name: String) throws {
        let bytes = try Vectors.bytes("rfc3161/\(name).tsq")
        let request = try TimestampRequest(der: bytes)
        #expect(try request.der() == bytes)
        #expect(try verified("\(name).tsr", request: request).token.nonce == request.nonce)
        let others = [
            TimestampRequest(imprint: request.imprint, nonce: nil),
            TimestampRequest(imprint: request.imprint, nonce: [1, 2, 3]),
        ]
        for other in others {
            expect(.nonceMismatch) { try verified("\(name).tsr", request: other) }
        }
        let otherPolicy = TimestampRequest(imprint: request.imprint, nonce: request.nonce, policy: "1.2.3.4")
        expect(.policyMismatch) { try verified("\(name).tsr", request: otherPolicy) }
    }

    @Test func imprintsByOtherAlgorithmsDoNotMatch() throws {
        let data = try Vectors.bytes("rfc3161/data.bin")
        let timestamp = try UnverifiedTimestamp(response: Vectors.bytes("rfc3161/good-sha256.tsr"))
        expect(.imprintMismatch) {
            try timestamp.verified(imprint: TimestampImprint(of: data, algorithm: .sm3), trust: .anySigner)
        }
        #expect(TimestampImprint(algorithm: .sha512, digest: [UInt8](repeating: 0, count: 32)) == nil)
    }

    @Test func anySignerChecksTheSignatureAndNamesNoRoot() throws {
        #expect(try verified("good-sha256.tsr", trust: .anySigner).root == nil)
        expect(.signatureInvalid) { try verified("bad-signature.tsr", trust: .anySigner) }
        expect(.certificateNotForTimestamping) { try verified("bad-no-eku.tsr", trust: .anySigner) }
        expect(.signerCertificateMissing) { try verified("good-no-cert.tsr", trust: .anySigner) }
        expect(.untrustedChain) { try verified("good-sha256.tsr", trust: .roots([])) }
    }

    @Test func chainIsJudgedAsOfTheTimeAskedAbout() throws {
        let authority = try verified("good-sha256.tsr").authority
        expect(.certificateOutsideValidity) {
            try verified("good-sha256.tsr", atSeconds: authority.notAfter + 1_000_000_000)
        }
        expect(.certificateOutsideValidity) {
            try verified("good-sha256.tsr", atSeconds: authority.notBefore - 1_000_000_000)
        }
        #expect(throws: Never.self) { try verified("good-sha256.tsr", atSeconds: authority.notBefore + 1) }
    }

    @Test func looseEncodingsAreRefused() throws {
        let good = try Vectors.bytes("rfc3161/good-sha256.tsr")
        expect(.trailingBytes) { try UnverifiedTimestamp(response: good + [0]) }
        expect(.malformed) { try UnverifiedTimestamp(response: []) }
        expect(.malformed) { try UnverifiedTimestamp(response: [0x30]) }
        expect(.malformed) { try UnverifiedTimestamp(response: [0x30, 0x80, 0, 0]) }
        expect(.malformed) { try UnverifiedTimestamp(response: [0x30, 0]) }
        // The outer length in three bytes where two are enough.
        let longer = [good[0], 0x83, 0] + good[2...]
        expect(.malformed) { try UnverifiedTimestamp(response: longer) }
        let nested = (0..<100).reduce([UInt8]()) { inner, _ in [0x30, UInt8(min(inner.count, 100))] + inner }
        expect(.malformed) { try UnverifiedTimestamp(response: Array(nested.prefix(102))) }
        let large = [UInt8](repeating: 0, count: UnverifiedTimestamp.byteLimit + 1)
        expect(.tooLarge) { try UnverifiedTimestamp(response: large) }
    }

    /// Every byte of a response altered in two ways, and every length: none is accepted as something else than it was.
    @Test(arguments: ["good-sha256.tsr", "certs-unsorted.tsr", "bad-rejection.tsr"])
    func noAlteredByteIsTrustedOrTraps(name: String) throws {
        let good = try Vectors.bytes("rfc3161/\(name)")
        let data = try Vectors.bytes("rfc3161/data.bin")
        let trust = try TimestampTrust.roots(Vectors.certificates("rfc3161/root.pem"))
        let original = try UnverifiedTimestamp(response: good).response.token
        func check(_ bytes: [UInt8]) {
            guard let accepted = try? UnverifiedTimestamp(response: bytes).verified(data: data, trust: trust) else {
                return
            }
            #expect(accepted.token.genTimeText == original?.genTimeText)
            #expect(accepted.token.serialHex == original?.serialHex)
            #expect(accepted.token.imprint == original?.imprint)
        }
        for position in good.indices {
            for change: UInt8 in [0x01, 0xFF] {
                var bytes = good
                bytes[position] ^= change
                check(bytes)
            }
            #expect(throws: TimestampError.self) { try UnverifiedTimestamp(response: Array(good.prefix(position))) }
        }
    }

    @Test func certificatesAreRefusedUnlessWhole() throws {
        let certificate = try #require(Vectors.certificates("rfc3161/tsa.pem").first)
        #expect(try SigningCertificate(der: certificate.der) == certificate)
        #expect(try SigningCertificate.list(pem: certificate.pem + "\ntext\n" + certificate.pem).count == 2)
        let expected = OpenSSLError(.malformedCertificate, "")
        for der in [[], certificate.der + [0], Array(certificate.der.dropLast()), [0x30, 0]] as [[UInt8]] {
            #expect(throws: expected) { try SigningCertificate(der: der) }
        }
        let damaged = certificate.pem.replacing("MII", with: "MIJ")
        for pem in ["", "no certificate", damaged, certificate.pem + damaged] {
            #expect(throws: expected) { try SigningCertificate.list(pem: pem) }
        }
    }
}
