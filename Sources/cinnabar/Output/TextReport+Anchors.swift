import Evidence

extension TextReport {
    /// Outsiders and what is under way with them.
    mutating func anchors(_ document: JSONValue) {
        let outsiders = document["outsiders"]?.arrayValue ?? []
        heading("Anchors", "of a log of \(Wording.count(document["logSize"]?.integerValue ?? 0)) entries")
        table(
            ["outsider", "kind", "state", "confirmed", "due by", "under way"],
            outsiders.map { outsider in
                [
                    outsider["name"]?.stringValue ?? "",
                    (outsider["kind"]?.stringValue ?? "") + (outsider["selfOperated"] == true ? ", self-operated" : ""),
                    outsider["state"]?.stringValue ?? "",
                    Wording.count(outsider["size"]?.integerValue ?? 0),
                    outsider["dueBy"]?.stringValue.map { Wording.time($0, toSeconds: true) } ?? "-",
                    (outsider["jobs"]?.arrayValue ?? []).isEmpty
                        ? "-" : (outsider["jobs"]?.arrayValue ?? []).map(Self.word(for:)).joined(separator: ", "),
                ]
            }
        )
        for outsider in outsiders {
            guard let failure = outsider["lastFailure"]?.stringValue else { continue }
            field(outsider["name"]?.stringValue ?? "", failure, style: .yellow)
        }
        let independent = outsiders.count { $0["selfOperated"] != true }
        let quorum = document["quorum"]?.integerValue ?? 0
        if Int64(independent) < quorum, outsiders.count > 1 || independent == 0 {
            sentence(
                "\(quorum) outsiders that are not self-operated make an entry anchored, and there are \(independent)."
            )
        }
    }

    private static func word(for job: JSONValue) -> String {
        let attempts = job["attempts"]?.integerValue ?? 0
        let size = Wording.count(job["size"]?.integerValue ?? 0)
        return "\(size) \(job["state"]?.stringValue ?? "")" + (attempts > 1 ? " ×\(attempts)" : "")
    }
}
