import Bytes
import MerkleLog
import OpenSSL

/// The keys of all rows. Integers are big-endian, so that rows sort by number; every prefix that is scanned has a
/// fixed length or carries its length.
///
/// | Family | Key | Value |
/// |---|---|---|
/// | configuration | `format` | version (4) |
/// | | `master-key-check` | sealed constant |
/// | | `lane/` lane (2) | origin, UTF-8 |
/// | | `feed/` lane (2) | index (8): registrations before it were compared with the feed |
/// | | `purge` | place of the last erasure, while its key's bytes may still lie in files |
/// | | `anchors-paused/` outsider | since when (8) |
/// | | `anchors-since/` outsider | since when the log has had it (8) |
/// | checkpoints | lane (2) ‖ size (8) | batch time (8) ‖ signed checkpoint |
/// | entries | lane (2) ‖ index of the first (8) | up to 64 entries as an entry bundle, never rewritten |
/// | notices | lane (2) ‖ index (8) | nothing |
/// | logKeys | lane (2) ‖ least size of a checkpoint that the key signs (8) | the key as C2SP signed-note writes it |
/// | laneCheckpoints | lane (2) ‖ size (8) | the top log's lane (2) ‖ index there (8) |
/// | tiles | lane (2) ‖ level (1) ‖ index (8) | 32 × width, rewritten until the width is 256 |
/// | positions | id (32) | lane (2) ‖ index (8) |
/// | records | lane (2) ‖ index (8) | ``RecordRow`` |
/// | recordKeys | lane (2) ‖ index (8) | record key sealed by the master key |
/// | accountRecords | account (4) ‖ lane (2) ‖ index (8) | nothing |
/// | digests | algorithm (1) ‖ digest ‖ lane (2) ‖ index (8) | account (4) ‖ ``DigestProvenance`` (1) |
/// | fingerprints | name length (1) ‖ name ‖ lane (2) ‖ index (8) | account (4) ‖ id (32) ‖ quality (1) ‖ bytes |
/// | derived | lane (2) ‖ index (8) ‖ name | sealed by the record's key |
/// | idempotency | account (4) ‖ SHA-256 of the key (32) | id (32) ‖ request digest (32) |
/// | originals | object (16) ‖ chunk (4) | sealed chunk |
/// | pendingOriginals | object (16) | nothing |
/// | accounts | account (4) | policy (1) ‖ limit (8) ‖ created (8) ‖ name, UTF-8 |
/// | accountAuthorities | account (4) | names joined by newlines, UTF-8 |
/// | tokens | SHA-256 of the token (32) | account (4) ‖ created (8) ‖ revoked or 0 (8) ‖ label, UTF-8 |
/// | timestamps | lane (2) ‖ name length (1) ‖ authority ‖ size (8) ‖ obtained (8) | imprint length (1) ‖ imprint ‖ response |
/// | renewedRecords | as of timestamps | evidence record (RFC 4998), DER |
/// | anchorJobs | lane (2) ‖ name length (1) ‖ outsider ‖ size (8) | ``StoredAnchorJob`` |
/// | anchors | lane (2) ‖ name length (1) ‖ outsider ‖ size (8) | ``StoredAnchor`` |
/// | cosignatures | lane (2) ‖ size (8) ‖ key id (4) | the witness's line, UTF-8, without newline |
/// | witnesses | lane (2) ‖ key id (4) | size (8) |
/// | erasures | lane (2) ‖ index (8) | receipt, a signed note |
/// | watches | account (4) ‖ watch (16) | key length (2) ‖ key sealed by the master key ‖ sealed watch |
/// | feedPictures | number (8) | watch (16) ‖ account (4) ‖ seen (8) ‖ SHA-256 (32) ‖ sealed picture |
/// | feedSeen | watch (16) ‖ SHA-256 of a picture, or of a pair (32) | number of the picture or hit (8) |
/// | feedHits | watch (16) ‖ number (8) | sealed hit |
/// | feedDeliveries | due (8) ‖ watch (16) ‖ number (8) | account (4) ‖ attempts (2) |
/// | searches | account (4) ‖ search (16) | end (8) ‖ search key sealed by the master key |
/// | searchData | account (4) ‖ search (16) ‖ chunk (4) | sealed chunk: 0 is the answer, from 1 on the picture |
/// | ignored | account (4) ‖ time (6) ‖ random (10) | what is ignored, sealed by the master key |
/// | feedback | account (4) ‖ time (6) ‖ random (10) | what was said, sealed by the master key |
/// | floods | fingerprint (32) | first (8) ‖ last (8) ‖ searches (8) ‖ greatest number of pictures (8) |
/// | calendar | `w` ‖ commitment (32) | nothing: it waits for a round |
/// | | `c` ‖ commitment (32) | round (8) ‖ place in the round (4) |
/// | | `r` ‖ round (8) | commitments of the round (32 each), never rewritten |
/// | | `p` ‖ round (8) | what calendars said of the round's root, as OpenTimestamps writes it |
/// | | `o` ‖ round (8) | nothing: the round is not complete |
///
/// Times are milliseconds since 1970 in UTC.
enum Keys {
    static let format = Array("format".utf8)
    static let masterKeyCheck = Array("master-key-check".utf8)

    static let purge = Array("purge".utf8)

