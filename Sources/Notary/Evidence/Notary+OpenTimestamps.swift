import Anchoring
import Evidence
public import MerkleLog

extension Notary {
    /// The OpenTimestamps proof of a registered file of this caller's account: what stock clients check against the file
    /// alone.
    ///
    /// - Returns: The bytes of an `.ots`; `nil` when the account has no such registration.
    /// - Throws: ``NotaryError``, with `.proofUnavailable` while no calendar has taken a checkpoint over it, and for a
    ///   record that is too long for the format; `.erased` for one that was erased.
    public func openTimestampsProof(of id: LeafHash, for caller: Caller) async throws -> [UInt8]? {
        guard let file = try await evidenceFile(of: id, for: caller) else { return nil }
        do {
            return try EvidenceFile.reading(file).file.openTimestampsProof().bytes()
        } catch let error as EvidenceError {
            throw NotaryError(.proofUnavailable, "There is no OpenTimestamps proof: \(error.message).", cause: error)
        }
    }
}
