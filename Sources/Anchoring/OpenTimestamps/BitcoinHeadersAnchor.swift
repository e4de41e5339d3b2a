/// `.ots-headers.json`: the headers of the blocks that the proofs beside it lead to.
public enum BitcoinHeadersAnchor: AnchorKind {
    public static let ending = ".ots-headers.json"

    private static let rule = "Bitcoin block headers by height"

    public static func judgement(
        of file: AnchorFile,
        over checkpoint: OutgoingCheckpoint,
        companions: [AnchorFile],
        trust: AnchorTrust
    ) -> AnchorJudgement {
        do {
            let headers = try BitcoinHeaders(json: file.bytes)
            let heights = headers.byHeight.keys.sorted().map(String.init).joined(separator: ", ")
            return AnchorJudgement(.companion, found: "Headers of height \(heights), for the proof beside", rule: rule)
        } catch {
            return AnchorJudgement(.failed, found: error.message, rule: rule)
        }
    }

    public static func joined(_ first: [UInt8], _ second: [UInt8]) -> [UInt8]? {
        if first == second { return first }
        guard let first = try? BitcoinHeaders(json: first), let second = try? BitcoinHeaders(json: second),
            let both = first.union(second), both.byHeight.count <= BitcoinHeaders.countLimit
        else { return nil }
        return both.json
    }
}
