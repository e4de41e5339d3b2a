public import Anchoring
public import OpenSSL

extension EvidenceFile {
    /// An evidence record of the file, with what it is over.
    public struct AgingRecord: Sendable {
        /// Names its member.
        public let id: String
        /// `checkpoint.signed`.
        public let data: [UInt8]
        public let record: UnverifiedEvidenceRecord
        fileprivate let folder: MemberPath.CheckpointFolder
    }

    /// The records over this file's timestamps that read, by id.
    public var agingRecords: [AgingRecord] {
        let folders = foldersByTimestampID
        return members.compactMap { path, bytes in
            guard case .evidenceRecord(let id) = path, let folder = folders[EvidenceRecordSet.timestampID(of: id)],
                let data = members[.signedCheckpoint(folder)], let record = try? UnverifiedEvidenceRecord(bytes)
            else { return nil }
            return AgingRecord(id: id, data: data, record: record, folder: folder)
        }.sorted { $0.id < $1.id }
    }

    /// The roots under `trust/`, as seen at stamping.
    public var timestampRoots: [SigningCertificate] { TrustMember.bundle(of: trustMembers).bundle.timestampRoots }

    /// This file with renewed records in the place of the shorter ones, and the roots of who stamped them.
    ///
    /// - Parameter renewed: By id, in DER.
    /// - Throws: ``EvidenceError`` with code `.invalidField` when a record does not go on from the one it replaces, or
    ///   does not hold under the roots of this file and `roots`.
    public func renewing(
        _ renewed: [String: [UInt8]],
        trusting roots: [SigningCertificate]
    ) throws(EvidenceError) -> EvidenceFile {
        var file = self
        for root in roots { file.members[.trust(name: TrustMember.name(of: root))] = Array(root.pem.utf8) }
        let trust = TimestampTrust.roots(file.timestampRoots)
        for aging in agingRecords {
            guard let bytes = renewed[aging.id] else { continue }
            guard let record = try? UnverifiedEvidenceRecord(bytes), aging.record.isBeginning(of: record),
                (try? record.verified(over: aging.data, trust: trust)) != nil
            else { throw EvidenceError(.invalidField, "the renewal of evidence record \(aging.id) does not hold") }
            file.members[.evidenceRecord(id: aging.id)] = bytes
        }
        file.members[.readme] = Readme(of: file).bytes
        return file
    }

    var foldersByTimestampID: [String: MemberPath.CheckpointFolder] {
        var folders: [String: MemberPath.CheckpointFolder] = [:]
        for case (.anchor(let folder, let name), let bytes) in members
        where name.hasSuffix(AnchorName.timestampEnding) {
            folders[EvidenceRecordManifest.id(ofResponse: bytes)] = folder
        }
        return folders
    }

    /// Puts the evidence records of several files together: longer ones in the place of those they go on from, and two
    /// that were renewed apart side by side.
    ///
    /// One that holds under no roots at hand is dropped where another one holds. One that does not hold under roots that
    /// all files had takes nobody's place: else a file could bring a record together with the root that vouches for it.
    mutating func joinRecords(of files: [EvidenceFile]) {
        let trust = TimestampTrust.roots(timestampRoots)
        let commonTrust = TimestampTrust.roots(Self.commonTimestampRoots(of: files))
        let folders = foldersByTimestampID
        var sets: [String: EvidenceRecordSet] = [:]
        for file in files {
            let sound = file.agingRecords.filter { aging in
                folders[EvidenceRecordSet.timestampID(of: aging.id)] != nil
                    && (try? aging.record.verified(over: aging.data, trust: trust)) != nil
            }
            for aging in sound {
                let id = EvidenceRecordSet.timestampID(of: aging.id)
                sets[id, default: EvidenceRecordSet(id: id)].add(
                    aging.record,
                    mayReplace: (try? aging.record.verified(over: aging.data, trust: commonTrust)) != nil,
                    isKeptBesideLonger: sound.contains { aging.record.isShorterBeginning(of: $0.record) }
                )
            }
        }
        for path in members.keys {
            let id: String
            switch path {
            case .evidenceRecord(let own), .evidenceRecordManifest(let own): id = own
            default: continue
            }
            if sets[EvidenceRecordSet.timestampID(of: id)] != nil { members[path] = nil }
        }
        for (timestampID, set) in sets {
            guard let folder = folders[timestampID], let signed = members[.signedCheckpoint(folder)] else { continue }
            for (id, record) in set.members {
                members[.evidenceRecord(id: id)] = record
                members[.evidenceRecordManifest(id: id)] = EvidenceRecordManifest.manifest(
                    id: id,
                    over: signed,
                    in: folder
                )
            }
        }
    }

    private static func commonTimestampRoots(of files: [EvidenceFile]) -> [SigningCertificate] {
        let roots = files.map(\.timestampRoots)
        return (roots.first ?? []).filter { root in roots.allSatisfy { $0.contains(root) } }
    }
}
