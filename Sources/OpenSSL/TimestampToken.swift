import Bytes
import COpenSSL

/// What a timestamp authority signed (TSTInfo, RFC 3161, 2.4.2), with the certificates that came along.
public struct TimestampToken: Sendable {
    /// Lower-case hexadecimal, two digits for each byte; with `-` in front if negative.
    public let serialHex: String
    /// Seconds since 1970, fractions dropped.
    public let genTimeSeconds: Int64
    /// ISO 8601 in UTC with the authority's fraction: `2026-11-21T03:54:40Z`.
    public let genTimeText: String
    /// Numbers joined by dots.
    public let policy: String
    /// `nil` for an algorithm that Cinnabar does not compute; then see `imprintAlgorithmOID`.
    public let imprintAlgorithm: DigestAlgorithm?
    public let imprintAlgorithmOID: String
    public let imprint: [UInt8]
    /// An integer in two's complement, most significant byte first, in as few bytes as it needs.
    public let nonce: [UInt8]?
    /// `nil` if the authority states none.
    public let accuracySeconds: Double?
    /// Whether all of the authority's tokens are in the order of their genTime, however close.
    public let isOrdered: Bool
    /// Those embedded, in the token's order. None of them is trusted for being there.
    public let certificates: [SigningCertificate]
    let handle: TimestampResponseHandle

    /// Real nonces have 8 to 20 bytes; past 127 the encoding would need a longer header.
    private static let nonceByteLimit = 127

    init(_ handle: TimestampResponseHandle) throws(OpenSSLError) {
        let info = TS_RESP_get_tst_info(handle.pointer)
        let imprint = TS_TST_INFO_get_msg_imprint(info)
        var algorithm: OpaquePointer?
        X509_ALGOR_get0(&algorithm, nil, nil, TS_MSG_IMPRINT_get_algo(imprint))
        guard let serial = TS_TST_INFO_get_serial(info),
            let time = TS_TST_INFO_get_time(info), let seconds = ASN1Time.seconds(time),
            let policy = ObjectIdentifierText.text(TS_TST_INFO_get_policy_id(info)),
            let algorithmText = ObjectIdentifierText.text(algorithm)
        else { throw OpenSSLError(.malformedTimestamp, "The timestamp's serial number, time or policy is malformed.") }
        self.handle = handle
        let isNegative = serial.pointee.type & V_ASN1_NEG != 0
        serialHex = (isNegative ? "-" : "") + Hex.encode(ASN1Bytes.of(serial))
        genTimeSeconds = seconds
        genTimeText = Self.isoText(ASN1Time.text(time))
        self.policy = policy
        imprintAlgorithm = DigestAlgorithm(oid: algorithmText)
        imprintAlgorithmOID = algorithmText
        self.imprint = ASN1Bytes.of(TS_MSG_IMPRINT_get_msg(imprint))
        nonce = try TS_TST_INFO_get_nonce(info).map(Self.content)
        accuracySeconds = TS_TST_INFO_get_accuracy(info).map(Self.seconds)
        isOrdered = TS_TST_INFO_get_ordering(info) != 0
        certificates = try CertificateStack.certificates(in: Self.embedded(handle))
    }

    private static func embedded(_ handle: TimestampResponseHandle) -> OpaquePointer? {
        // OpenSSL made the token's TSTInfo only after it saw that this is a signed PKCS #7 with content.
        TS_RESP_get_token(handle.pointer)?.pointee.d.sign?.pointee.cert
    }

    /// `20261121035440.5Z` with separators. OpenSSL accepted it as a time before.
    private static func isoText(_ text: String) -> String {
        let characters = Array(text)
        var iso = ""
        for (position, character) in characters.enumerated() {
            switch position {
            case 4, 6: iso.append("-")
            case 8: iso.append("T")
            case 10, 12: iso.append(":")
            default: break
            }
            iso.append(character)
        }
        return iso
    }

    /// The content of a short INTEGER's encoding.
    private static func content(of integer: UnsafePointer<ASN1_INTEGER>) throws(OpenSSLError) -> [UInt8] {
        guard let der = DER.bytes({ i2d_ASN1_INTEGER(integer, $0) }), der.count <= 2 + nonceByteLimit else {
            throw OpenSSLError(.malformedTimestamp, "The timestamp's nonce is longer than \(nonceByteLimit) bytes.")
        }
        return Array(der.dropFirst(2))
    }

    private static func seconds(_ accuracy: OpaquePointer) -> Double {
        func value(_ integer: UnsafePointer<ASN1_INTEGER>?) -> Double {
            integer.map { Double(ASN1_INTEGER_get($0)) } ?? 0
        }
        return value(TS_ACCURACY_get_seconds(accuracy)) + value(TS_ACCURACY_get_millis(accuracy)) / 1e3
            + value(TS_ACCURACY_get_micros(accuracy)) / 1e6
    }
}
