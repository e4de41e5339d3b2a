import Bytes
public import Secp256k1

/// A chain that runs Ethereum's virtual machine, on which ``AnchorContract`` keeps the log's checkpoints.
///
/// One job at a time: transactions are numbered. Every step may be taken again. That a later checkpoint of the log
/// stands there already is no failure: the transaction itself commits.
public struct EVMLedger: Outsider {
    public let settings: EVMLedgerSettings
    let client: NodeClient
    let key: Secp256k1PrivateKey
    /// Our clock, in seconds since 1970.
    let seconds: @Sendable () -> Int64

    public var name: String { settings.name }
    public var concurrency: Int { 1 }

    public init(
        settings: EVMLedgerSettings,
        key: Secp256k1PrivateKey,
        exchange: @escaping HTTPExchange,
        seconds: @escaping @Sendable () -> Int64
    ) {
        self.settings = settings
        self.key = key
        client = NodeClient(url: settings.url, exchange: exchange)
        self.seconds = seconds
    }

    /// Our account, which pays.
    public var address: EVMAddress { EVMAddress(key.publicKey) }
    var openedBy: EVMAddress { settings.openedBy ?? address }

    func logID(of origin: String) -> Digest256 {
        AnchorContract.logID(
            chainID: settings.chainID,
            contract: settings.contract,
            openedBy: openedBy,
            origin: origin
        )
    }

    public func prepare(_ checkpoint: OutgoingCheckpoint) async throws -> [UInt8] {
        try await worded { PreparedCall.bytes(try await freshCall(checkpoint)) }
    }

    public func submit(_ prepared: [UInt8], for checkpoint: OutgoingCheckpoint) async throws -> AnchorProgress {
        try await worded {
            let call = try PreparedCall(prepared)
            try await checkChain()
            return try await sent(call, for: checkpoint)
        }
    }

    public func advance(
        _ state: [UInt8],
        prepared: [UInt8],
        for checkpoint: OutgoingCheckpoint
    ) async throws -> AnchorProgress {
        try await worded {
            let call = try PreparedCall(prepared)
            try await checkChain()
            let state = LedgerState(state) ?? LedgerState(sentAt: seconds())
            for transaction in call.transactions {
                if let receipt = try await client.receipt(of: transaction.hash),
                    Self.counts(receipt, of: transaction, in: call)
                {
                    return try await included(transaction, receipt, call, state, for: checkpoint)
                }
            }
            return try await waiting(call, state, for: checkpoint)
        }
    }

    /// Sends the newest transaction; an error that says it is known already is success.
    private func sent(_ call: PreparedCall, for checkpoint: OutgoingCheckpoint) async throws -> AnchorProgress {
        let pending = AnchorProgress.pending(
            state: try LedgerState(sentAt: seconds()).encoded(),
            files: [],
            pauseSeconds: settings.pauseSeconds
        )
        do {
            try await client.send(call.newest.bytes)
            return pending
        } catch let refusal as NodeRefusal {
            if refusal.meaning == .alreadyKnown { return pending }
            // Whatever the words: if the node has it, it has it. Only that an older one still waits is no reason to
            // give up a raise of its fee that was refused.
            for (place, transaction) in call.transactions.enumerated() {
                let mayWait = place == 0 || refusal.meaning != .underpriced
                if try await isKnown(transaction, in: call, mayWait: mayWait) { return pending }
            }
            switch refusal.meaning {
            case .nonceTooLow: return .replaced(prepared: try await renumbered(call, for: checkpoint))
            case .nonceTooHigh where try await isBehindGap(call.newest):
                return .replaced(prepared: try await renumbered(call, for: checkpoint))
            case .underpriced: return .replaced(prepared: try await raised(call))
            default: throw refusal
            }
        }
    }

    /// In no block: still waiting, dropped, overtaken by another of its number, or behind a gap.
    private func waiting(
        _ call: PreparedCall,
        _ state: LedgerState,
        for checkpoint: OutgoingCheckpoint
    ) async throws -> AnchorProgress {
        let newest = call.newest
        if try await client.transactionCount(of: address, at: .latest) > newest.nonce {
            // The count and the receipts may be of two moments: asked once more before it is taken for lost.
            for transaction in call.transactions {
                guard let receipt = try await client.receipt(of: transaction.hash),
                    Self.counts(receipt, of: transaction, in: call)
                else { continue }
                return .pending(state: try state.encoded(), files: [], pauseSeconds: settings.pauseSeconds)
            }
            return .replaced(prepared: try await renumbered(call, for: checkpoint))
        }
        guard try await client.knows(newest.hash) else {
            if try await isBehindGap(newest) {
                return .replaced(prepared: try await renumbered(call, for: checkpoint))
            }
            // Dropped, by a reorganization or from the node's memory: the same bytes again.
            return try await sent(call, for: checkpoint)
        }
        if seconds() - state.sentAt >= Int64(settings.stuckSeconds) {
            if try await isBehindGap(newest) {
                return .replaced(prepared: try await renumbered(call, for: checkpoint))
            }
            return .replaced(prepared: try await raised(call))
        }
        return .pending(state: try state.encoded(), files: [], pauseSeconds: settings.pauseSeconds)
    }

