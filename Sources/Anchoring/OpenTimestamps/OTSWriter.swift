/// Writes proofs as the stock library does, byte for byte.
struct OTSWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ more: [UInt8]) { bytes += more }

    /// Little-endian base 128.
    mutating func append(number: UInt64) {
        var rest = number
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func append(counted more: [UInt8]) {
        append(number: UInt64(more.count))
        bytes += more
    }

    /// Attestations first, then operations; all but the last thing are marked as followed by another.
    ///
    /// - Throws: ``OTSError`` with `.empty`.
    mutating func append(_ timestamp: OTSTimestamp) throws(OTSError) {
        guard !timestamp.attestations.isEmpty || !timestamp.branches.isEmpty else {
            throw OTSError(.empty, "A timestamp with neither operation nor attestation cannot be written.")
        }
        let partCount = timestamp.attestations.count + timestamp.branches.count
        for (position, attestation) in timestamp.attestations.enumerated() {
            if position < partCount - 1 { bytes.append(0xFF) }
            append(attestation)
        }
        for (position, branch) in timestamp.branches.enumerated() {
            if position < timestamp.branches.count - 1 { bytes.append(0xFF) }
            bytes.append(branch.operation.tag)
            if let argument = branch.operation.argument { append(counted: argument) }
            try append(branch.timestamp)
        }
    }

    private mutating func append(_ attestation: OTSAttestation) {
        bytes.append(0x00)
        bytes += attestation.tag
        var payload = OTSWriter()
        switch attestation {
        case .pending(let address): payload.append(counted: Array(address.utf8))
        case .bitcoin(let height), .litecoin(let height): payload.append(number: height)
        case .unknown(_, let bytes): payload.append(bytes)
        }
        append(counted: payload.bytes)
    }
}
