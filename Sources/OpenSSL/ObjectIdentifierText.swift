import COpenSSL

/// Object identifiers as text, with arcs of any size (UUID arcs have 128 bits).
public enum ObjectIdentifierText {
    /// The DER encoding, tag and length included; `nil` unless `text` is numbers joined by dots.
    public static func der(_ text: String) -> [UInt8]? {
        defer { ERR_clear_error() }
        guard let object = OBJ_txt2obj(text, 1) else { return nil }
        defer { ASN1_OBJECT_free(object) }
        return DER.bytes { i2d_ASN1_OBJECT(object, $0) }
    }

    /// Numbers joined by dots; `nil` unless `der` is exactly one encoded object identifier.
    public static func text(der: [UInt8]) -> String? {
        defer { ERR_clear_error() }
        guard let object = DER.parse(der, by: d2i_ASN1_OBJECT, free: ASN1_OBJECT_free) else { return nil }
        defer { ASN1_OBJECT_free(object) }
        return text(object)
    }

    static func text(_ object: OpaquePointer?) -> String? {
        let count = OBJ_obj2txt(nil, 0, object, 1)
        guard count > 0 else { return nil }
        var characters = [CChar](repeating: 0, count: Int(count) + 1)
        OBJ_obj2txt(&characters, count + 1, object, 1)
        return String(decoding: characters.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
