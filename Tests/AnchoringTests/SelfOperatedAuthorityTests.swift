import Anchoring
import Foundation
import OpenSSL
import Spawning
import Testing

struct SelfOperatedAuthorityTests {
    private static let now: Int64 = 1_795_000_000
    private let credentials: SelfOperatedAuthority.Credentials
    private let authority: SelfOperatedAuthority
    private let data = Array("origin\n1\nroot\n".utf8)

    init() throws {
        credentials = try SelfOperatedAuthority.generate(origin: "log.example/cinnabar", nowSeconds: Self.now)
        authority = try SelfOperatedAuthority(credentials: credentials, clock: { Self.now })
    }

    private func answer(_ request: TimestampRequest) throws -> UnverifiedTimestamp {
        try UnverifiedTimestamp(response: authority.response(to: request.der()))
    }

    @Test(arguments: DigestAlgorithm.allCases)
    func tokensVerify(algorithm: DigestAlgorithm) throws {
        let request = TimestampRequest(imprint: TimestampImprint(of: data, algorithm: algorithm), nonce: [0x80, 1])
        let timestamp = try answer(request)
            .verified(imprint: request.imprint, request: request, trust: .roots([authority.root]))
        #expect(timestamp.token.genTimeSeconds == Self.now)
        #expect(timestamp.token.policy == SelfOperatedAuthority.policy)
        #expect(timestamp.token.accuracySeconds == 1)
        #expect(timestamp.token.nonce == [0, 0x80, 1])
        #expect(timestamp.token.serialHex.count == 32)
        #expect(timestamp.authority == authority.certificate)
        #expect(timestamp.authority.subject == "CN=log.example/cinnabar self-operated timestamping")
        #expect(timestamp.authority.issuer == "CN=log.example/cinnabar self-operated timestamping root")
        let other = try SelfOperatedAuthority.generate(origin: "log.example/cinnabar", nowSeconds: Self.now)
        expect(.untrustedChain) {
            try answer(request).verified(
                data: data,
                trust: .roots(SigningCertificate.list(pem: other.rootCertificatePEM))
            )
        }
    }

