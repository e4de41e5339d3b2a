import COpenSSL

/// ECDSA signatures on P-256 in DER, of the two forms that every signature has only the one whose `s` is in the lower
/// half of the curve's order: so nobody turns one valid signature into another without the key. Hyperledger Fabric
/// refuses the other form.
enum LowSignature {
    /// The order of P-256 (FIPS 186-4, D.1.2.3).
    private static let orderHex = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"

    /// The form with the low `s` of a signature that OpenSSL made; `nil` if it is none.
    static func normalized(_ der: [UInt8]) -> [UInt8]? {
        guard let signature = parse(der) else { return nil }
        defer { ECDSA_SIG_free(signature) }
        if isLow(signature) { return der }
        var order = BN_new()
        defer { BN_free(order) }
        let flipped = BN_new()
        guard BN_hex2bn(&order, orderHex) > 0, BN_sub(flipped, order, ECDSA_SIG_get0_s(signature)) == 1,
            // Takes over both numbers.
            ECDSA_SIG_set0(signature, BN_dup(ECDSA_SIG_get0_r(signature)), flipped) == 1
        else {
            BN_free(flipped)
            return nil
        }
        return DER.bytes { i2d_ECDSA_SIG(signature, $0) }
    }

    /// Whether `der` is the one encoding of a signature whose `s` is low.
    static func isOne(_ der: [UInt8]) -> Bool {
        guard let signature = parse(der) else { return false }
        defer { ECDSA_SIG_free(signature) }
        return isLow(signature) && DER.bytes { i2d_ECDSA_SIG(signature, $0) } == der
    }

    private static func parse(_ der: [UInt8]) -> OpaquePointer? {
        // Two numbers of 33 bytes with their headers.
        der.count <= 72 ? DER.parse(der, by: d2i_ECDSA_SIG, free: ECDSA_SIG_free) : nil
    }

    private static func isLow(_ signature: OpaquePointer) -> Bool {
        var half = BN_new()
        defer { BN_free(half) }
        return BN_hex2bn(&half, orderHex) > 0 && BN_rshift1(half, half) == 1
            && BN_cmp(ECDSA_SIG_get0_s(signature), half) <= 0
    }
}
