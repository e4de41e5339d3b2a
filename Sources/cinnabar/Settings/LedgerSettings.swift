import Anchoring
import Evidence
import Notary

/// A ledger as the configuration file names it, under `anchors.ledgers.<name>`.
struct LedgerSettings: OutsiderSettings {
    static let key = "anchors.ledgers"

    private static let keys = [
        "url", "chainId", "contract", "openedBy", "transactionType", "feeCeilingGwei", "finality", "proof",
        "selfOperated", "intervalSeconds", "deadlineSeconds", "pauseSeconds", "stuckSeconds",
    ]
    /// Ethereum has been above it for days of its life.
    private static let standardFeeCeilingGwei: Int64 = 100
    /// Past it 64 bits of wei are full.
    private static let feeCeilingLimitGwei: Int64 = 10_000_000_000
    /// Finality takes a quarter of an hour on Ethereum; a chain that stood still for an hour has made up for it by then.
    private static let standardDeadlineSeconds = 7200

    let name: String
    let url: String
    let chainID: UInt64
    /// `nil` until it is deployed by the account's first transaction, whose contract's address is known before.
    let contract: EVMAddress?
    let openedBy: EVMAddress?
    let transactionType: EVMLedgerSettings.TransactionType
    let feeCeilingWei: UInt64
    let finality: EVMLedgerSettings.Finality
    let proof: EVMLedgerSettings.Proof
    let isSelfOperated: Bool
    let intervalSeconds: Int
    let deadlineSeconds: Int
    let pauseSeconds: Int
    let stuckSeconds: Int

    static func plan(name: String, _ members: [String: JSONValue], path: String) throws -> OutsiderPlan {
        let settings = try LedgerSettings(name: name, members, path: path)
        return OutsiderPlan(
            name: name,
            kind: .ledger,
            intervalSeconds: settings.intervalSeconds,
            deadlineSeconds: settings.deadlineSeconds,
            isSelfOperated: settings.isSelfOperated
        ) { surroundings in
            try settings.ledger(
                keysFolder: surroundings.keysFolder,
                exchange: surroundings.exchange,
                seconds: { surroundings.milliseconds() / 1000 }
            )
        }
    }

    init(name: String, _ members: [String: JSONValue], path: String) throws {
        func failure(_ member: String, _ words: String) -> CommandError {
            SettingsFile.failure(path, "\(Self.key).\(TerminalText.printable(name)).\(member) \(words)")
        }
        func address(_ member: String) throws -> EVMAddress? {
            guard let value = members[member] else { return nil }
            guard let address = value.stringValue.flatMap({ EVMAddress($0) }) else {
                throw failure(member, "is not 0x and 40 hexadecimal digits")
            }
            return address
        }
        func choice<Value: RawRepresentable & CaseIterable>(_ member: String, _ standard: Value) throws -> Value
        where Value.RawValue == String {
            guard let value = members[member] else { return standard }
            guard let choice = value.stringValue.flatMap(Value.init(rawValue:)) else {
                throw failure(member, "is not one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            return choice
        }
        if let unknown = members.keys.sorted().first(where: { !Self.keys.contains($0) }) {
            throw SettingsFile.unknownKey("\(Self.key).\(name).\(unknown)", path)
        }
        guard let url = members["url"]?.stringValue, url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw failure("url", "is not an http or https URL")
        }
        guard let chainID = members["chainId"]?.integerValue, chainID > 0, UInt64(chainID) < LedgerCall.chainIDLimit
        else {
            throw failure("chainId", "is not a positive whole number")
        }
        let ceiling = (members["feeCeilingGwei"] ?? .integer(Self.standardFeeCeilingGwei)).integerValue
        guard let ceiling, (0...Self.feeCeilingLimitGwei).contains(Int64(ceiling)) else {
            throw failure("feeCeilingGwei", "is not a whole number from 0 to \(Self.feeCeilingLimitGwei)")
        }
        guard let isSelfOperated = (members["selfOperated"] ?? false).boolValue else {
            throw failure("selfOperated", "is not true or false")
        }
        guard let finality = Self.finality(members["finality"] ?? "finalized") else {
            throw failure("finality", "is not finalized, instant, or a number of blocks from 1 to 100000")
        }
        func seconds(_ member: String, _ standard: Int) throws -> Int {
            try Self.seconds(member, of: name, members, standard: standard, path: path)
        }
        self.name = name
        self.url = url
        self.chainID = UInt64(chainID)
        contract = try address("contract")
        openedBy = try address("openedBy")
        transactionType = try choice("transactionType", .eip1559)
        feeCeilingWei = UInt64(ceiling) * 1_000_000_000
        self.finality = finality
        proof = try choice("proof", .header)
        self.isSelfOperated = isSelfOperated
        intervalSeconds = try seconds("intervalSeconds", Self.standardIntervalSeconds)
        deadlineSeconds = try seconds("deadlineSeconds", Self.standardDeadlineSeconds)
        pauseSeconds = try seconds("pauseSeconds", EVMLedgerSettings.defaultPauseSeconds)
        stuckSeconds = try seconds("stuckSeconds", EVMLedgerSettings.defaultStuckSeconds)
    }

    /// A text, or a number of blocks.
    private static func finality(_ value: JSONValue) -> EVMLedgerSettings.Finality? {
        if let depth = value.integerValue { return (1...100_000).contains(depth) ? .depth(UInt64(depth)) : nil }
        switch value.stringValue {
        case "finalized": return .finalized
        case "instant": return .instant
        default: return nil
        }
    }

    /// - Parameter keysFolder: Where the account's key is, made at its first use.
    func ledger(
        keysFolder: String,
        exchange: @escaping HTTPExchange,
        seconds: @escaping @Sendable () -> Int64
    ) throws -> EVMLedger {
        let key = try LedgerKeyFile.bytes(ofLedger: name, in: keysFolder)
        guard let contract = contract ?? EVMLedger.firstContract(ofKey: key) else {
            throw OutsiderError(.misconfigured, "The key of ledger \(name) is none.")
        }
        return try EVMLedger(
            settings: EVMLedgerSettings(
                name: name,
                url: url,
                chainID: chainID,
                contract: contract,
                openedBy: openedBy,
                transactionType: transactionType,
                feeCeilingWei: feeCeilingWei,
                finality: finality,
                proof: proof,
                isSelfOperated: isSelfOperated,
                pauseSeconds: pauseSeconds,
                stuckSeconds: stuckSeconds
            ),
            key: key,
            exchange: exchange,
            seconds: seconds
        )
    }
}
