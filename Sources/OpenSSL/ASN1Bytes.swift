import COpenSSL

/// Contents of OpenSSL's strings and integers.
enum ASN1Bytes {
    /// For an integer its magnitude, most significant byte first.
    static func of(_ string: UnsafePointer<ASN1_STRING>?) -> [UInt8] {
        guard let string, let start = ASN1_STRING_get0_data(string) else { return [] }
        return Array(UnsafeBufferPointer(start: start, count: Int(ASN1_STRING_length(string))))
    }
}
