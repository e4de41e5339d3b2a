import Bytes

/// Receipts of ledgers that run Ethereum's virtual machine: `<name>.evm.json`.
public enum EVMAnchor: AnchorKind {
    public static let ending = ".evm.json"
    static let rule = "Ethereum Yellow Paper, 4.3 and appendix D; EIP-2718; Cinnabar evm-receipt-1"

    public static func judgement(
        of file: AnchorFile,
        over checkpoint: OutgoingCheckpoint,
        companions: [AnchorFile],
        trust: AnchorTrust
    ) -> AnchorJudgement {
        let finding: EVMFinding
        do {
            finding = try EVMFinding(EVMReceipt(file.bytes), over: checkpoint)
        } catch {
            return AnchorJudgement(.failed, found: error.message, rule: rule)
        }
        guard finding.outcome != .forked else {
            return judgement(.failed, "the contract holds another tree of this size", finding, file: file)
        }
        let place = "block \(finding.block.height) of chain \(finding.receipt.chainId)"
        guard finding.hasHeader else {
            return judgement(
                .sound,
                "\(place) has the transaction, as the ledger's node says: only its word, since that chain's blocks cannot "
                    + "be proven offline",
                finding,
                remains:
                    "That \(place) is 0x\(finding.block.hash) and holds transaction \(hash(of: finding)): only the "
                    + "node of the log's operator said so. Ask a node of that chain.",
                file: file
            )
        }
        let event =
            finding.outcome == .anchored
            ? "and the contract took it" : "where the contract had this tree or a later one of the log already"
        let found = "signed by \(finding.sender), in \(place), \(event)"
        switch trust.isKnown(finding.block) {
        case true?:
            return judgement(
                .vouched,
                "\(found); the block is known to the checker",
                finding,
                remains: finding.receipt.operator == EVMReceipt.selfOperator
                    ? "The log's operator runs chain \(finding.receipt.chainId): it proves order, not a date." : nil,
                file: file
            )
        case false?:
            return judgement(
                .failed,
                "the checker knows another block \(finding.block.height) of that chain",
                finding,
                file: file
            )
        case nil:
            return judgement(
                .sound,
                found,
                finding,
                remains: "That block \(finding.block.height) of chain \(finding.receipt.chainId) is "
                    + "0x\(finding.block.hash): compare it with a node or explorer of your choice, or give "
                    + "--block \(finding.block.chain):\(finding.block.height):\(finding.block.hash) once you have.",
                file: file
            )
        }
    }

    /// One member where both say the same: of two that differ in how sure the chain was, the one of more confirmations;
    /// of one that is only a node's word and one that its header proves, the proven one.
    ///
    /// Confirmations are nobody's proof, and a header that is merely there is none: anything else is kept side by side,
    /// so that no forgery takes a genuine receipt's place.
    public static func joined(_ first: [UInt8], _ second: [UInt8]) -> [UInt8]? {
        guard first != second else { return first }
        guard let one = try? EVMReceipt(first), let other = try? EVMReceipt(second), one.says(sameAs: other) else {
            return nil
        }
        if one.hasSameProof(as: other) {
            let order: (EVMReceipt, [UInt8]) -> (UInt64, String) = { ($0.finality.confirmations, Hex.encode($1)) }
            return order(one, first) < order(other, second) ? second : first
        }
        if one.isWord, other.isProven { return second }
        if other.isWord, one.isProven { return first }
        return nil
    }

    private static func judgement(
        _ standing: AnchorJudgement.Standing,
        _ found: String,
        _ finding: EVMFinding,
        remains: String? = nil,
        file: AnchorFile
    ) -> AnchorJudgement {
        AnchorJudgement(
            standing,
            found: found,
            remains: remains,
            seconds: finding.seconds,
            isSelfOperated: finding.receipt.operator == EVMReceipt.selfOperator,
            rule: rule,
            command: "python3 evm_receipt.py FOLDER/anchors/\(file.name) FOLDER/checkpoint.signed"
        )
    }

    private static func hash(of finding: EVMFinding) -> String {
        HexText.text(Keccak256.digest(of: HexText.bytes(finding.receipt.transaction.bytes) ?? []).bytes)
    }
}
