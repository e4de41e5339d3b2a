import Bytes
import Evidence
import EvidenceStore
import Foundation
import Logging
import MerkleLog

/// Erases records, and keeps the receipts of that in the store and as files beside it: a store that is put back from a
/// copy erases again what was erased since the copy.
struct Erasures: Sendable {
    /// Receipts are a few hundred bytes.
    private static let receiptLimitBytes = 64 << 10
    private static let pageSize = 1000

    let store: Store
    /// Where receipts lie, each under its id. Made when the first comes.
    let folder: String
    /// The keys of a log by its origin, past ones too.
    let keys: @Sendable (_ origin: String) -> [VerifierKey]
    let logger: Logger

    /// Erases a record and its rows. Done before: nothing.
    ///
    /// - Parameter make: Makes the receipt. Not called when there is one already, also from an erasure that was cut off.
    /// - Returns: The receipt that is kept.
    func erase(_ id: LeafHash, make: () throws -> ErasureReceipt) throws -> ErasureReceipt {
        guard try store.hasRecord(id) || existingReceipt(of: id) != nil else {
            throw StoreError(.absent, "There is no record with this id to erase.")
        }
        let receipt = try existingReceipt(of: id) ?? make()
        // A crash before this line leaves the record; after it, the next start erases it.
        try keepFile(receipt)
        return try apply(receipt)
    }

    /// Erases the record that a receipt is about, unless that was done.
    ///
    /// - Returns: The receipt that is kept.
    /// - Throws: `StoreError` with code `.absent` when there is no such record.
    @discardableResult
    func apply(_ receipt: ErasureReceipt) throws -> ErasureReceipt {
        let kept = try store.erase(receipt.id, traces: try traces(of: receipt.id), receipt: receipt.note)
        return kept == receipt.note ? receipt : try parsed(kept)
    }

    /// Brings store and files in step: erases what files say, and writes files that are missing.
    ///
    /// A receipt of a record that this store does not have, because the copy is older than the registration, stays for
    /// the day that it comes.
    func reconcile() throws {
        var last: LogPosition?
        repeat {
            let page = try store.erasures(after: last, limit: Self.pageSize)
            for erasure in page { try keepFile(parsed(erasure.receipt)) }
            last = page.count == Self.pageSize ? page.last?.position : nil
        } while last != nil
        for name in try fileNames().sorted() {
            guard let id = LeafHash(hex: name), let position = try store.position(of: id),
                try store.erasure(at: position) == nil, try store.hasRecord(id),
                let receipt = try receiptFile(of: id)
            else { continue }
            try apply(receipt)
            logger.notice("erased a record again, as its receipt says", metadata: ["id": "\(id.hex)"])
        }
    }

    /// - Throws: ``NotaryError`` with `.erasureInvalid` when the folder is there and cannot be read: taking it for empty
    ///   could bring erased records back.
    private func fileNames() throws -> [String] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw NotaryError(
                .erasureInvalid,
                "\(folder), the folder of receipts of erased records, cannot be read. Give its owner the right to read it.",
                cause: error
            )
        }
    }

    /// The receipt of the record that was erased at a place.
    func receipt(at position: LogPosition) throws -> ErasureReceipt? {
        try store.erasure(at: position).map(parsed)
    }

    private func existingReceipt(of id: LeafHash) throws -> ErasureReceipt? {
        if let position = try store.position(of: id), let kept = try receipt(at: position) { return kept }
        return try receiptFile(of: id)
    }

    private func receiptFile(of id: LeafHash) throws -> ErasureReceipt? {
        let path = folder + "/" + id.hex
        guard let bytes = try DurableFile.read(path, limitBytes: Self.receiptLimitBytes)?.bytes else { return nil }
        let receipt: ErasureReceipt
        do { receipt = try parsed(bytes) } catch {
            throw NotaryError(
                .erasureInvalid,
                "\(path) is no receipt signed by this log: nothing is erased by it. Take the file away if it was put "
                    + "there by mistake.",
                cause: error
            )
        }
        guard receipt.id == id else {
            throw NotaryError(.erasureInvalid, "\(path) holds the receipt of another record. Give it its right name.")
        }
        return receipt
    }

    private func keepFile(_ receipt: ErasureReceipt) throws {
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let path = folder + "/" + receipt.id.hex
        guard !FileManager.default.fileExists(atPath: path) else { return }
        do throws(StoreError) {
            try DurableFile.create(path, receipt.note, permissions: 0o600)
        } catch {
            guard error.code == .alreadyExists else { throw error }
        }
    }

    /// The receipt names no key: whichever of the logs' it is.
    private func parsed(_ note: [UInt8]) throws -> ErasureReceipt {
        let text = String(decoding: note.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        let origin = text.hasSuffix("/erasures") ? String(text.dropLast("/erasures".count)) : text
        return try ErasureReceipt(parsing: note, signedByOneOf: keys(origin))
    }

    /// By what the record is found. `nil` when it does not open any more: its rows are then looked for by walking.
    private func traces(of id: LeafHash) throws -> RecordTraces? {
        guard let stored = try? store.recordForAudit(id), let record = try? Record(parsing: stored.bytes) else {
            return nil
        }
        return RecordTraces(
            digests: record.indexedDigests,
            fingerprints: record.indexedFingerprints.map(\.algorithm)
        )
    }
}