    @Test func certificateIsLeftOutAndPolicyNamedAsAsked() throws {
        let imprint = TimestampImprint(of: data)
        let bare = try answer(TimestampRequest(imprint: imprint, nonce: nil, certReq: false))
        #expect(bare.response.token?.certificates.isEmpty == true)
        #expect(bare.response.token?.nonce == nil)
        let roots = TimestampTrust.roots([authority.root])
        expect(.signerCertificateMissing) { try bare.verified(data: data, trust: roots) }
        #expect(throws: Never.self) {
            try bare.verified(data: data, trust: roots, untrusted: [authority.certificate])
        }
        let named = TimestampRequest(imprint: imprint, nonce: [7], policy: SelfOperatedAuthority.policy)
        #expect(throws: Never.self) { try answer(named).verified(data: data, request: named, trust: roots) }
    }

    /// Minus two, as careless clients send: the numbers that we make ourselves are never negative.
    @Test(arguments: [[0xFE], [0], [1], [0, 0x80]] as [[UInt8]])
    func nonceComesBackWhateverItsSign(nonce: [UInt8]) throws {
        var der = try TimestampRequest(imprint: TimestampImprint(of: data), nonce: [2], certReq: false).der()
        der.removeLast(3)
        der += [2, UInt8(nonce.count)] + nonce
        der[1] = UInt8(der.count - 2)
        let request = try TimestampRequest(der: der)
        #expect(request.nonce == nonce)
        let answer = try UnverifiedTimestamp(response: authority.response(to: der))
        #expect(answer.response.token?.nonce == nonce)
        #expect(throws: Never.self) {
            try answer.verified(
                data: data,
                request: request,
                trust: .roots([authority.root]),
                untrusted: [authority.certificate]
            )
        }
        let opposite = TimestampRequest(imprint: request.imprint, nonce: [3])
        expect(.nonceMismatch) { try answer.verified(data: data, request: opposite, trust: .anySigner) }
    }

    @Test func serialNumbersDiffer() throws {
        let request = TimestampRequest(imprint: TimestampImprint(of: data), nonce: nil)
        let serials = try (0..<50).map { _ in try answer(request).response.token?.serialHex }
        #expect(Set(serials).count == 50)
    }

    @Test func badRequestsAreRejectedWithAReason() throws {
        let good = try TimestampRequest(imprint: TimestampImprint(of: data), nonce: [1]).der()
        let sha256 = try #require(ObjectIdentifierText.der(DigestAlgorithm.sha256.oid))
        let sha1 = try #require(ObjectIdentifierText.der("1.3.14.3.2.26"))
        let start = try #require(good.indices.first { good[$0...].starts(with: sha256) })
        var unknownDigest = good
        // Another last arc: SHA-512/256, of the right length but not one of ours.
        unknownDigest[start + sha256.count - 1] = 6
        let bad: [(request: [UInt8], code: TimestampError.Code)] = [
            ([], .malformed), (Array("GET /".utf8), .malformed), (good.dropLast(), .malformed),
            (good + [0], .trailingBytes), (unknownDigest, .unsupportedDigest), (sha1, .malformed),
            (
                try TimestampRequest(imprint: TimestampImprint(of: data), nonce: [1], policy: "1.2.3").der(),
                .policyMismatch
            ),
            ([UInt8](repeating: 0x30, count: 5000), .tooLarge),
            (try Vectors.bytes("rfc3161/good-sha256.tsr"), .malformed),
        ]
        for (request, code) in bad {
            let answer = try UnverifiedTimestamp(response: authority.response(to: request))
            #expect(answer.response.status == .rejection, "\(code)")
            #expect(answer.response.statusText?.isEmpty == false)
            expect(.notGranted) { try answer.verified(data: data, trust: .anySigner) }
            if code != .policyMismatch { expect(code) { try TimestampRequest(der: request) } }
        }
    }

    /// Every byte of a request altered, and every length, gives a response: never a trap, never no answer.
    @Test func alteredRequestsAreAnswered() throws {
        let good = try TimestampRequest(
            imprint: TimestampImprint(of: data),
            nonce: [1, 2],
            policy: SelfOperatedAuthority.policy
        ).der()
        for position in good.indices {
            for change: UInt8 in [0x01, 0x20, 0x80, 0xFF] {
                var bytes = good
                bytes[position] ^= change
                #expect(throws: Never.self) { try UnverifiedTimestamp(response: authority.response(to: bytes)) }
            }
            let answer = try UnverifiedTimestamp(response: authority.response(to: Array(good.prefix(position))))
            #expect(answer.response.status == .rejection)
        }
    }

    @Test func failingSerialSourceIsASystemFailure() throws {
        let broken = try SelfOperatedAuthority(
            credentials: credentials,
            clock: { Self.now },
            serial: { throw CancellationError() }
        )
        let request = try TimestampRequest(imprint: TimestampImprint(of: data), nonce: nil).der()
        #expect(try UnverifiedTimestamp(response: broken.response(to: request)).response.status == .rejection)
    }

    @Test func credentialsMustBelongTogether() throws {
        let other = try SelfOperatedAuthority.generate(origin: "log.example/cinnabar", nowSeconds: Self.now)
        func open(root: String? = nil, certificate: String? = nil, key: String? = nil) throws -> SelfOperatedAuthority {
            try SelfOperatedAuthority(
                credentials: .init(
                    rootCertificatePEM: root ?? credentials.rootCertificatePEM,
                    certificatePEM: certificate ?? credentials.certificatePEM,
                    privateKeyPEM: key ?? credentials.privateKeyPEM
                ),
                clock: { 0 }
            )
        }
        #expect(throws: Never.self) { try open() }
        expect(.untrustedChain) { try open(root: other.rootCertificatePEM) }
        expect(.unusableCredentials) { try open(key: other.privateKeyPEM) }
        expect(.unusableCredentials) { try open(key: "") }
        expect(.unusableCredentials) { try open(certificate: "") }
        expect(.unusableCredentials) { try open(root: credentials.rootCertificatePEM + other.rootCertificatePEM) }
        expect(.certificateNotForTimestamping) { try open(certificate: credentials.rootCertificatePEM) }
    }

    @Test(arguments: ["x", String(repeating: "long.example/", count: 10), String(repeating: "日志", count: 40)])
    func namesFitWhateverTheOrigin(origin: String) throws {
        let credentials = try SelfOperatedAuthority.generate(origin: origin, nowSeconds: Self.now)
        let root = try #require(SigningCertificate.list(pem: credentials.rootCertificatePEM).first)
        #expect(root.subject.unicodeScalars.count <= "CN=".count + 64)
        #expect(root.subject.hasSuffix(" self-operated timestamping root"))
        #expect(root.subject.contains(origin.prefix(10)))
        #expect(root.isIssuer(of: root))
        #expect(root.notAfter - Self.now == 20 * 31_557_600)
    }

    /// The court's own program agrees, or says no where we do.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"), "openssl is not installed"))
    func opensslVerifiesOurTokens() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tsa-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let request = try TimestampRequest(imprint: TimestampImprint(of: data), nonce: [9, 9]).der()
        try Data(authority.response(to: request)).write(to: folder.appending(path: "r.tsr"))
        try Data(data).write(to: folder.appending(path: "data"))
        try Data(data + [0]).write(to: folder.appending(path: "other"))
        try Data(credentials.rootCertificatePEM.utf8).write(to: folder.appending(path: "root.pem"))
        func openssl(_ name: String, at seconds: Int64) throws -> Int32 {
            try SpawnedProcess(
                "/usr/bin/env",
                [
                    "openssl", "ts", "-verify", "-data", name, "-in", "r.tsr", "-CAfile", "root.pem", "-attime",
                    "\(seconds)",
                ],
                in: folder.path
            ).waitUntilExit()
        }
        #expect(try openssl("data", at: Self.now) == 0)
        #expect(try openssl("other", at: Self.now) != 0)
        #expect(try openssl("data", at: Self.now - 1_000_000) != 0)
    }
}
