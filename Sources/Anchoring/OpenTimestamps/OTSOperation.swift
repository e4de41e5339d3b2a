import Bytes
import OpenSSL

/// One step of a proof: how a message becomes the next.
///
/// Source: python-opentimestamps, `opentimestamps.core.op`.
public enum OTSOperation: Sendable, Equatable {
    case append([UInt8])
    case prepend([UInt8])
    case reverse
    case hexlify
    case sha1
    case ripemd160
    case sha256
    case keccak256

    /// Bytes of a message, before and after (`Op.MAX_MSG_LENGTH`, `Op.MAX_RESULT_LENGTH`).
    public static let messageLimitBytes = 4096

    /// The byte that stands for it.
    public var tag: UInt8 {
        switch self {
        case .append: 0xF0
        case .prepend: 0xF1
        case .reverse: 0xF2
        case .hexlify: 0xF3
        case .sha1: 0x02
        case .ripemd160: 0x03
        case .sha256: 0x08
        case .keccak256: 0x67
        }
    }

    /// Of append and prepend.
    public var argument: [UInt8]? {
        switch self {
        case .append(let bytes), .prepend(let bytes): bytes
        default: nil
        }
    }

    /// Length of what the digest gives; `nil` if it is none that a detached proof may begin with (`CryptOp`).
    var fileDigestByteCount: Int? {
        switch self {
        case .sha1, .ripemd160: WeakDigest.byteCount
        case .sha256: Digest256.byteCount
        default: nil
        }
    }

    /// What it makes of `message`.
    ///
    /// - Throws: ``OTSError`` with `.messageTooLong`, `.empty` or `.unsupportedOperation`.
    public func result(of message: [UInt8]) throws(OTSError) -> [UInt8] {
        guard !message.isEmpty || argument != nil || isDigest else {
            throw OTSError(.empty, "An empty message is neither reversed nor spelled in hexadecimal.")
        }
        let result: [UInt8]
        switch self {
        case .append(let bytes): result = message + bytes
        case .prepend(let bytes): result = bytes + message
        case .reverse: result = message.reversed()
        case .hexlify: result = Array(Hex.encode(message).utf8)
        case .sha256: result = SHA256.digest(of: message).bytes
        case .sha1: result = try Self.weak(.sha1, message)
        case .ripemd160: result = try Self.weak(.ripemd160, message)
        case .keccak256: result = Keccak256.digest(of: message).bytes
        }
        guard result.count <= Self.messageLimitBytes else {
            throw OTSError(.messageTooLong, "An operation gives \(result.count) bytes; 4,096 is the format's limit.")
        }
        return result
    }

    private var isDigest: Bool { fileDigestByteCount != nil || self == .keccak256 }

    private static func weak(_ digest: WeakDigest, _ message: [UInt8]) throws(OTSError) -> [UInt8] {
        guard let result = digest.digest(of: message) else {
            throw OTSError(.unsupportedOperation, "This OpenSSL does not offer \(digest); 3.0.7 and later do.")
        }
        return result
    }
}

extension OTSOperation: Comparable {
    /// The order in which the stock library writes them.
    public static func < (left: Self, right: Self) -> Bool {
        guard left.tag == right.tag else { return left.tag < right.tag }
        return (left.argument ?? []).lexicographicallyPrecedes(right.argument ?? [])
    }
}
