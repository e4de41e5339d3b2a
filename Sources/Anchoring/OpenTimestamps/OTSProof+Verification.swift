extension OTSProof {
    /// Checks that it leads from this file to a block, by the earliest of the headers that it needs.
    ///
    /// - Parameters:
    ///   - digest: The file's, by ``digestOperation``.
    ///   - headers: By height. That they are those of the chain itself is for the caller to know.
    /// - Throws: ``OTSError`` with `.digestMismatch`, `.incomplete`, `.headerMissing` or `.merkleRootMismatch`.
    public func verified(digest: [UInt8], headers: BitcoinHeaders) throws(OTSError) -> VerifiedOTSProof {
        guard digest == timestamp.message else {
            throw OTSError(.digestMismatch, "The proof is for another file.")
        }
        let claims = bitcoinClaims
        guard !claims.isEmpty else {
            throw OTSError(.incomplete, "No block vouches for it yet; upgrade it when the calendar has one.")
        }
        var mismatch: UInt64?
        for claim in claims {
            guard let header = headers.byHeight[claim.height] else { continue }
            if header.merkleRoot == claim.merkleRoot {
                return VerifiedOTSProof(height: claim.height, header: header)
            }
            mismatch = claim.height
        }
        if let mismatch {
            throw OTSError(.merkleRootMismatch, "The proof does not lead to the Merkle root of block \(mismatch).")
        }
        throw OTSError(.headerMissing, "The header of block \(claims[0].height) is needed and not there.")
    }

    /// What it says of Bitcoin's blocks, lowest first.
    public var bitcoinClaims: [(height: UInt64, merkleRoot: [UInt8])] {
        var claims: [(height: UInt64, merkleRoot: [UInt8])] = []
        for (message, attestation) in timestamp.allAttestations {
            if case .bitcoin(let height) = attestation { claims.append((height, message)) }
        }
        return claims.sorted { $0.height < $1.height }
    }
}
