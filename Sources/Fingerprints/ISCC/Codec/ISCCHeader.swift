/// The numbers before an ISCC's digest, each of one to four half-bytes.
struct ISCCHeader: Equatable {
    var mainType: Int
    var subType: Int
    var version: Int
    var length: Int

    init(mainType: Int, subType: Int, version: Int, length: Int) {
        self.mainType = mainType
        self.subType = subType
        self.version = version
        self.length = length
    }

    /// Takes a header from the front of `bytes`.
    ///
    /// - Throws: ``FingerprintError`` with code `.malformedISCC` when it is cut off, or padded with anything but zeros.
    init(readingFrom bytes: inout ArraySlice<UInt8>) throws(FingerprintError) {
        var nibbles = bytes.prefix(Self.mostBytes).flatMap { [$0 >> 4, $0 & 15] }[...]
        let given = nibbles.count
        mainType = try Self.number(from: &nibbles)
        subType = try Self.number(from: &nibbles)
        version = try Self.number(from: &nibbles)
        length = try Self.number(from: &nibbles)
        if !(given - nibbles.count).isMultiple(of: 2) {
            guard nibbles.popFirst() == 0 else { throw .malformedISCC("The ISCC's header is not padded with zeros.") }
        }
        bytes = bytes.dropFirst((given - nibbles.count) / 2)
    }

    var bytes: [UInt8] {
        var nibbles = [mainType, subType, version, length].flatMap(Self.nibbles)
        if !nibbles.count.isMultiple(of: 2) { nibbles.append(0) }
        return stride(from: 0, to: nibbles.count, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] }
    }

    /// A number's length in half-bytes is told by its first bits: 0, 10, 110, 1110. Each length begins where the
    /// shorter one ends, so that no number has two spellings.
    private static func nibbles(of number: Int) -> [UInt8] {
        guard let form = forms.last(where: { number >= $0.first }) else { preconditionFailure("Not negative.") }
        precondition(number < forms[3].first + 1 << forms[3].bits, "An ISCC header's numbers are below 4680.")
        let value = form.prefix << form.bits | (number - form.first)
        return (0..<form.count).map { UInt8(value >> (4 * (form.count - 1 - $0)) & 15) }
    }

    private static func number(from nibbles: inout ArraySlice<UInt8>) throws(FingerprintError) -> Int {
        let cutOff = FingerprintError.malformedISCC("The ISCC's header is cut off.")
        guard let first = nibbles.first else { throw cutOff }
        let count = (~(first << 4)).leadingZeroBitCount + 1
        guard count <= forms.count else { throw .malformedISCC("The ISCC's header has a number of no known length.") }
        guard nibbles.count >= count else { throw cutOff }
        let form = forms[count - 1]
        let value = nibbles.prefix(count).reduce(0) { $0 << 4 | Int($1) }
        nibbles = nibbles.dropFirst(count)
        return value & (1 << form.bits - 1) + form.first
    }

    private struct Form {
        let count: Int
        let prefix: Int
        let bits: Int
        let first: Int
    }

    private static let forms = [
        Form(count: 1, prefix: 0b0, bits: 3, first: 0),
        Form(count: 2, prefix: 0b10, bits: 6, first: 8),
        Form(count: 3, prefix: 0b110, bits: 9, first: 72),
        Form(count: 4, prefix: 0b1110, bits: 12, first: 584),
    ]

    /// Four numbers of four half-bytes.
    private static let mostBytes = 8
}
