public import Bytes

/// A detached proof, an `.ots` file: the digest of a file, and the timestamp of that digest.
///
/// Source: python-opentimestamps, `DetachedTimestampFile`.
public struct OTSProof: Sendable, Equatable {
    /// The digest of the file: SHA-256, or in old proofs SHA-1 or RIPEMD-160.
    public let digestOperation: OTSOperation
    public var timestamp: OTSTimestamp

    /// Bytes of a proof: dozens of complete ones of usual size.
    public static let byteLimit = OTSReader.byteLimit

    private static let magic =
        Array("\0OpenTimestamps\0\0Proof\0".utf8) + [0xBF, 0x89, 0xE2, 0xE8, 0x84, 0xE8, 0x92, 0x94]
    private static let version: UInt64 = 1

    /// Of a file with this SHA-256 digest.
    public init(sha256 digest: Digest256, timestamp: OTSTimestamp) throws(OTSError) {
        guard timestamp.message == digest.bytes else {
            throw OTSError(.differentMessages, "The timestamp is not of the file's digest.")
        }
        digestOperation = .sha256
        self.timestamp = timestamp
    }

    /// - Throws: ``OTSError``.
    public init(bytes: [UInt8]) throws(OTSError) {
        var reader = try OTSReader(bytes)
        guard bytes.starts(with: Self.magic) else {
            throw OTSError(.badMagic, "This does not begin as an OpenTimestamps proof does.")
        }
        _ = try reader.bytes(Self.magic.count)
        let version = try reader.number()
        guard version == Self.version else {
            throw OTSError(.unsupportedVersion, "Proofs of version \(version) are not known; this reads version 1.")
        }
        let tag = try reader.byte()
        guard let operation = [OTSOperation.sha1, .ripemd160, .sha256].first(where: { $0.tag == tag }),
            let byteCount = operation.fileDigestByteCount
        else {
            throw OTSError(.invalidDigestType, "The proof names \(Hex.encode([tag])) as the file's digest: not one.")
        }
        digestOperation = operation
        timestamp = try reader.timestamp(of: try reader.bytes(byteCount))
        try reader.end()
    }

    /// - Throws: ``OTSError`` with `.empty`.
    public func bytes() throws(OTSError) -> [UInt8] {
        var writer = OTSWriter()
        writer.append(Self.magic)
        writer.append(number: Self.version)
        writer.append([digestOperation.tag])
        writer.append(timestamp.message)
        try writer.append(timestamp)
        return writer.bytes
    }
}
