extension ISCC {
    /// The Mixed-Code of a document of several parts, such as text and pictures.
    ///
    /// - Parameters:
    ///   - parts: The parts' content codes, each at least as long as the Mixed-Code.
    ///   - bits: A multiple of 32, at most 256.
    /// - Throws: ``FingerprintError`` with code `.noISCC` for fewer than two parts, a part that is no content code, or one
    ///   that is too short.
    public static func mixedCode(of parts: [ISCCUnit], bits: Int = digestBits) throws(FingerprintError) -> ISCCUnit {
        check(bits: bits)
        guard parts.count > 1 else { throw .noISCC("A Mixed-Code is made of two or more content codes.") }
        guard parts.allSatisfy({ $0.mainType == .content }) else {
            throw .noISCC("A Mixed-Code is made of content codes only.")
        }
        guard parts.allSatisfy({ $0.digest.count * 8 >= bits }) else {
            throw .noISCC("A Mixed-Code of \(bits) bits is made of content codes as long or longer.")
        }
        let features = parts.map { part in [part.header.bytes[0]] + part.digest.prefix(bits / 8 - 1) }
        return ISCCUnit(.content, medium: .mixed, digest: SimHash.digest(of: features), bits: bits)
    }
}
