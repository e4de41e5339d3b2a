import MerkleLog

/// Whether all checkpoints of one log show the entry at the same place: a log that shows two is two logs.
struct PlaceCheck {
    let file: EvidenceFile

    var checks: [VerificationCheck] {
        // A top log may hold several checkpoints of a lane, each at a place of its own.
        let folders = file.checkpointFolders.filter { file[.inclusionProof($0)] != nil }
        guard folders.count > 1 else { return [] }
        let places = Dictionary(grouping: folders, by: \.originDigest).values.map { folders in
            Set(folders.compactMap { file[.inclusionProof($0)].flatMap { try? TlogProof(parsing: $0) }?.index })
        }
        return [
            VerificationCheck(
                "log.place",
                .log,
                "Every checkpoint of the log has the entry at the same index",
                places.allSatisfy { $0.count == 1 } ? .passed : .failed,
                expected: "one index",
                found: places.flatMap(\.self).map(\.description).sorted().joined(separator: ", "),
                rule: "RFC 9162, 2.1: a log is append-only",
                command: "grep -h '^index' checkpoints/*/*/entry.tlog-proof"
            )
        ]
    }
}
