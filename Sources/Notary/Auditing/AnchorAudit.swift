import Anchoring
import EvidenceStore
import MerkleLog

/// Judges anchors against the checkpoints that they are for, and jobs against the anchors that they ended in.
struct AnchorAudit {
    private static let pageSize = 200

    let store: Store

    func check(_ report: inout AuditReport) throws {
        try forEachRow(of: .anchors) { try findingsAboutAnchor($0).forEach { report.find($0) } }
        try forEachRow(of: .anchorJobs) { if let finding = try findingAboutJob($0) { report.find(finding) } }
    }

    private func forEachRow(of family: Family, _ body: (Row) throws -> Void) throws {
        var last: [UInt8]?
        while true {
            let rows = try store.rows(of: family, after: last, limit: Self.pageSize)
            for row in rows { try body(row) }
            guard rows.count == Self.pageSize, let key = rows.last?.key else { return }
            last = key
        }
    }

    private func findingsAboutAnchor(_ row: Row) throws -> [String] {
        guard let anchor = store.anchor(row) else { return ["A row of anchors has not the layout of its family."] }
        guard let checkpoint = try checkpoint(ofSize: anchor.size, lane: anchor.lane) else {
            return ["An anchor by \(anchor.outsider) is for a checkpoint of size \(anchor.size) that is not there."]
        }
        guard !anchor.files.isEmpty else {
            return ["The anchor by \(anchor.outsider) over the checkpoint of size \(anchor.size) holds no files."]
        }
        let files = anchor.files.map { AnchorFile(name: $0.name, bytes: $0.bytes) }
        return files.compactMap { file in
            guard let kind = AnchorKinds.kind(of: file.name) else { return nil }
            let judgement = kind.judgement(of: file, over: checkpoint, companions: files, trust: AnchorTrust())
            guard judgement.standing == .failed else { return nil }
            return
                "The anchor \(file.name) over the checkpoint of size \(anchor.size) does not hold: \(judgement.found)"
        }
    }

    private func findingAboutJob(_ row: Row) throws -> String? {
        guard let job = store.anchorJob(row) else { return "A row of anchorJobs has not the layout of its family." }
        let name = "The job of \(job.outsider) for the checkpoint of size \(job.size)"
        guard try checkpoint(ofSize: job.size, lane: job.lane) != nil else {
            return "\(name) is for a checkpoint that is not there."
        }
        switch job.state {
        case .intended:
            return job.attempts == 0 && job.prepared.isEmpty && job.progress == nil
                ? nil : "\(name) has not begun, and was sent."
        case .prepared, .submitted:
            return job.prepared.isEmpty ? "\(name) was sent, and the bytes are not there." : nil
        case .finished:
            let anchor = try store.anchor(of: job.outsider, size: job.size, lane: job.lane)
            let timestamp = try store.firstTimestamp(atOrAfter: job.size, authority: job.outsider, lane: job.lane)
            return anchor?.isComplete == true || timestamp?.size == job.size
                ? nil : "\(name) has ended, and there is no anchor."
        }
    }

    private func checkpoint(ofSize size: TreeSize, lane: LaneID) throws -> OutgoingCheckpoint? {
        guard let stored = try store.checkpoint(ofSize: size, lane: lane) else { return nil }
        return try? OutgoingCheckpoint(stored)
    }
}
