/// One ISCC unit: what it is a code of, and its bits.
public struct ISCCUnit: Sendable, Hashable, CustomStringConvertible {
    public let mainType: ISCCMainType
    /// For content the raw value of ``ISCCMainType/Medium``, otherwise 0; other people's may be unknown.
    public let subType: Int
    /// 0 in ISO 24138:2024; other people's may be unknown.
    public let version: Int
    /// 4, 8, … or 32 bytes. Shorter codes of the same thing are the beginning of longer ones, audio and video apart
    /// from mixed, whose bits depend on the length.
    public let digest: [UInt8]

    /// The first `bits` of `digest`, under a header of version 0.
    init(_ mainType: ISCCMainType, medium: ISCCMainType.Medium = .text, digest: [UInt8], bits: Int) {
        ISCC.check(bits: bits)
        precondition(digest.count * 8 >= bits, "The digest is shorter than the unit.")
        self.mainType = mainType
        subType = medium.rawValue
        version = 0
        self.digest = Array(digest.prefix(bits / 8))
    }

    /// - Parameter code: With or without `ISCC:`, in either case; hyphens are ignored.
    /// - Throws: ``FingerprintError`` with code `.malformedISCC` when it is no single unit.
    public init(code: String) throws(FingerprintError) {
        let bytes = try Self.bytes(ofCode: code)
        var rest = bytes[...]
        self = try Self(readingFrom: &rest)
        guard rest.isEmpty else { throw .malformedISCC("The ISCC unit has bytes after its end.") }
    }

    /// Takes one unit from the front of `bytes`.
    init(readingFrom bytes: inout ArraySlice<UInt8>) throws(FingerprintError) {
        let header = try ISCCHeader(readingFrom: &bytes)
        guard let mainType = ISCCMainType(rawValue: header.mainType) else {
            throw .malformedISCC("An ISCC of main type \(header.mainType) is not a unit.")
        }
        guard header.length < Self.longestLength else {
            throw .malformedISCC("An ISCC unit has at most \(ISCC.digestBits) bits.")
        }
        let count = (header.length + 1) * Self.lengthStepBytes
        guard bytes.count >= count else { throw .malformedISCC("The ISCC unit is cut off.") }
        self.mainType = mainType
        subType = header.subType
        version = header.version
        digest = Array(bytes.prefix(count))
        bytes = bytes.dropFirst(count)
    }

    /// `ISCC:` and the header with the digest in base 32.
    public var code: String { ISCC.prefix + Base32.encode(bytes) }

    public var description: String { code }

    /// Our name of what made it, such as `iscc-image-0`: the medium or main type, and the version.
    public var algorithm: String {
        let medium = mainType == .content ? ISCCMainType.Medium(rawValue: subType) : nil
        return "iscc-\(medium.map { "\($0)" } ?? "\(mainType)")-\(version)"
    }

    /// Header and digest.
    public var bytes: [UInt8] { header.bytes + digest }

    var header: ISCCHeader {
        ISCCHeader(
            mainType: mainType.rawValue,
            subType: subType,
            version: version,
            length: digest.count / Self.lengthStepBytes - 1
        )
    }

    /// What a code spells, of whatever kind it is.
    static func bytes(ofCode code: String) throws(FingerprintError) -> [UInt8] {
        var text = code.uppercased()[...]
        if text.hasPrefix(ISCC.prefix) { text = text.dropFirst(ISCC.prefix.count) }
        guard let bytes = Base32.decode(text.filter { $0 != "-" }) else {
            throw .malformedISCC("An ISCC is written in base 32: the letters A to Z and the digits 2 to 7.")
        }
        return bytes
    }

    /// A header counts a digest's length in these, less one.
    private static let lengthStepBytes = 4
    private static let longestLength = 8
}

extension ISCC {
    static let prefix = "ISCC:"
}
