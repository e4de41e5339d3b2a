import OpenSSL

/// What passing checks leave open, said plainly.
struct Remainder {
    let hasFile: Bool
    let trust: CheckerTrust
    /// Whether an outsider who counts, and whom the log's operator does not run, committed to a checkpoint.
    let hasOutsider: Bool
    let folderCount: Int
    /// Whether a checkpoint is cosigned as the checker's policy asks.
    let isWitnessed: Bool
    /// What each outsider must still be believed.
    let ofOutsiders: [String]

    var sentences: [String] {
        var sentences: [String] = []
        if !hasFile {
            sentences.append("No file was given: nothing here says that a particular file is the registered one.")
        }
        if trust.chosen == nil {
            sentences.append(
                "The keys and roots are those inside the evidence file. Compare their fingerprints with a source "
                    + "of your own, or give --trust."
            )
        }
        if trust.chosen?.logKeys.isEmpty == true {
            sentences.append("No log key was given: nothing here says which log the entry is in.")
        }
        if !hasOutsider {
            sentences.append(
                "No outsider that counts has timestamped or anchored the log: order and content are proved, a date is not. "
                    + "The log's operator could have made all of this at once."
            )
        }
        sentences += ofOutsiders
        if folderCount > 1 {
            sentences.append(
                "That the later checkpoints extend the earlier ones was not checked: ask the log for a proof."
            )
        }
        if !isWitnessed {
            sentences.append(
                "No witness that counts cosigned the checkpoints: the log could have shown others a different tree."
            )
        }
        sentences.append("The claim (title, author, owner, dates) was declared by the submitter and not checked.")
        return sentences
    }
}
