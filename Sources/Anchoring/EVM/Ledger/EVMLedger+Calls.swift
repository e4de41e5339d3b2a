import Bytes
import Secp256k1

/// How transactions are made: number, gas, fee.
extension EVMLedger {
    /// An anchor costs 35,000 to 80,000, the contract's making 500,000; an estimate past this is no estimate.
    private static let gasLimit: UInt64 = 5_000_000
    /// Nodes replace a transaction by one that pays 10 percent more.
    private static let raisePercent: UInt64 = 25
    /// Offered to makers of blocks where the node does not say: 1 gwei.
    private static let defaultPriorityWei: UInt64 = 1_000_000_000

    /// - Throws: ``OutsiderError`` with code `.misconfigured` when the node is of another chain.
    func checkChain() async throws {
        let chainID = try await client.chainID()
        guard chainID == settings.chainID else {
            throw OutsiderError(
                .misconfigured,
                "The node at ledger \(name)'s url is of chain \(chainID), not \(settings.chainID). Nothing was sent: "
                    + "correct url or chainId."
            )
        }
    }

    /// - Throws: ``OutsiderError`` with code `.misconfigured` when no contract is there.
    private func checkContract() async throws {
        guard try await client.hasCode(settings.contract) else {
            throw OutsiderError(
                .misconfigured,
                "No contract stands at \(settings.contract) on chain \(settings.chainID). Run: cinnabar anchors ledger "
                    + "\(name) deploy"
            )
        }
    }

    func freshCall(_ checkpoint: OutgoingCheckpoint) async throws -> [UInt8] {
        try await checkChain()
        // A call of an empty account succeeds and does nothing, and uses up the number that the contract needs.
        try await checkContract()
        let logID = logID(of: checkpoint.origin)
        let data = AnchorContract.anchor(
            logID: logID,
            size: checkpoint.size,
            root: checkpoint.root,
            noteHash: checkpoint.signedDigest
        )
        do {
            return try await signedCall(to: settings.contract, data)
        } catch let refusal as NodeRefusal {
            try await explain(logID)
            throw refusal
        }
    }

    /// A transaction with the next number, estimated gas and today's fee.
    func signedCall(to contract: EVMAddress?, _ data: [UInt8]) async throws -> [UInt8] {
        let estimated = try await client.estimatedGas(to: contract, data, from: address)
        guard estimated <= Self.gasLimit else {
            throw OutsiderError(
                .refused,
                "The node says that the call needs \(estimated) gas, which no call of ours does."
            )
        }
        let call = LedgerCall(
            chainID: settings.chainID,
            nonce: try await client.transactionCount(of: address, at: .pending),
            fee: try await marketFee(),
            // A quarter more than estimated: a first anchor writes more than later ones.
            gasLimit: estimated + estimated / 4,
            to: contract,
            data: data
        )
        return try call.signed(by: key)
    }

    /// Another transaction for the same checkpoint with the next free number; those before may still come.
    func renumbered(_ call: PreparedCall, for checkpoint: OutgoingCheckpoint) async throws -> [UInt8] {
        PreparedCall.bytes(try await freshCall(checkpoint), replacing: call.transactions)
    }

    /// The same transaction with a higher fee.
    ///
    /// - Throws: ``OutsiderError`` with code `.refused` at the ceiling.
    func raised(_ call: PreparedCall) async throws -> [UInt8] {
        let old = call.newest
        let ceiling = settings.feeCeilingWei
        let market = try await marketFee()
        guard let oldFee = old.maxFee, oldFee < ceiling else { throw atCeiling("The fee is at the ceiling of") }
        let fee = min(ceiling, max(Self.raised(oldFee), market.ceiling))
        guard fee > oldFee, fee - oldFee >= oldFee / 10 else {
            throw atCeiling("A higher fee would pass the ceiling of")
        }
        let raised: LedgerCall.Fee =
            switch market {
            case .legacy: .legacy(gasPrice: fee)
            case .dynamic(_, let priority):
                .dynamic(maxFee: fee, priority: min(fee, max(Self.raised(old.priority ?? 0), priority)))
            }
        let replacement = LedgerCall(
            chainID: settings.chainID,
            nonce: old.nonce,
            fee: raised,
            gasLimit: old.gasLimit,
            to: old.to,
            data: old.data
        )
        return PreparedCall.bytes(try replacement.signed(by: key), replacing: call.transactions)
    }

