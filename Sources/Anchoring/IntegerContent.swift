import SwiftASN1

/// An ASN.1 INTEGER of any size and sign, as it stands in DER: two's complement, no more bytes than needed.
struct IntegerContent: ASN1IntegerRepresentable, Sendable {
    static var isSigned: Bool { true }

    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }
    init(derIntegerBytes: ArraySlice<UInt8>) { bytes = Array(derIntegerBytes) }
    init(berIntegerBytes: ArraySlice<UInt8>) { bytes = Array(berIntegerBytes) }

    func withBigEndianIntegerBytes<Result>(_ body: ([UInt8]) throws -> Result) rethrows -> Result { try body(bytes) }
}
