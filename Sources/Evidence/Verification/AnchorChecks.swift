import Anchoring
import Bytes

/// Whether ledgers and calendars committed to a checkpoint: every kind of anchor but timestamps.
struct AnchorChecks {
    private let folder: MemberPath.CheckpointFolder
    private let record: Record?
    private let label: String
    private let judged: [Judged]

    private struct Judged {
        let name: String
        /// `nil` for a kind that this version does not know.
        let judgement: AnchorJudgement?
    }

    /// Clocks of ledgers are those of whoever makes the blocks. Bitcoin's nodes take a block whose time lies up to two
    /// hours from theirs.
    static let clockToleranceSeconds: Int64 = 7200

    init(file: EvidenceFile, folder: MemberPath.CheckpointFolder, record: Record?, trust: CheckerTrust) {
        self.folder = folder
        self.record = record
        label = file.label(of: folder)
        let all = file.anchors(of: folder).map { AnchorFile(name: $0.name, bytes: $0.bytes) }
        let checkpoint = file.outgoingCheckpoint(of: folder)
        judged = all.filter { !$0.name.hasSuffix(AnchorName.timestampEnding) }.compactMap { anchor in
            guard let kind = AnchorKinds.kind(of: anchor.name) else { return Judged(name: anchor.name, judgement: nil) }
            let judgement =
                checkpoint.map { kind.judgement(of: anchor, over: $0, companions: all, trust: trust.anchors) }
                ?? AnchorJudgement(.failed, found: "checkpoint.signed does not read", rule: "Cinnabar evidence-1")
            return judgement.standing == .companion ? nil : Judged(name: anchor.name, judgement: judgement)
        }
    }

    var checks: [VerificationCheck] {
        judged.flatMap { [check($0)] + [order($0)].compactMap(\.self) }
    }

    /// Whether somebody whom the checker believes, and who is not the log's operator, committed to the checkpoint at a
    /// time of their own.
    var hasOutsider: Bool {
        judged.compactMap(\.judgement).contains { $0.standing == .vouched && !$0.isSelfOperated && $0.seconds != nil }
    }

    /// What each leaves to be trusted or compared, by its name.
    var remains: [String] {
        judged.compactMap { anchor in anchor.judgement?.remains.map { "\(anchor.name): \($0)" } }
    }

    private func check(_ anchor: Judged) -> VerificationCheck {
        let title = "\(anchor.name) commits to the checkpoint of size \(folder.size)"
        guard let judgement = anchor.judgement else {
            return VerificationCheck(
                "anchor.\(anchor.name)@\(label)",
                .anchor,
                title,
                .notRun,
                found: "a kind of anchor that this version does not know; it was kept as it is",
                rule: "Cinnabar evidence-1"
            )
        }
        return VerificationCheck(
            "anchor.\(anchor.name)@\(label)",
            .anchor,
            title,
            status(of: judgement),
            expected: "a proof that leads from checkpoint.signed to what the checker accepts",
            found: sentence(for: judgement),
            remains: judgement.remains,
            rule: judgement.rule,
            command: judgement.command?.replacing("FOLDER", with: folder.path)
        )
    }

    private func status(of judgement: AnchorJudgement) -> VerificationCheck.Status {
        switch judgement.standing {
        case .vouched: .passed
        // Anybody can make a chain of one block: what nobody vouches for proves nothing yet.
        case .sound: .notRun
        case .pending: .notPresent
        case .failed, .companion: .failed
        }
    }

    private func sentence(for judgement: AnchorJudgement) -> String {
        guard judgement.standing != .failed else { return judgement.found }
        var parts = [judgement.found]
        if judgement.isSelfOperated { parts.append("run by the log's operator: it proves order, not a date") }
        if judgement.standing == .sound {
            parts.append("nobody whom the checker named vouches for it" + (judgement.remains.map { ": \($0)" } ?? ""))
        }
        return parts.joined(separator: "; ")
    }

    /// The record's own time against the outsider's.
    private func order(_ anchor: Judged) -> VerificationCheck? {
        guard let judgement = anchor.judgement, let seconds = judgement.seconds,
            judgement.standing == .vouched || judgement.standing == .sound
        else { return nil }
        let (sum, isTooFar) = seconds.addingReportingOverflow(Self.clockToleranceSeconds)
        let limit = isTooFar ? seconds : sum
        let isOrdered = record.map { $0.receivedAt.seconds <= limit }
        let status: VerificationCheck.Status =
            status(of: judgement) == .passed ? isOrdered.map { $0 ? .passed : .failed } ?? .notRun : .notRun
        return VerificationCheck(
            "anchor.order.\(anchor.name)@\(label)",
            .anchor,
            "The record's time of receipt is not after the anchor's",
            status,
            expected: "received before \(UTCTime(seconds: limit))",
            found: record.map { "received \($0.receivedAt)" },
            rule: "Cinnabar record-1"
        )
    }
}