    /// In a block, which may not stay.
    private func included(
        _ transaction: SignedTransaction,
        _ receipt: NodeReceipt,
        _ call: PreparedCall,
        _ state: LedgerState,
        for checkpoint: OutgoingCheckpoint
    ) async throws -> AnchorProgress {
        guard receipt.transactionHash.bytes == transaction.hash.bytes,
            let hash = receipt.blockHash.flatMap({ Digest256($0.bytes) }), let number = receipt.blockNumber?.value,
            let index = receipt.transactionIndex.value.flatMap({ Int(exactly: $0) })
        else {
            throw OutsiderError(.invalidAnswer, "The node gave the receipt of another transaction, or half of one.")
        }
        guard let confirmations = try await confirmations(of: number) else {
            var state = state
            state.block = hash.hex
            return .pending(state: try state.encoded(), files: [], pauseSeconds: settings.pauseSeconds)
        }
        guard let block = try await client.block(hash: hash),
            try await client.head(at: number)?.hash?.bytes == hash.bytes
        else {
            // A reorganization between two questions.
            return .pending(state: try state.encoded(), files: [], pauseSeconds: settings.pauseSeconds)
        }
        guard receipt.succeeded else {
            // It used up its number and did nothing. Making another tells why, if the contract refuses.
            return .replaced(prepared: try await renumbered(call, for: checkpoint))
        }
        let maker = ReceiptMaker(
            settings: settings,
            openedBy: openedBy,
            origin: checkpoint.origin,
            confirmations: confirmations
        )
        let proof = try maker.receipt(
            of: transaction.bytes,
            at: index,
            in: block,
            hash: hash,
            receipts: try await settings.proof == .header
                ? client.receipts(of: block, hash: hash)
                : Array(repeating: receipt, count: block.transactions.count)
        )
        let file = AnchorFile(name: name + EVMAnchor.ending, bytes: try proof.encoded())
        let judgement = EVMAnchor.judgement(of: file, over: checkpoint, companions: [], trust: AnchorTrust())
        guard judgement.standing != .failed else {
            throw OutsiderError(
                .invalidAnswer,
                "The receipt that the node's answers make does not hold: \(judgement.found)."
            )
        }
        return .anchored([file])
    }

    /// Blocks from this one to the newest, both counted; `nil` while the block may be taken back.
    private func confirmations(of number: UInt64) async throws -> UInt64? {
        guard let latest = try await client.head(.latest)?.number?.value else {
            throw OutsiderError(.invalidAnswer, "The node has no newest block.")
        }
        guard latest >= number else { return nil }
        let (confirmations, isPastAll) = (latest - number).addingReportingOverflow(1)
        guard !isPastAll else {
            throw OutsiderError(.invalidAnswer, "The number of the node's newest block is past all limits.")
        }
        switch settings.finality {
        case .instant: return confirmations
        case .depth(let depth): return confirmations >= depth ? confirmations : nil
        case .finalized:
            guard let finalized = try await client.head(.finalized)?.number?.value else {
                throw OutsiderError(
                    .misconfigured,
                    "The chain's node does not know finalized blocks. Set finality of ledger \(name) to a depth or, if "
                        + "its consensus never takes a block back, to instant."
                )
            }
            return finalized >= number ? confirmations : nil
        }
    }

    /// - Parameter mayWait: Whether it counts where it is in no block yet.
    private func isKnown(
        _ transaction: SignedTransaction,
        in call: PreparedCall,
        mayWait: Bool
    ) async throws -> Bool {
        if let receipt = try await client.receipt(of: transaction.hash) {
            return Self.counts(receipt, of: transaction, in: call)
        }
        guard mayWait else { return false }
        return try await client.knows(transaction.hash)
    }

    /// Whether a receipt says what becomes of the call: one that failed with an earlier number was made good by the
    /// newest already.
    private static func counts(
        _ receipt: NodeReceipt,
        of transaction: SignedTransaction,
        in call: PreparedCall
    ) -> Bool {
        receipt.succeeded || transaction.nonce == call.newest.nonce
    }

    /// Whether an earlier number is missing, so that no block can take this one.
    private func isBehindGap(_ transaction: SignedTransaction) async throws -> Bool {
        try await client.transactionCount(of: address, at: .pending) < transaction.nonce
    }
}
