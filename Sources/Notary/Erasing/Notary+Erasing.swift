import Bytes
import Evidence
import EvidenceStore
import Logging
public import MerkleLog

extension Notary {
    /// How often a running notary tries to take erased keys out of the store's files.
    static let purgeIntervalSeconds = 60

    /// Erases a registration: its record, its original, its key and every row by which it is found. The entry stays in
    /// the log, where it says nothing, and so do evidence files that were handed out.
    ///
    /// Doing it again changes nothing and gives the same receipt.
    ///
    /// - Parameters:
    ///   - reason: One line; it is public.
    ///   - caller: Whose it must be; `nil` for the operator, who may erase every registration.
    /// - Returns: `nil` when there is no such registration, or it is another account's.
    /// - Throws: ``NotaryError`` with `.invalidRequest` or `.storeFailed`.
    public func erase(_ id: LeafHash, reason: String, for caller: Caller? = nil) async throws -> ErasureReceipt? {
        try await withTaskExecutorPreference(workers) { try erased(id, reason: reason, for: caller) }
    }

    /// Takes the bytes of erased keys out of the store's files now, for which all keys are written anew.
    ///
    /// - Returns: Whether nothing is left in the store's folder; `false` while an audit still reads older rows. A copy that
    ///   runs links older files in `temporary` until it ends, and a damaged store put aside keeps all it had.
    public func purgeErased() async throws -> Bool {
        try await withTaskExecutorPreference(workers) { try store.purgeErased() }
    }

    /// The receipt of an erased registration; `nil` for one that was not.
    public func erasure(of id: LeafHash) throws -> ErasureReceipt? {
        guard let position = try store.position(of: id), lanes.holds(position) else { return nil }
        return try erasures.receipt(at: position)
    }

    /// - Throws: ``NotaryError`` with `.erased`.
    func refuseErased(_ id: LeafHash) throws {
        guard let receipt = try erasure(of: id) else { return }
        throw NotaryError(.erased, "This registration was erased at \(receipt.time). Its entry is still in the log.")
    }

    private func erased(_ id: LeafHash, reason: String, for caller: Caller?) throws -> ErasureReceipt? {
        guard let position = try store.position(of: id), lanes.holds(position), let lane = lanes[position.lane] else {
            return nil
        }
        if let receipt = try erasures.receipt(at: position) { return receipt }
        if let caller, try store.record(id, for: caller.account) == nil { return nil }
        let owner = try store.owner(of: id)
        do {
            let receipt = try erasures.erase(id) {
                guard let key = keyBook.signer(of: lane.origin) else { preconditionFailure("Every lane has a key.") }
                return try ErasureReceipt(erasing: id, time: clock(), reason: reason, signedBy: key)
            }
            pictures.remove(position)
            parts.remove(position)
            documents.remove(position)
            if let owner { try eraseSearches(naming: position, of: owner) }
            counters.erasures.increment()
            return receipt
        } catch let error as StoreError where error.code == .absent {
            return nil  // an entry that is no registration
        } catch let error as StoreError {
            throw NotaryError(
                .storeFailed,
                "The erasure could not be written; the next start finishes it.",
                cause: error
            )
        }
    }

    /// Takes erased keys out of the files whenever there are any, until the task is cancelled.
    func purgeRegularly() async {
        while !Task.isCancelled {
            do {
                _ = try await purgeErased()
            } catch {
                logger.warning("erased keys stay in files for now", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(Self.purgeIntervalSeconds))  // only throws when cancelled
        }
    }
}
