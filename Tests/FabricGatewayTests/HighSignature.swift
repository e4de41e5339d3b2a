import SwiftASN1

/// The other form of an ECDSA signature on P-256, which verifies as well and which Fabric refuses.
enum HighSignature {
    private static let order: [UInt8] = [
        0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xBC, 0xE6, 0xFA, 0xAD,
        0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
    ]

    /// DER with `s` replaced by order − s.
    static func of(_ low: [UInt8]) throws -> [UInt8] {
        let numbers = try DER.sequence(try DER.parse(low), identifier: .sequence) { nodes in
            (try ArraySlice<UInt8>(derEncoded: &nodes), try ArraySlice<UInt8>(derEncoded: &nodes))
        }
        let s = [UInt8](repeating: 0, count: 32 - numbers.1.count) + numbers.1
        var (difference, borrow) = ([UInt8](repeating: 0, count: 32), 0)
        for position in (0..<32).reversed() {
            let value = Int(order[position]) - Int(s[position]) - borrow
            (difference[position], borrow) = (UInt8(truncatingIfNeeded: value), value < 0 ? 1 : 0)
        }
        var serializer = DER.Serializer()
        try serializer.appendConstructedNode(identifier: .sequence) { nodes in
            try nodes.serialize(numbers.0)
            try nodes.serialize(ArraySlice(difference))
        }
        return serializer.serializedBytes
    }
}
