import Bytes

/// The ZIP around an evidence file, in the one form that Cinnabar writes and reads: every member stored without
/// compression, no extra fields, no comments, one fixed time, a given order.
///
/// One byte string for one set of members. What is not in this form was changed or packed again by another program; a
/// strict reader of a small form also leaves nothing for a hostile archive to play with.
///
/// Source: PKWARE APPNOTE 6.3.3 without ZIP64; ETSI EN 319 162-1, annex A.1, for the first member.
enum Container {
    /// A registered file of the default upload limit, and the evidence beside it.
    static let sizeLimitBytes = 1 << 29
    /// Hundreds of checkpoints with a dozen anchors each.
    static let memberLimit = 8192
    static let pathLimitBytes = 512

    struct Member: Equatable {
        let path: String
        let bytes: [UInt8]
    }

    private enum Signature {
        static let local: UInt32 = 0x0403_4B50
        static let central: UInt32 = 0x0201_4B50
        static let end: UInt32 = 0x0605_4B50
    }

    /// 1980-01-01 00:00, the first moment that ZIP can name.
    private static let fixedTime: UInt32 = 0x0021_0000
    private static let versionNeeded: UInt16 = 10
    /// Bit 11: paths are UTF-8.
    private static let flags: UInt16 = 1 << 11

    static func encoded(_ members: [Member]) -> [UInt8] {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for member in members {
            let offset = UInt32(bytes.count)
            let fields = commonFields(of: member)
            bytes.append(littleEndian: Signature.local)
            bytes += fields
            bytes += member.path.utf8
            bytes += member.bytes
            directory.append(littleEndian: Signature.central)
            directory.append(littleEndian: versionNeeded)
            directory += fields
            directory += [UInt8](repeating: 0, count: 10)  // no comment, first disk, no attributes
            directory.append(littleEndian: offset)
            directory += member.path.utf8
        }
        let start = UInt32(bytes.count)
        bytes += directory
        bytes.append(littleEndian: Signature.end)
        bytes.append(littleEndian: UInt32(0))
        for _ in 0..<2 { bytes.append(littleEndian: UInt16(members.count)) }
        bytes.append(littleEndian: UInt32(directory.count))
        bytes.append(littleEndian: start)
        bytes.append(littleEndian: UInt16(0))
        return bytes
    }

    /// What a local header and a directory entry share.
    private static func commonFields(of member: Member) -> [UInt8] {
        var fields: [UInt8] = []
        fields.append(littleEndian: versionNeeded)
        fields.append(littleEndian: flags)
        fields.append(littleEndian: UInt16(0))  // stored
        fields.append(littleEndian: fixedTime)
        fields.append(littleEndian: CRC32.checksum(of: member.bytes))
        for _ in 0..<2 { fields.append(littleEndian: UInt32(member.bytes.count)) }
        fields.append(littleEndian: UInt16(member.path.utf8.count))
        fields.append(littleEndian: UInt16(0))
        return fields
    }

    /// The members, and the paths of those whose bytes do not match their check sum.
    ///
    /// - Throws: ``EvidenceError`` with `.tooLarge` or `.malformedContainer`.
    static func decoded(_ bytes: [UInt8]) throws(EvidenceError) -> (members: [Member], damaged: [String]) {
        guard bytes.count <= sizeLimitBytes else {
            throw EvidenceError(.tooLarge, "the evidence file is larger than \(sizeLimitBytes) bytes")
        }
        var reader = ByteReader(bytes)
        var members: [Member] = []
        var damaged: [String] = []
        var checksums: [UInt32] = []
        while let (member, checksum) = try nextMember(&reader) {
            guard members.count < memberLimit else {
                throw EvidenceError(.tooLarge, "the evidence file has more than \(memberLimit) members")
            }
            if CRC32.checksum(of: member.bytes) != checksum { damaged.append(member.path) }
            members.append(member)
            checksums.append(checksum)
        }
        try compare(bytes, with: encoded(members), damagedIsKnown: !damaged.isEmpty)
        return (members, damaged)
    }

    private static func nextMember(_ reader: inout ByteReader) throws(EvidenceError) -> (Member, UInt32)? {
        guard let signature = reader.read(littleEndian: UInt32.self) else { throw malformed("it ends too early") }
        guard signature == Signature.local else {
            guard signature == Signature.central || signature == Signature.end else {
                throw malformed("it is no ZIP file, or not one that Cinnabar wrote")
            }
            return nil
        }
        guard reader.read(4) != nil, let method = reader.read(littleEndian: UInt16.self), reader.read(4) != nil,
            let checksum = reader.read(littleEndian: UInt32.self), let size = reader.read(littleEndian: UInt32.self),
            let expandedSize = reader.read(littleEndian: UInt32.self),
            let pathCount = reader.read(littleEndian: UInt16.self),
            let extraCount = reader.read(littleEndian: UInt16.self)
        else { throw malformed("it ends within a member's header") }
        guard method == 0, size == expandedSize, extraCount == 0, pathCount <= pathLimitBytes else {
            throw malformed("a member is compressed or has extra fields: it was packed again by another program")
        }
        guard let path = reader.read(Int(pathCount)), let content = reader.read(Int(size)),
            let name = String(validating: path, as: UTF8.self)
        else { throw malformed("it ends within a member") }
        return (Member(path: name, bytes: Array(content)), checksum)
    }

    /// Damage inside a member also changes its check sum in what we would write; the member is then named by the
    /// caller, so only the length is compared here.
    private static func compare(
        _ bytes: [UInt8],
        with canonical: [UInt8],
        damagedIsKnown: Bool
    ) throws(EvidenceError) {
        guard bytes.count == canonical.count, damagedIsKnown || bytes == canonical else {
            throw malformed("its headers are not those that Cinnabar writes: it was changed, or packed again")
        }
    }

    private static func malformed(_ what: String) -> EvidenceError {
        EvidenceError(
            .malformedContainer,
            "the ZIP container does not read: \(what). Unpack it and check the folder instead to see its "
                + "contents judged"
        )
    }
}

extension [UInt8] {
    fileprivate mutating func append<Integer: FixedWidthInteger & UnsignedInteger>(littleEndian value: Integer) {
        for shift in stride(from: 0, to: Integer.bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: value >> Integer(shift)))
        }
    }
}
