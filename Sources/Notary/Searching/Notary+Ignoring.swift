public import MerkleLog
import Bytes
import Evidence
import EvidenceStore
import Fingerprints
import OpenSSL

/// What accounts do not want to see, and what nobody needs to see.
extension Notary {
    /// What is meant by a request to ignore.
    public enum Ignorable: Sendable {
        /// A registration of the account itself.
        case registration(LeafHash)
        /// A match of a kept search, another account's too; counted from 1.
        case match(search: String, Int)
        /// 64 hex digits of PDQ, as a search shows them.
        case fingerprint(String)
    }

    /// From now on the account's searches leave this out. Ignored twice it is ignored once.
    ///
    /// - Throws: ``NotaryError`` with `.unknownSearch`, `.unknownMatch`, `.unknownRegistration`, `.invalidRequest`
    ///   (no fingerprint, a long note) or `.tooManyIgnored`.
    public func ignore(_ what: Ignorable, note: String? = nil, for caller: Caller) throws -> IgnoredMatch {
        try checkNote(note, limitBytes: IgnoredMatch.noteLimitBytes)
        let subject = try subject(of: what, for: caller)
        if let known = try ignored(by: caller).first(where: { $0.subject == subject }) { return known }
        let bytes = IgnoredMatch.bytes(subject, note: note)
        let id = try store.add(
            .ignored,
            bytes,
            for: caller.account,
            now: clock().milliseconds,
            limit: IgnoredMatch.countLimit
        )
        guard let id, let ignored = IgnoredMatch(id, bytes) else {
            throw NotaryError(
                .tooManyIgnored,
                "The account ignores \(IgnoredMatch.countLimit) things already. Remove some first."
            )
        }
        return ignored
    }

    /// Oldest first.
    public func ignored(by caller: Caller) throws -> [IgnoredMatch] {
        try store.remarks(.ignored, of: caller.account, limit: IgnoredMatch.countLimit)
            .compactMap { IgnoredMatch($0.id, $0.bytes) }
    }

    /// - Throws: ``NotaryError`` with `.unknownIgnored`.
    public func stopIgnoring(_ name: String, for caller: Caller) throws {
        guard let id = AccountRowID(hex: name), try store.remove(.ignored, id, of: caller.account) else {
            throw NotaryError(.unknownIgnored, "The account ignores nothing of this name. List what it ignores.")
        }
    }

    func checkNote(_ note: String?, limitBytes: Int) throws {
        guard let note else { return }
        let isPlain = note.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        guard isPlain, note.utf8.count <= limitBytes else {
            throw NotaryError(.invalidRequest, "A note is one line of at most \(limitBytes) bytes.")
        }
    }

    /// Leaves out what the account ignores and what floods it, and counts the flood.
    func sieved(_ found: [Match], pdq: PDQResult?, for caller: Caller) throws -> MatchSieve {
        let ignored = found.isEmpty ? [] : try ignored(by: caller)
        let sieve = try MatchSieve(found) { match in
            try ignored.contains { entry in
                try entry.applies(to: match) {
                    try store.fingerprint(PDQFingerprint.algorithm, at: match.position)
                        .flatMap { PDQFingerprint(bytes: $0.bytes) }
                }
            }
        }
        if sieve.setAsideCount > 0, let pdq {
            let now = clock().milliseconds
            try store.countFlood(pdq.fingerprint.bytes, pictures: sieve.setAsideCount, now: now)
        }
        return sieve
    }

    private func subject(of what: Ignorable, for caller: Caller) throws -> IgnoredMatch.Subject {
        switch what {
        case .registration(let id):
            guard try store.record(id, for: caller.account) != nil, let position = try store.position(of: id) else {
                throw NotaryError(
                    .unknownRegistration,
                    "There is no registration of your account with this id. Another account's is ignored by a search "
                        + "and the number of its match."
                )
            }
            return .registration(position, id: id.hex)
        case .match(let search, let number):
            let kept = try keptSearch(search, for: caller)
            let match = try kept.match(number)
            return .registration(match.position, id: match.json["id"]?.stringValue)
        case .fingerprint(let hex):
            guard let fingerprint = PDQFingerprint(hex: hex) else {
                throw NotaryError(.invalidRequest, "A fingerprint is 64 lower-case hexadecimal digits.")
            }
            return .fingerprint(fingerprint)
        }
    }
}
