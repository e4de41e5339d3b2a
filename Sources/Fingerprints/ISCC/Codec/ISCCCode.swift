/// A file's ISCC-CODE: the beginnings of its units under one header, the Data- and Instance-Code last.
public struct ISCCCode: Sendable, Hashable, CustomStringConvertible {
    private let subType: Int
    /// 64 bits of each unit, by main type; 128 of both in the wide form.
    public let units: [ISCCUnit]

    /// - Parameters:
    ///   - units: In any order: at most one of each main type, one Data- and one Instance-Code among them, with at least
    ///     64 bits each.
    ///   - wide: Of a Data- and an Instance-Code alone, 128 bits each.
    /// - Throws: ``FingerprintError`` with code `.noISCC` when they do not make one.
    public init(_ units: [ISCCUnit], wide: Bool = false) throws(FingerprintError) {
        let sorted = units.sorted { $0.mainType < $1.mainType }
        let types = sorted.map(\.mainType)
        guard types.suffix(2) == [.data, .instance], Set(types).count == types.count else {
            throw .noISCC("An ISCC-CODE has a Data- and an Instance-Code, and at most one of each other unit.")
        }
        let bits = wide ? 128 : 64
        guard !wide || types.count == 2 else {
            throw .noISCC("A wide ISCC-CODE has a Data- and an Instance-Code alone.")
        }
        guard sorted.allSatisfy({ $0.digest.count * 8 >= bits && $0.version == 0 }) else {
            throw .noISCC("An ISCC-CODE is made of units of version 0 with at least \(bits) bits.")
        }
        let media = Set(sorted.filter { [.semantic, .content].contains($0.mainType) }.map(\.subType))
        guard media.count < 2 else { throw .noISCC("An ISCC-CODE's units are all of one medium.") }
        subType = wide ? Self.wide : media.first ?? (types.count == 2 ? Self.dataOnly : Self.noContent)
        self.units = sorted.map { $0.truncated(toBits: bits) }
    }

    /// - Parameter code: With or without `ISCC:`, in either case; hyphens are ignored.
    /// - Throws: ``FingerprintError`` with code `.malformedISCC` when it is no ISCC-CODE.
    public init(code: String) throws(FingerprintError) {
        let bytes = try ISCCUnit.bytes(ofCode: code)
        var rest = bytes[...]
        let header = try ISCCHeader(readingFrom: &rest)
        guard header.mainType == Self.mainType, header.version == 0, header.length < 8 else {
            throw .malformedISCC("This is no ISCC-CODE of version 0.")
        }
        var types: [ISCCMainType] = [.data, .instance]
        for (flag, type) in Self.flags.reversed() where header.length & flag != 0 { types.insert(type, at: 0) }
        let bits = header.subType == Self.wide ? 128 : 64
        guard rest.count == types.count * bits / 8 else {
            throw .malformedISCC("The ISCC-CODE is longer or shorter than its header says.")
        }
        var units: [ISCCUnit] = []
        for type in types {
            let hasMedium = type == .semantic || type == .content
            guard let medium = hasMedium ? ISCCMainType.Medium(rawValue: header.subType) : .text else {
                throw .malformedISCC("The ISCC-CODE is of a medium that ISO 24138 does not name.")
            }
            units.append(ISCCUnit(type, medium: medium, digest: Array(rest.prefix(bits / 8)), bits: bits))
            rest = rest.dropFirst(bits / 8)
        }
        do {
            try self.init(units, wide: header.subType == Self.wide)
        } catch {
            throw .malformedISCC(error.message)
        }
        guard subType == header.subType else { throw .malformedISCC("The ISCC-CODE's header names another medium.") }
    }

    /// `ISCC:` and the header with the digests in base 32.
    public var code: String {
        let length = Self.flags.reduce(0) { sum, flag in
            units.contains { $0.mainType == flag.1 } ? sum | flag.0 : sum
        }
        let header = ISCCHeader(mainType: Self.mainType, subType: subType, version: 0, length: length)
        return ISCC.prefix + Base32.encode(header.bytes + units.flatMap(\.digest))
    }

    public var description: String { code }

    private static let mainType = 5
    /// Instead of a medium: only data and instance, no content beside others, and the wide form.
    private static let dataOnly = 5
    private static let noContent = 6
    private static let wide = 7
    /// The header's length says which units there are beside the two.
    private static let flags: [(Int, ISCCMainType)] = [(4, .meta), (2, .semantic), (1, .content)]
}

extension ISCCUnit {
    /// The beginning of a longer code is the shorter code; of `bits` no more than it has.
    func truncated(toBits bits: Int) -> Self {
        ISCCUnit(mainType, medium: .init(rawValue: subType) ?? .text, digest: digest, bits: bits)
    }
}
