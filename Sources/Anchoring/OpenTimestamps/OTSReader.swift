import Bytes

/// Reads proofs from untrusted bytes, computing each message as it goes.
struct OTSReader {
    /// Bytes of a proof or of a calendar's answer: dozens of complete proofs of usual size.
    static let byteLimit = 65_536
    /// Messages in one proof: each may hold 4,096 bytes, so this bounds memory at 16 MiB.
    static let nodeLimit = 4_096

    private var reader: ByteReader
    private var nodeCount = 0

    private static let attestationMark: UInt8 = 0x00
    private static let moreMark: UInt8 = 0xFF

    /// - Throws: ``OTSError`` with `.tooLarge`.
    init(_ bytes: [UInt8]) throws(OTSError) {
        guard bytes.count <= Self.byteLimit else {
            throw OTSError(.tooLarge, "A proof of \(bytes.count) bytes is past the limit of \(Self.byteLimit).")
        }
        reader = ByteReader(bytes)
    }

    mutating func byte() throws(OTSError) -> UInt8 { try bytes(1)[0] }

    mutating func bytes(_ count: Int) throws(OTSError) -> [UInt8] {
        guard let bytes = reader.read(count) else {
            throw OTSError(.truncated, "The proof ends in the middle; fetch or copy it again.")
        }
        return Array(bytes)
    }

    mutating func end() throws(OTSError) {
        guard reader.isAtEnd else {
            throw OTSError(.trailingBytes, "\(reader.remainingCount) bytes stand after the end.")
        }
    }

    /// Little-endian base 128, in the one spelling that writers use.
    mutating func number() throws(OTSError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try byte()
            let bits = UInt64(byte & 0x7F)
            guard shift < 63 || shift == 63 && bits <= 1, byte != 0 || shift == 0 else {
                throw OTSError(.malformedNumber, "A number is spelled longer than needed or past 64 bits.")
            }
            value |= bits << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
    }

    mutating func counted(limit: Int, or code: OTSError.Code) throws(OTSError) -> [UInt8] {
        let count = try number()
        guard count <= UInt64(limit) else {
            throw OTSError(code, "Something in the proof is \(count) bytes long; \(limit) is the format's limit there.")
        }
        return try bytes(Int(count))
    }

    /// - Parameter room: Messages that may still follow on this path.
    mutating func timestamp(
        of message: [UInt8],
        room: Int = OTSTimestamp.depthLimit
    ) throws(OTSError) -> OTSTimestamp {
        guard room > 0 else {
            throw OTSError(.tooDeep, "The proof has more than \(OTSTimestamp.depthLimit) steps one after the other.")
        }
        nodeCount += 1
        guard nodeCount <= Self.nodeLimit else {
            throw OTSError(.tooLarge, "The proof has more than \(Self.nodeLimit) steps.")
        }
        var timestamp = try OTSTimestamp(message: message)
        var mark = try byte()
        while mark == Self.moreMark {
            try part(try byte(), of: &timestamp, room: room)
            mark = try byte()
        }
        try part(mark, of: &timestamp, room: room)
        return timestamp
    }

    private mutating func part(_ mark: UInt8, of timestamp: inout OTSTimestamp, room: Int) throws(OTSError) {
        if mark == Self.attestationMark {
            timestamp.add(try attestation())
        } else {
            let operation = try operation(mark)
            let result = try operation.result(of: timestamp.message)
            try timestamp.addComputed(operation, to: try self.timestamp(of: result, room: room - 1))
        }
    }

    mutating func operation(_ tag: UInt8) throws(OTSError) -> OTSOperation {
        switch tag {
        case 0xF0: return .append(try argument())
        case 0xF1: return .prepend(try argument())
        case 0xF2: return .reverse
        case 0xF3: return .hexlify
        case 0x02: return .sha1
        case 0x03: return .ripemd160
        case 0x08: return .sha256
        case 0x67: return .keccak256
        default:
            throw OTSError(.unknownOperation, "The proof has an operation \(Hex.encode([tag])) that no version 1 has.")
        }
    }

    private mutating func argument() throws(OTSError) -> [UInt8] {
        let argument = try counted(limit: OTSOperation.messageLimitBytes, or: .invalidArgument)
        guard !argument.isEmpty else {
            throw OTSError(.invalidArgument, "An operation appends or prepends nothing.")
        }
        return argument
    }

    private mutating func attestation() throws(OTSError) -> OTSAttestation {
        let tag = try bytes(OTSAttestation.tagByteCount)
        let payload = try counted(limit: OTSAttestation.payloadLimitBytes, or: .malformedAttestation)
        var inner = try OTSReader(payload)
        switch tag {
        case OTSAttestation.pendingTag:
            let address = try inner.counted(limit: OTSAttestation.addressLimitBytes, or: .malformedAttestation)
            try inner.end()
            guard OTSAttestation.isAddress(address) else {
                throw OTSError(.malformedAttestation, "A calendar's address has characters that none may have.")
            }
            return .pending(String(decoding: address, as: UTF8.self))
        case OTSAttestation.bitcoinTag, OTSAttestation.litecoinTag:
            let height = try inner.number()
            try inner.end()
            return tag == OTSAttestation.bitcoinTag ? .bitcoin(height: height) : .litecoin(height: height)
        default: return .unknown(tag: tag, payload: payload)
        }
    }
}
