import Anchoring
import EvidenceStore
import OpenSSL

/// A stored timestamp with the evidence record that it has grown into.
struct RenewableTimestamp {
    let stored: StoredTimestamp
    let record: UnverifiedEvidenceRecord

    /// - Throws: ``NotaryError`` with code `.storeFailed` when one of the two does not read.
    init(_ stored: StoredTimestamp, in store: Store) throws {
        self.stored = stored
        do {
            let renewed = try store.renewedRecord(of: stored)
            record = try UnverifiedEvidenceRecord(
                renewed ?? EvidenceRecord.encode(timestamp: Self.timestamp(of: stored))
            )
        } catch let error as EvidenceRecordError {
            throw NotaryError(
                .storeFailed,
                "A timestamp by \(stored.authority) over \(stored.size) entries does not read: \(error.message)",
                cause: error
            )
        }
    }

    /// - Throws: ``EvidenceRecordError`` with code `.malformed`.
    static func timestamp(of stored: StoredTimestamp) throws(EvidenceRecordError) -> UnverifiedTimestamp {
        do {
            return try UnverifiedTimestamp(response: stored.response)
        } catch {
            throw EvidenceRecordError(malformed: error.message)
        }
    }

    /// What tells it from timestamps that age with it: the certificates that came along with the newest one.
    var certificates: [SigningCertificate] { record.newestTimestamp.response.token?.certificates ?? [] }
}
