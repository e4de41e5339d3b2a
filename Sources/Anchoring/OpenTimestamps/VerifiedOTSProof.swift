/// A proof that leads from its file to the Merkle root of a header.
public struct VerifiedOTSProof: Sendable, Equatable {
    public let height: UInt64
    public let header: BitcoinHeader
}
