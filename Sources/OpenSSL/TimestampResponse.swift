import COpenSSL

/// A TimeStampResp (RFC 3161, 2.4.2) as parsed: nothing in it is verified.
///
/// Callers check first that the bytes are strict DER; OpenSSL also takes looser encodings.
public struct TimestampResponse: Sendable {
    /// PKIStatus.
    public enum Status: Int, Sendable {
        case granted, grantedWithMods, rejection, waiting, revocationWarning, revocationNotification
    }

    public let status: Status
    /// What the authority says about the status; `nil` if it says nothing.
    public let statusText: String?
    /// What is signed; `nil` unless `status` is one of the two granted ones.
    public let token: TimestampToken?

    /// - Throws: ``OpenSSLError`` with code `.malformedTimestamp`.
    public init(der: [UInt8]) throws(OpenSSLError) {
        defer { ERR_clear_error() }
        guard let parsed = DER.parse(der, by: d2i_TS_RESP, free: TS_RESP_free) else {
            throw OpenSSLError(.malformedTimestamp, "These bytes are not an RFC 3161 timestamp response.")
        }
        let handle = TimestampResponseHandle(owning: parsed)
        let info = TS_RESP_get_status_info(parsed)
        guard let code = Int(exactly: ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(info))),
            let status = Status(rawValue: code)
        else { throw OpenSSLError(.malformedTimestamp, "The timestamp response has an unknown status.") }
        self.status = status
        statusText = Self.text(of: info)
        token = TS_RESP_get_tst_info(parsed) == nil ? nil : try TimestampToken(handle)
    }

    private static func text(of info: OpaquePointer?) -> String? {
        let texts = TS_STATUS_INFO_get0_text(info)
        let sentences = (0..<max(0, OPENSSL_sk_num(texts))).map { position in
            let text = OPENSSL_sk_value(texts, position).map { $0.assumingMemoryBound(to: ASN1_STRING.self) }
            return String(decoding: ASN1Bytes.of(text.map { UnsafePointer($0) }), as: UTF8.self)
        }
        return sentences.isEmpty ? nil : sentences.joined(separator: "; ")
    }
}