    /// What a transaction costs now, within the ceiling.
    private func marketFee() async throws -> LedgerCall.Fee {
        let ceiling = settings.feeCeilingWei
        switch settings.transactionType {
        case .legacy:
            let price = try await client.gasPrice()
            guard price <= ceiling else {
                throw atCeiling("Gas costs \(LedgerAmount.gwei(price)) now, over the ceiling of")
            }
            return .legacy(gasPrice: price)
        case .eip1559:
            guard let base = try await client.head(.latest)?.baseFeePerGas?.value else {
                throw OutsiderError(
                    .misconfigured,
                    "Blocks of chain \(settings.chainID) have no base fee. Set transactionType of ledger \(name) to "
                        + "legacy."
                )
            }
            guard base <= ceiling else {
                throw atCeiling("The base fee is \(LedgerAmount.gwei(base)) now, over the ceiling of")
            }
            let priority = try await client.priorityFee() ?? Self.defaultPriorityWei
            // Twice the base fee holds for six full blocks.
            let wanted = base.multipliedReportingOverflow(by: 2).partialValue.addingReportingOverflow(priority)
            let maxFee = wanted.overflow || base > ceiling / 2 ? ceiling : min(ceiling, wanted.partialValue)
            return .dynamic(maxFee: maxFee, priority: min(priority, maxFee))
        }
    }

    private static func raised(_ fee: UInt64) -> UInt64 {
        let more = fee / 100 * raisePercent + raisePercent
        return fee > .max - more ? .max : fee + more
    }

    private func atCeiling(_ start: String) -> OutsiderError {
        OutsiderError(
            .refused,
            "\(start) \(LedgerAmount.gwei(settings.feeCeilingWei)) for a unit of gas. Wait, or raise feeCeilingGwei of "
                + "ledger \(name)."
        )
    }

    /// Says why the contract refused, where it can be found out.
    private func explain(_ logID: Digest256) async throws {
        guard
            let writer = try? await AnchorContract.address(
                in: client.call(settings.contract, AnchorContract.writer(logID: logID))
            ),
            writer != address
        else { return }
        let isOpen = writer.bytes.contains { $0 != 0 }
        throw OutsiderError(
            .misconfigured,
            isOpen
                ? "The log's writer on chain \(settings.chainID) is \(writer), not our key's \(address). That writer "
                    + "proposes ours, then run: cinnabar anchors ledger \(name) accept"
                : "The log is not open on chain \(settings.chainID). Run: cinnabar anchors ledger \(name) open"
        )
    }

    /// A node's refusal that nothing above could use, as the operator reads it.
    func worded<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let refusal as NodeRefusal {
            switch refusal.meaning {
            case .insufficientFunds:
                throw OutsiderError(
                    .refused,
                    "The account \(address) of ledger \(name) cannot pay. Send it some of chain "
                        + "\(settings.chainID)'s coin. The node says: \(refusal.text)"
                )
            case .wrongChain:
                throw OutsiderError(.misconfigured, "The node is of another chain. It says: \(refusal.text)")
            case .reverted:
                throw OutsiderError(.misconfigured, "The contract refuses the call. The node says: \(refusal.text)")
            default: throw OutsiderError(.refused, "The node of ledger \(name) refuses: \(refusal.text)")
            }
        } catch let error as Secp256k1Error {
            throw OutsiderError(.misconfigured, "The key of ledger \(name) does not sign: \(error.message)")
        }
    }
}
