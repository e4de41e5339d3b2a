import Bytes
public import OpenSSL

/// The built-in timestamp authority (RFC 3161), operated by whoever operates the log.
///
/// Its tokens prove order among themselves and nothing about when: nobody outside vouches for the clock or the key.
public struct SelfOperatedAuthority: Sendable {
    /// "Order only: operated by the log's own operator." A UUID's arc (ITU-T X.667), made for this and never reused.
    public static let policy = "2.25.311541294202317833596028207428081668556"
    /// What the tokens state. The clock is read in whole seconds.
    public static let accuracySeconds: Int32 = 1

    public let certificate: SigningCertificate
    public let root: SigningCertificate
    private let signer: TimestampSigner
    private let clock: @Sendable () -> Int64
    private let serial: @Sendable () throws -> [UInt8]

    /// - Parameters:
    ///   - clock: Seconds since 1970.
    ///   - serial: 16 bytes that never come twice.
    /// - Throws: ``TimestampError`` with code `.unusableCredentials`, `.certificateNotForTimestamping` or
    ///   `.untrustedChain` if the three texts do not belong together.
    public init(
        credentials: Credentials,
        clock: @escaping @Sendable () -> Int64,
        serial: @escaping @Sendable () throws -> [UInt8] = { try SecureRandom.bytes(serialByteCount) }
    ) throws(TimestampError) {
        do throws(OpenSSLError) {
            let certificates = try SigningCertificate.list(pem: credentials.certificatePEM)
            let roots = try SigningCertificate.list(pem: credentials.rootCertificatePEM)
            guard certificates.count == 1, roots.count == 1 else {
                throw OpenSSLError(.malformedKey, "One certificate and one root are needed, each in a text of its own.")
            }
            (certificate, root) = (certificates[0], roots[0])
            signer = try TimestampSigner(
                certificate: certificate,
                key: P256PrivateKey(pem: credentials.privateKeyPEM),
                policy: Self.policy,
                accuracySeconds: Self.accuracySeconds
            )
        } catch {
            let isForTimestamping = error.code != .purposeNotTimestamping
            throw TimestampError(
                isForTimestamping ? .unusableCredentials : .certificateNotForTimestamping,
                error.message
            )
        }
        guard root.isIssuer(of: certificate) else {
            throw TimestampError(.untrustedChain, "\(root.subject) did not issue \(certificate.subject).")
        }
        self.clock = clock
        self.serial = serial
    }

    public static let serialByteCount = 16

    /// The TimeStampResp to whatever a stranger sent as a TimeStampReq: a token, or a rejection that says why.
    ///
    /// Accepts SHA-256, SHA-384, SHA-512 and SM3 imprints; the nonce is echoed.
    public func response(to requestDER: [UInt8]) -> [UInt8] {
        do {
            let request = try TimestampRequest(der: requestDER)
            guard request.policy == nil || request.policy == Self.policy else {
                throw TimestampError(.policyMismatch, "This authority's policy is \(Self.policy).")
            }
            // OpenSSL sees our encoding of what we understood, not the stranger's bytes.
            return try signer.response(to: request.der(), serial: positive(serial()), atSeconds: clock())
        } catch let error as TimestampError {
            return TimestampRejection(error).der
        } catch {
            return TimestampRejection.systemFailure.der
        }
    }

    /// The serial number with its first byte from 64 to 127, so that it is positive and always as long.
    private func positive(_ serial: [UInt8]) -> [UInt8] {
        serial.prefix(1).map { $0 & 0x3F | 0x40 } + serial.dropFirst()
    }
}