    static let lanePrefix = Array("lane/".utf8)

    static func lane(_ lane: LaneID) -> [UInt8] { lanePrefix + prefix(lane) }

    static func prefix(_ lane: LaneID) -> [UInt8] {
        var key: [UInt8] = []
        key.append(bigEndian: lane.rawValue)
        return key
    }

    static func prefix(_ account: AccountID) -> [UInt8] {
        var key: [UInt8] = []
        key.append(bigEndian: account.rawValue)
        return key
    }

    static func position(_ position: LogPosition) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(LogPosition.byteCount)
        position.append(to: &key)
        return key
    }

    static func checkpoint(_ lane: LaneID, _ size: TreeSize) -> [UInt8] {
        position(LogPosition(lane: lane, index: LeafIndex(size.value)))
    }

    static func tile(_ id: TileID, _ lane: LaneID) -> [UInt8] {
        var key = prefix(lane)
        key.append(UInt8(id.level))
        key.append(bigEndian: id.index)
        return key
    }

    static func accountRecord(_ account: AccountID, _ position: LogPosition) -> [UInt8] {
        var key = prefix(account)
        position.append(to: &key)
        return key
    }

    static func accountRow(_ account: AccountID, _ id: AccountRowID) -> [UInt8] { prefix(account) + id.bytes }

    static func searchChunk(_ account: AccountID, _ search: AccountRowID, _ number: UInt32) -> [UInt8] {
        var key = accountRow(account, search)
        key.append(bigEndian: number)
        return key
    }

    static func digest(_ digest: DocumentDigest) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(1 + digest.bytes.count + LogPosition.byteCount)
        key.append(digest.algorithm.storageCode)
        key += digest.bytes
        return key
    }

    static func fingerprints(_ algorithm: String) -> [UInt8] { named(algorithm) }

    static func derived(_ position: LogPosition, _ name: String) -> [UInt8] { Self.position(position) + name.utf8 }

    static func idempotency(_ account: AccountID, _ key: String) -> [UInt8] {
        prefix(account) + SHA256.digest(of: Array(key.utf8)).bytes
    }

    static func chunk(_ object: ObjectID, _ number: UInt32) -> [UInt8] {
        var key = object.bytes
        key.append(bigEndian: number)
        return key
    }

    static func cosignature(_ lane: LaneID, _ size: TreeSize, keyID: UInt32) -> [UInt8] {
        var key = checkpoint(lane, size)
        key.append(bigEndian: keyID)
        return key
    }

    static func witness(_ lane: LaneID, keyID: UInt32) -> [UInt8] {
        var key = prefix(lane)
        key.append(bigEndian: keyID)
        return key
    }

    static func watch(_ account: AccountID, _ id: WatchID) -> [UInt8] { prefix(account) + id.bytes }

    static func feedSeen(_ watch: WatchID, _ digest: Digest256) -> [UInt8] { watch.bytes + digest.bytes }

    static func feedHit(_ watch: WatchID, _ number: UInt64) -> [UInt8] { watch.bytes + Self.number(number) }

    static func feedDelivery(_ due: Int64, _ watch: WatchID, _ number: UInt64) -> [UInt8] {
        Self.number(UInt64(bitPattern: due)) + feedHit(watch, number)
    }

    static func feedCursor(_ lane: LaneID) -> [UInt8] { Array("feed/".utf8) + prefix(lane) }

    static func number(_ number: UInt64) -> [UInt8] {
        var key: [UInt8] = []
        key.append(bigEndian: number)
        return key
    }

    /// - Parameter kind: The letter that begins the rows of a kind.
    static func calendar(_ kind: Character, _ round: UInt64) -> [UInt8] { Array(String(kind).utf8) + number(round) }

    static func calendar(_ kind: Character, _ commitment: Digest256) -> [UInt8] {
        Array(String(kind).utf8) + commitment.bytes
    }

    static func timestamps(_ lane: LaneID, _ authority: String) -> [UInt8] { prefix(lane) + named(authority) }

    /// Of jobs and of anchors.
    static func anchors(_ lane: LaneID, _ outsider: String) -> [UInt8] { prefix(lane) + named(outsider) }

    static func anchor(_ lane: LaneID, _ outsider: String, _ size: TreeSize) -> [UInt8] {
        anchors(lane, outsider) + number(size.value)
    }

    static let pausePrefix = Array("anchors-paused/".utf8)

    static let anchorStartPrefix = Array("anchors-since/".utf8)

    /// A name with its length before it, so that no name is another's prefix.
    ///
    /// - Precondition: The name is at most 255 bytes of UTF-8.
    private static func named(_ name: String) -> [UInt8] { [UInt8(name.utf8.count)] + name.utf8 }
}

extension DigestAlgorithm {
    /// Stands in keys of `digests`; never changes meaning.
    var storageCode: UInt8 {
        switch self {
        case .sha256: 1
        case .sm3: 2
        case .sha384: 3
        case .sha512: 4
        }
    }
}

extension [UInt8] {
    /// The least key greater than every key that begins with these bytes; `nil` when there is none.
    var firstKeyAfterPrefix: [UInt8]? {
        guard let position = lastIndex(where: { $0 != 0xFF }) else { return nil }
        return self[..<position] + [self[position] + 1]
    }
}
