import COpenSSL

/// Makes RFC 3161 responses with a key of our own.
public struct TimestampSigner: Sendable {
    private let certificate: SigningCertificate
    private let key: P256PrivateKey
    private let policy: String
    private let accuracySeconds: Int32

    /// - Throws: ``OpenSSLError`` with code `.purposeNotTimestamping` or `.malformedKey` if `key` is not the
    ///   certificate's.
    public init(
        certificate: SigningCertificate,
        key: P256PrivateKey,
        policy: String,
        accuracySeconds: Int32
    ) throws(OpenSSLError) {
        defer { ERR_clear_error() }
        guard certificate.isOnlyForTimestamping else {
            throw OpenSSLError(.purposeNotTimestamping, "\(certificate.subject) may not be used for timestamping.")
        }
        guard X509_check_private_key(certificate.handle.pointer, key.handle.pointer) == 1 else {
            throw OpenSSLError(.malformedKey, "The private key does not belong to \(certificate.subject).")
        }
        self.certificate = certificate
        self.key = key
        self.policy = policy
        self.accuracySeconds = accuracySeconds
    }

    /// The response to a TimeStampReq. OpenSSL itself answers a request it cannot serve by a rejection.
    ///
    /// - Parameters:
    ///   - serial: 1 to 20 bytes, the first from 1 to 127.
    ///   - seconds: Since 1970: what the token will state.
    public func response(
        to request: [UInt8],
        serial: [UInt8],
        atSeconds seconds: Int64
    ) throws(OpenSSLError) -> [UInt8] {
        defer { ERR_clear_error() }
        guard let context = TS_RESP_CTX_new() else { throw Self.failed }
        defer { TS_RESP_CTX_free(context) }
        try configure(context)
        let moment = Moment(serial: serial, seconds: seconds)
        return try withExtendedLifetime(moment) { () throws(OpenSSLError) in
            let data = Unmanaged.passUnretained(moment).toOpaque()
            TS_RESP_CTX_set_serial_cb(context, { Moment.of($1)?.serialNumber() }, data)
            TS_RESP_CTX_set_time_cb(context, { Moment.of($1)?.write(seconds: $2, microseconds: $3) ?? 0 }, data)
            let input = MemoryBuffer(request)
            guard let response = TS_RESP_create_response(context, input.pointer) else { throw Self.failed }
            defer { TS_RESP_free(response) }
            guard let der = DER.bytes({ i2d_TS_RESP(response, $0) }) else { throw Self.failed }
            return der
        }
    }

    private func configure(_ context: OpaquePointer) throws(OpenSSLError) {
        let policy = OBJ_txt2obj(policy, 1)
        defer { ASN1_OBJECT_free(policy) }
        guard policy != nil,
            TS_RESP_CTX_set_signer_cert(context, certificate.handle.pointer) == 1,
            TS_RESP_CTX_set_signer_key(context, key.handle.pointer) == 1,
            TS_RESP_CTX_set_def_policy(context, policy) == 1,
            TS_RESP_CTX_set_accuracy(context, accuracySeconds, 0, 0) == 1,
            TS_RESP_CTX_set_signer_digest(context, DigestAlgorithm.sha256.method) == 1,
            TS_RESP_CTX_set_ess_cert_id_digest(context, DigestAlgorithm.sha256.method) == 1
        else { throw Self.failed }
        for algorithm in DigestAlgorithm.allCases {
            guard TS_RESP_CTX_add_md(context, algorithm.method) == 1 else { throw Self.failed }
        }
    }

    private static let failed = OpenSSLError(.operationFailed, "OpenSSL could not make a timestamp.")
}

/// What OpenSSL asks for by callbacks while it makes one response.
private final class Moment {
    private let serial: [UInt8]
    private let seconds: Int64

    init(serial: [UInt8], seconds: Int64) {
        self.serial = serial
        self.seconds = seconds
    }

    static func of(_ data: UnsafeMutableRawPointer?) -> Moment? {
        data.map { Unmanaged<Moment>.fromOpaque($0).takeUnretainedValue() }
    }

    func serialNumber() -> UnsafeMutablePointer<ASN1_INTEGER>? {
        let number = BN_bin2bn(serial, Int32(serial.count), nil)
        defer { BN_free(number) }
        return BN_to_ASN1_INTEGER(number, nil)
    }

    func write(seconds: UnsafeMutablePointer<Int>?, microseconds: UnsafeMutablePointer<Int>?) -> Int32 {
        seconds?.pointee = Int(self.seconds)
        microseconds?.pointee = 0
        return 1
    }
}
