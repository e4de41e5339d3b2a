import Anchoring

/// Whether the evidence file has the members it must have, unchanged, and no others.
struct ContainerChecks {
    let file: EvidenceFile
    let findings: [EvidenceFile.Finding]

    var checks: [VerificationCheck] { [members, mimetype, readme] }

    private var members: VerificationCheck {
        let missing = requiredPaths.filter { file[$0] == nil }.map { "\($0.path) is missing" }
        let problems = findings.map(\.message) + missing
        return VerificationCheck(
            "container.members",
            .container,
            "Every member is known, present and undamaged",
            problems.isEmpty ? .passed : .failed,
            expected: "the members of layout evidence-1, each matching its check sum",
            found: problems.isEmpty ? "\(file.members.count) members" : problems.prefix(5).joined(separator: "; "),
            rule: "Cinnabar evidence-1",
            command: "unzip -t FILE.asice"
        )
    }

    private var requiredPaths: [MemberPath] {
        [.mimetype, .readme, .record, .entry]
            + file.members.keys.flatMap { path -> [MemberPath] in
                switch path {
                case .signedCheckpoint(let folder), .checkpoint(let folder), .inclusionProof(let folder),
                    .laneProof(let folder), .anchor(let folder, _):
                    [.signedCheckpoint(folder), .checkpoint(folder), file.proofPath(of: folder)]
                case .evidenceRecordManifest(let id), .evidenceRecord(let id):
                    [.evidenceRecordManifest(id: id), .evidenceRecord(id: id)]
                default: []
                }
            }.sorted { $0.path < $1.path }
    }

    private var hasUnknownAnchors: Bool {
        file.members.keys.contains { path in
            guard case .anchor(_, let name) = path else { return false }
            return !name.hasSuffix(AnchorName.timestampEnding) && AnchorKinds.kind(of: name) == nil
        }
    }

    private var mimetype: VerificationCheck {
        let found = file[.mimetype].map { String(decoding: $0, as: UTF8.self) }
        return VerificationCheck(
            "container.mimetype",
            .container,
            "The container names itself an ASiC-E file",
            found == EvidenceFile.mediaType ? .passed : .failed,
            expected: EvidenceFile.mediaType,
            found: found,
            rule: "ETSI EN 319 162-1, 4.4",
            command: "cat mimetype"
        )
    }

    private var readme: VerificationCheck {
        let isExpected = file[.readme] == Readme(of: file).bytes
        // Only who knows a kind of anchor can write its commands.
        let isTold = isExpected || !hasUnknownAnchors || file[.readme] == nil
        return VerificationCheck(
            "container.readme",
            .container,
            "README.txt holds the commands that follow from the other members",
            isExpected ? .passed : isTold ? .failed : .notRun,
            expected: "the text of layout evidence-1",
            found: isTold
                ? "another text: do not run its commands"
                : "another text, perhaps for anchors of kinds that this version does not know: do not run its commands",
            rule: "Cinnabar evidence-1"
        )
    }
}
