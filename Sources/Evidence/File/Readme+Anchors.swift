import Anchoring

extension Readme {
    /// What redoes the checks of ledgers and calendars; empty when there are none, so that files without any keep
    /// their text.
    static func anchorCommands(for folder: MemberPath.CheckpointFolder, in file: EvidenceFile) -> String {
        let anchors = file.anchors(of: folder).map { AnchorFile(name: $0.name, bytes: $0.bytes) }
        let others = anchors.filter { !$0.name.hasSuffix(AnchorName.timestampEnding) }
        guard !others.isEmpty, let checkpoint = file.outgoingCheckpoint(of: folder) else { return "" }
        var lines: [String] = []
        for anchor in others {
            guard let kind = AnchorKinds.kind(of: anchor.name) else {
                lines.append("# \(anchor.name): a kind of anchor that this version does not know")
                continue
            }
            // Nobody's word counts here: the commands are the same for whoever reads them.
            let judgement = kind.judgement(of: anchor, over: checkpoint, companions: anchors, trust: AnchorTrust())
            guard judgement.standing != .companion else { continue }
            lines.append("# \(anchor.name)")
            lines += (judgement.command ?? "# it does not read")
                .replacing("FOLDER", with: folder.path).split(separator: "\n").map(String.init)
        }
        return """

            6. Ledgers and calendars committed to that checkpoint. What to compare with a node or
               an explorer of your own stands in the report of cinnabar-verify.
            \(indented(lines))

            """
    }
}
