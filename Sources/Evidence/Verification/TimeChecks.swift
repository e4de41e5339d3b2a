public import Anchoring
import Bytes
import OpenSSL

/// Whether timestamp authorities committed to a checkpoint, and when.
struct TimeChecks {
    let file: EvidenceFile
    let folder: MemberPath.CheckpointFolder
    let record: Record?
    let trust: CheckerTrust

    /// Clocks of different machines differ; a record that claims to be received later than this after the timestamp of
    /// a tree that holds it was not honest about one of the two.
    static let clockToleranceSeconds: Int64 = 600

    var checks: [VerificationCheck] {
        guard !file.anchors(of: folder).isEmpty else {
            return [
                VerificationCheck(
                    "time.anchors@\(file.label(of: folder))",
                    .time,
                    "Outsiders committed to the checkpoint of size \(folder.size)",
                    .notPresent,
                    found: "no anchor yet",
                    rule: "RFC 3161"
                )
            ]
        }
        return timestamps.flatMap { checks(forTimestamp: $0.name, $0.bytes) }
    }

    private func checks(forTimestamp name: String, _ bytes: [UInt8]) -> [VerificationCheck] {
        let label = "\(name)@\(file.label(of: folder))"
        let signed = file[.signedCheckpoint(folder)] ?? []
        let title = "\(name.dropLast(4)) timestamped the checkpoint of size \(folder.size)"
        do throws(TimestampError) {
            let judged = try trust.judged(bytes, over: signed)
            let sentence = Self.sentence(for: judged.timestamp)
            return [
                VerificationCheck(
                    "time.\(label)",
                    .time,
                    title,
                    judged.isVouchedFor ? .passed : .notRun,
                    expected: "a timestamp of checkpoint.signed by an authority in the trust bundle",
                    found: judged.isVouchedFor
                        ? sentence : "\(sentence); its root is not in the trust bundle, so it vouches for nothing",
                    rule: "RFC 3161, RFC 5816",
                    command: command(name, judged.timestamp)
                ), order(label, judged),
            ] + evidenceRecords(label, bytes, isVouchedFor: judged.isVouchedFor)
        } catch {
            return [
                VerificationCheck(
                    "time.\(label)",
                    .time,
                    title,
                    .failed,
                    expected: "a timestamp of checkpoint.signed",
                    found: error.message,
                    rule: "RFC 3161, RFC 5816"
                )
            ] + evidenceRecords(label, bytes, isVouchedFor: true)
        }
    }

    /// Those by authorities that count.
    var vouchedTimestamps: [VerifiedTimestamp] {
        let signed = file[.signedCheckpoint(folder)] ?? []
        return timestamps.compactMap { _, bytes in
            guard let judged = try? trust.judged(bytes, over: signed), judged.isVouchedFor else { return nil }
            return judged.timestamp
        }
    }

    private var timestamps: [(name: String, bytes: [UInt8])] {
        file.anchors(of: folder).filter { $0.name.hasSuffix(AnchorName.timestampEnding) }
    }

    private func command(_ name: String, _ verified: VerifiedTimestamp) -> String {
        "openssl ts -verify -data \(MemberPath.signedCheckpoint(folder).path) "
            + "-in \(MemberPath.anchor(folder, name: name).path) "
            + "-CAfile trust/\(verified.root.map(TrustMember.name(of:)) ?? "ROOT.pem") -attime \(verified.token.genTimeSeconds)"
    }

    static func sentence(for verified: VerifiedTimestamp) -> String {
        let time = UTCTime(seconds: verified.token.genTimeSeconds)
        return verified.isSelfOperated
            ? "\(time) by \(verified.authority.subject), run by the log's operator: it proves order, not a date"
            : "\(time) by \(verified.authority.subject)"
    }

    /// The record's own time against the authority's.
    private func order(_ label: String, _ judged: CheckerTrust.JudgedTimestamp) -> VerificationCheck {
        let limit = judged.timestamp.token.genTimeSeconds + Self.clockToleranceSeconds
        let isOrdered = record.map { $0.receivedAt.seconds <= limit }
        let status: VerificationCheck.Status =
            judged.isVouchedFor ? isOrdered.map { $0 ? .passed : .failed } ?? .notRun : .notRun
        return VerificationCheck(
            "time.order.\(label)",
            .time,
            "The record's time of receipt is not after the timestamp",
            status,
            expected: "received before \(UTCTime(seconds: limit))",
            found: record.map { "received \($0.receivedAt)" },
            rule: "Cinnabar record-1"
        )
    }

    private func evidenceRecords(_ label: String, _ response: [UInt8], isVouchedFor: Bool) -> [VerificationCheck] {
        EvidenceRecordCheck(
            file: file,
            folder: folder,
            trust: trust,
            label: label,
            response: response,
            isVouchedFor: isVouchedFor
        ).checks
    }
}

extension VerifiedTimestamp {
    /// Whether the log's own operator runs the authority: known by the policy that such tokens carry.
    public var isSelfOperated: Bool { token.policy == SelfOperatedAuthority.policy }
}
