import Anchoring
import OpenSSL

/// What passing checks leave open, said plainly.
struct Remainder {
    let file: EvidenceFile
    let facts: FileFacts?
    let trust: TrustBundle

    var sentences: [String] {
        var sentences: [String] = []
        if facts == nil, file.document == nil {
            sentences.append("No file was given: nothing here says that a particular file is the registered one.")
        }
        if trust.isEmpty {
            sentences.append(
                "The keys are those inside the evidence file. Compare their fingerprints with a source of your own, or give --trust."
            )
        }
        if !hasOutsider {
            sentences.append(
                "No outsider has time-stamped the log yet: order and content are proved, a date is not. The log's operator could have made all of this at once."
            )
        }
        sentences.append("No witness cosigned the checkpoints: the log could have shown others a different tree.")
        sentences.append("The claim (title, author, owner, dates) was declared by the submitter and not checked.")
        return sentences
    }

    private var hasOutsider: Bool {
        file.checkpointFolders.flatMap { file.anchors(of: $0) }.contains { _, bytes in
            guard let timestamp = try? UnverifiedTimestamp(response: bytes) else { return false }
            return timestamp.response.token.map { $0.policy != SelfOperatedAuthority.policy } ?? false
        }
    }
}
