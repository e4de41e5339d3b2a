import Bytes
import MerkleLog
import OpenSSL

/// The row of a record: account (4) ‖ 0, or 1 ‖ object (16) ‖ size (8) of the original ‖ sealed record.
///
/// What stands before the sealed record is authenticated with it, together with the id: a row moved to another id or
/// given to another account does not open.
struct RecordRow {
    let account: AccountID
    let original: Original?
    let sealedRecord: [UInt8]

    struct Original {
        let object: ObjectID
        let byteCount: UInt64
    }

    init(account: AccountID, original: Original?, sealedRecord: [UInt8]) {
        self.account = account
        self.original = original
        self.sealedRecord = sealedRecord
    }

    init(_ bytes: [UInt8]) throws(StoreError) {
        var reader = ByteReader(bytes)
        guard let account = AccountID(&reader), let flag = reader.read(bigEndian: UInt8.self), flag <= 1 else {
            throw .malformedRow(in: .records)
        }
        self.account = account
        if flag == 1 {
            guard let object = reader.read(ObjectID.byteCount), let count = reader.read(bigEndian: UInt64.self) else {
                throw .malformedRow(in: .records)
            }
            original = Original(object: ObjectID(bytes: Array(object)), byteCount: count)
        } else {
            original = nil
        }
        sealedRecord = Array(bytes.suffix(reader.remainingCount))
    }

    var bytes: [UInt8] { Self.header(account: account, original: original) + sealedRecord }

    static func associatedBytes(id: LeafHash, account: AccountID, original: Original?) -> [UInt8] {
        id.digest.bytes + header(account: account, original: original)
    }

    private static func header(account: AccountID, original: Original?) -> [UInt8] {
        var header = Keys.prefix(account)
        header.append(original == nil ? 0 : 1)
        if let original {
            header += original.object.bytes
            header.append(bigEndian: original.byteCount)
        }
        return header
    }
}
