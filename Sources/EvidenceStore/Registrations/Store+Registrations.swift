import Bytes
public import MerkleLog
import OpenSSL

extension Store {
    /// Encrypts a registration under a new key, or under its original's. Changes nothing; call it on any thread.
    ///
    /// - Throws: ``StoreError`` with code `.cryptography`, or `.invalidArgument` when the original is another
    ///   account's.
    public func sealing(_ registration: UnsealedRegistration) throws(StoreError) -> SealedRegistration {
        let account = registration.account
        guard registration.original.map({ $0.account == account }) ?? true else {
            throw StoreError(.invalidArgument, "The original was written for another account.")
        }
        let id = LeafHash(entry: registration.entry)
        let key = if let original = registration.original { original.key } else { try RecordKey() }
        let original = registration.original.map { RecordRow.Original(object: $0.object, byteCount: $0.byteCount) }
        let associated = RecordRow.associatedBytes(id: id, account: account, original: original)
        let sealed = try key.seal(registration.record, authenticating: associated)
        var derived: [DerivedData] = []
        for data in registration.derived { derived.append(try Self.sealed(data, by: key, id: id)) }
        return SealedRegistration(
            id: id,
            registration,
            recordRow: RecordRow(account: account, original: original, sealedRecord: sealed).bytes,
            wrappedKey: try key.wrapped(by: masterKey, id: id),
            derived: derived
        )
    }

    /// A record of this account; `nil` when there is none with the id or it is another account's.
    public func record(_ id: LeafHash, for account: AccountID) throws(StoreError) -> StoredRecord? {
        guard let (position, row) = try recordRow(id), row.account == account else { return nil }
        return try opened(row, id: id, at: position)
    }

    /// Whose record this is; `nil` when there is none.
    public func owner(of id: LeafHash) throws(StoreError) -> AccountID? { try recordRow(id)?.1.account }

    /// Whether there is a record with this id, whosever it is: not for notices, checkpoints of lanes and what was erased.
    public func hasRecord(_ id: LeafHash) throws(StoreError) -> Bool { try recordRow(id) != nil }

    /// A record whosever it is: for the operator's audit, never for an answer to a client.
    public func recordForAudit(_ id: LeafHash) throws(StoreError) -> StoredRecord? {
        guard let (position, row) = try recordRow(id) else { return nil }
        return try opened(row, id: id, at: position)
    }

    /// Who registered a document with this digest, all accounts, earliest first. Showing them is the caller's policy.
    public func registrations(
        withDigest digest: DocumentDigest,
        limit: Int
    ) throws(StoreError) -> [DigestMatch] {
        var matches: [DigestMatch] = []
        for row in try backend.rows(Scan(.digests, prefix: Keys.digest(digest), limit: limit)) {
            var value = ByteReader(row.value)
            guard let position = LogPosition(endOf: row.key), let account = AccountID(&value),
                let provenance = value.read(bigEndian: UInt8.self).flatMap(DigestProvenance.init), value.isAtEnd
            else { throw .malformedRow(in: .digests) }
            matches.append(
                DigestMatch(id: try id(at: position), account: account, position: position, provenance: provenance)
            )
        }
        return matches
    }

    /// Whether the registration at this place is found by this digest: one row, however many others share it.
    public func hasRegistration(
        at position: LogPosition,
        withDigest digest: DocumentDigest
    ) throws(StoreError) -> Bool {
        try backend.value(for: Keys.digest(digest) + Keys.position(position), in: .digests) != nil
    }

    /// An account's registrations in the order of the log, after a place or from the beginning.
    public func registrations(
        of account: AccountID,
        after position: LogPosition?,
        limit: Int
    ) throws(StoreError) -> [AccountRegistration] {
        let prefix = Keys.prefix(account)
        let start = position.map { Keys.accountRecord(account, $0) + [0] }
        var registrations: [AccountRegistration] = []
        for row in try backend.rows(Scan(.accountRecords, prefix: prefix, start: start, limit: limit)) {
            guard let position = LogPosition(endOf: row.key) else { throw .malformedRow(in: .accountRecords) }
            registrations.append(AccountRegistration(id: try id(at: position), position: position))
        }
        return registrations
    }

    /// What this account's idempotency key made, or `nil` when it is new.
    public func idempotentRegistration(
        _ account: AccountID,
        key: String
    ) throws(StoreError) -> IdempotentRegistration? {
        guard let value = try backend.value(for: Keys.idempotency(account, key), in: .idempotency) else { return nil }
        var reader = ByteReader(value)
        guard let id = reader.readDigest(), let digest = reader.readDigest(), reader.isAtEnd else {
            throw .malformedRow(in: .idempotency)
        }
        return IdempotentRegistration(id: LeafHash(id), requestDigest: digest)
    }

    /// Fingerprints of one algorithm in the order of the log, after a place or from the beginning; fewer than `limit`
    /// at the end. For rebuilding an index: take pages of ten thousand.
    public func fingerprints(
        _ algorithm: String,
        after position: LogPosition?,
        limit: Int
    ) throws(StoreError) -> [StoredFingerprint] {
        let prefix = Keys.fingerprints(algorithm)
        let start = position.map { prefix + Keys.position($0) + [0] }
        return try backend.rows(Scan(.fingerprints, prefix: prefix, start: start, limit: limit))
            .map { (row) throws(StoreError) in try StoredFingerprint(row) }
    }

    /// The fingerprint of the registration at a place; `nil` when it has none by this algorithm.
    public func fingerprint(_ algorithm: String, at position: LogPosition) throws(StoreError) -> StoredFingerprint? {
        let key = Keys.fingerprints(algorithm) + Keys.position(position)
        guard let value = try backend.value(for: key, in: .fingerprints) else { return nil }
        return try StoredFingerprint(Row(key: key, value: value))
    }

    /// Not kept in index rows, since the entry says it.
    private func id(at position: LogPosition) throws(StoreError) -> LeafHash {
        guard let entry = try entry(at: position) else {
            throw StoreError(.corrupted, "An index row names an entry that is not in the log.")
        }
        return LeafHash(entry: entry)
    }

    func recordRow(_ id: LeafHash) throws(StoreError) -> (LogPosition, RecordRow)? {
        guard let position = try position(of: id),
            let value = try backend.value(for: Keys.position(position), in: .records)
        else { return nil }
        return (position, try RecordRow(value))
    }

    /// - Returns: `nil` when the record was erased.
    func recordKey(_ id: LeafHash, at position: LogPosition) throws(StoreError) -> RecordKey? {
        guard let wrapped = try backend.value(for: Keys.position(position), in: .recordKeys) else {
            if try erasure(at: position) != nil { return nil }
            throw StoreError(.corrupted, "A record has lost its key. Restore the keys from a store copy.")
        }
        return try RecordKey(wrapped: wrapped, by: masterKey, id: id)
    }

    private func opened(_ row: RecordRow, id: LeafHash, at position: LogPosition) throws(StoreError) -> StoredRecord? {
        let associated = RecordRow.associatedBytes(id: id, account: row.account, original: row.original)
        guard let key = try recordKey(id, at: position) else { return nil }
        let bytes = try key.open(row.sealedRecord, authenticating: associated)
        return StoredRecord(
            id: id,
            account: row.account,
            position: position,
            bytes: bytes,
            originalByteCount: row.original?.byteCount
        )
    }
}
