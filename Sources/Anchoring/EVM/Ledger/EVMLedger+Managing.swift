public import Bytes

/// What the operator does by hand: making the contract, opening the log, handing over.
extension EVMLedger {
    /// How the account, the contract and the log stand on the chain.
    public struct Status: Sendable {
        public let address: EVMAddress
        /// In coins, as people read it.
        public let balance: String
        public let hasContract: Bool
        public let logID: Digest256
        /// `nil` while the log is not open.
        public let writer: EVMAddress?
        /// To whom the writer has offered its place.
        public let proposed: EVMAddress?
        /// Leaves of the newest tree there; 0 for none.
        public let size: UInt64
        /// By the chain's clock, since 1970; 0 for none.
        public let seconds: UInt64
        public let blockNumber: UInt64
    }

    public enum Act: Sendable, Hashable {
        case deploy
        case open
        case propose(EVMAddress)
        case accept
    }

    /// What came of an act once it is in a block.
    public struct Done: Sendable {
        public let blockNumber: UInt64
        /// Where the contract stands, after `.deploy`.
        public let contract: EVMAddress?
    }

    public func status(origin: String) async throws -> Status {
        try await worded {
            try await checkChain()
            let logID = logID(of: origin)
            let hasContract = try await client.hasCode(settings.contract)
            var writer: EVMAddress?
            var proposed: EVMAddress?
            var words: [UInt64] = [0, 0, 0]
            if hasContract {
                writer = try await account(AnchorContract.writer(logID: logID))
                proposed = try await account(AnchorContract.proposed(logID: logID))
                words = try await head(of: logID)
            }
            return Status(
                address: address,
                balance: LedgerAmount.coins(try await client.balance(of: address)),
                hasContract: hasContract,
                logID: logID,
                writer: writer,
                proposed: proposed,
                size: words[0],
                seconds: words[1],
                blockNumber: words[2]
            )
        }
    }

    /// Sends one transaction.
    ///
    /// - Returns: Its hash.
    public func send(_ act: Act, origin: String) async throws -> Digest256 {
        try await worded {
            try await checkChain()
            let logID = logID(of: origin)
            let data =
                switch act {
                case .deploy: AnchorContract.creationCode
                case .open: AnchorContract.open(origin: origin)
                case .propose(let next): AnchorContract.proposeWriter(logID: logID, next: next)
                case .accept: AnchorContract.acceptWriter(logID: logID)
                }
            if act != .deploy, !(try await client.hasCode(settings.contract)) {
                throw OutsiderError(
                    .misconfigured,
                    "No contract stands at \(settings.contract) on chain \(settings.chainID). Run: cinnabar anchors ledger "
                        + "\(name) deploy"
                )
            }
            let raw = try await signedCall(to: act == .deploy ? nil : settings.contract, data)
            try await client.send(raw)
            return Keccak256.digest(of: raw)
        }
    }

    /// - Returns: `nil` while the transaction is in no block.
    /// - Throws: ``OutsiderError`` with code `.refused` if it failed there.
    public func done(_ transaction: Digest256) async throws -> Done? {
        try await worded {
            guard let receipt = try await client.receipt(of: transaction), let number = receipt.blockNumber?.value
            else {
                return nil
            }
            guard receipt.succeeded else {
                throw OutsiderError(.refused, "The contract refused the transaction in block \(number).")
            }
            return Done(
                blockNumber: number,
                contract: receipt.contractAddress.flatMap { EVMAddress($0.bytes) }
            )
        }
    }

    private func account(_ question: [UInt8]) async throws -> EVMAddress? {
        guard let account = AnchorContract.address(in: try await client.call(settings.contract, question)) else {
            throw OutsiderError(.invalidAnswer, "What stands at \(settings.contract) is not the anchor contract.")
        }
        return account.bytes.contains { $0 != 0 } ? account : nil
    }

    /// Size, time and block of the newest tree.
    private func head(of logID: Digest256) async throws -> [UInt64] {
        var reader = ByteReader(try await client.call(settings.contract, AnchorContract.head(logID: logID)))
        let words = (0..<4).compactMap { _ in reader.readDigest()?.bigEndianWords.3 }
        guard words.count == 4, reader.isAtEnd else {
            throw OutsiderError(.invalidAnswer, "What stands at \(settings.contract) is not the anchor contract.")
        }
        return [words[0], words[2], words[3]]
    }
}
