import COpenSSL
import Glibc

/// Seconds from OpenSSL's times.
enum ASN1Time {
    /// Seconds since 1970, fractions dropped; `nil` unless `time` is a UTC time as X.509 and RFC 3161 write it.
    static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
        var fields = tm()
        guard let time, text(time).last == "Z", ASN1_TIME_to_tm(time, &fields) == 1 else { return nil }
        return Int64(timegm(&fields))
    }

    /// The characters as they stand in the encoding.
    static func text(_ time: UnsafePointer<ASN1_STRING>) -> String {
        String(decoding: ASN1Bytes.of(time), as: UTF8.self)
    }
}
