import Anchoring
import ArgumentParser
import Bytes
import Evidence
import Notary

struct AnchorsLedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Prepare a ledger: our account, the contract, and who writes for the log.",
        discussion: """
            The ledger stands in the configuration file under anchors.ledgers. The first use of a name makes the account's key in \
            the folder of keys. Once for each ledger: send the account some of the chain's coin, then deploy, then open. A \
            contract that others made serves as well: set `contract` and only open.

              address          the account that pays; asks no node
              status           the account, the contract, and the log's newest tree there
              deploy           makes the contract: about 400,000 gas
              open             opens the log with our account as its writer
              propose ADDRESS  offers the log to another account
              accept           takes the log over, once its writer has proposed our account

            Example:
              cinnabar anchors ledger mainnet status
            """
    )

    enum Act: String, ExpressibleByArgument, CaseIterable {
        case address, status, deploy, open, propose, accept
    }

    /// Blocks come every few seconds; past this the transaction is left to itself.
    private static let waitSeconds = 120

    @Argument(help: ArgumentHelp("The ledger's name in the configuration.", valueName: "name")) var name: String
    @Argument(help: ArgumentHelp("What to do.", valueName: "act")) var act: Act
    @Argument(help: ArgumentHelp("The account that is proposed.", valueName: "address")) var account: String?

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let settings = try folder.settings()
        guard let plan = settings.ledgers.first(where: { $0.name == name }) else {
            throw CommandError(
                "ledger.unknown",
                "The configuration has no ledger \(TerminalText.printable(name)).",
                advice: "Name it under anchors.ledgers in the configuration file; Config/README.md has an example.",
                status: .usage
            )
        }
        let call = try call()
        let configuration = try NotaryConfiguration(settings)
        let keysFolder = configuration.keysFolder ?? configuration.dataFolder + "/keys"
        try await LogClient.withExchange { exchange in
            do {
                let ledger = try plan.ledger(keysFolder: keysFolder, exchange: exchange) { UTCTime.now.seconds }
                if act == .address { return showAddress(ledger, keysFolder: keysFolder) }
                let origin = try await origin()
                guard let call else { return show(try await ledger.status(origin: origin)) }
                try await perform(call, on: ledger, origin: origin)
            } catch let error as OutsiderError {
                throw CommandError("ledger.\(error.code)", error.message, status: .environment)
            }
        }
    }

    private func call() throws -> EVMLedger.Act? {
        guard act != .propose else {
            guard let next = account.flatMap({ EVMAddress($0) }) else {
                throw CommandError(
                    "ledger.address",
                    "Give the account that is to write for the log: 0x and 40 hexadecimal digits.",
                    status: .usage
                )
            }
            return .propose(next)
        }
        guard account == nil else {
            throw CommandError("ledger.address", "Only propose takes an address.", status: .usage)
        }
        switch act {
        case .deploy: return .deploy
        case .open: return .open
        case .accept: return .accept
        case .address, .status, .propose: return nil
        }
    }

    /// The log that outsiders see: with several lanes the one whose name the others begin with.
    private func origin() async throws -> String {
        let document = try await folder.withAdministration(output) { try await $0.logKeys() }
        let origins = (document["keys"]?.arrayValue ?? []).compactMap { $0["log"]?.stringValue }
        guard let origin = origins.min(by: { $0.utf8.count < $1.utf8.count }) else {
            throw CommandError("log.unknown", "The data folder has no log.", status: .environment)
        }
        return origin
    }

    private func showAddress(_ ledger: EVMLedger, keysFolder: String) {
        let address = ledger.address.description
        Console(output).show([
            "ledger": .string(name), "address": .string(address),
            "contract": .string(ledger.settings.contract.description),
        ]) { report in
            report.field("address", address)
            report.field("chain", String(ledger.settings.chainID))
            report.field("contract", ledger.settings.contract.description)
            report.blank()
            report.sentence(
                "Its key is \(LedgerKeyFile.path(ofLedger: name, in: keysFolder)): keep a copy where keys are kept."
            )
            report.command(
                "cinnabar anchors ledger \(name) status\(folder.flags)",
                purpose: "shows what is to be done next"
            )
        }
    }

    private func show(_ status: EVMLedger.Status) {
        var document: [String: JSONValue] = [
            "ledger": .string(name), "address": .string(status.address.description), "balance": .string(status.balance),
            "hasContract": .bool(status.hasContract), "logId": .string("0x" + status.logID.hex),
            "size": .integer(status.size), "block": .integer(status.blockNumber),
        ]
        document["writer"] = status.writer.map { .string($0.description) }
        document["proposed"] = status.proposed.map { .string($0.description) }
        Console(output).show(.object(document)) { report in
            report.field("address", status.address.description)
            report.field("balance", "\(status.balance) of the chain's coin")
            report.field("contract", status.hasContract ? "stands" : "not there")
            report.field("log's id", "0x" + status.logID.hex)
            report.field("writer", status.writer?.description ?? "none: the log is not open")
            if let proposed = status.proposed { report.field("proposed", proposed.description) }
            if status.size > 0 {
                report.field("newest tree", "\(Wording.count(status.size)) entries, block \(status.blockNumber)")
            }
            guard let next = next(status) else { return }
            report.blank()
            report.command("cinnabar anchors ledger \(name) \(next.act)\(folder.flags)", purpose: next.purpose)
        }
    }

    private func next(_ status: EVMLedger.Status) -> (act: String, purpose: String)? {
        if !status.hasContract { return ("deploy", "makes the contract, once the account has coins") }
        if status.writer == nil { return ("open", "opens the log") }
        if status.proposed == status.address { return ("accept", "takes the log over") }
        return nil
    }

    private func perform(_ call: EVMLedger.Act, on ledger: EVMLedger, origin: String) async throws {
        let transaction = try await ledger.send(call, origin: origin)
        for _ in 0..<Self.waitSeconds {
            if let done = try await ledger.done(transaction) { return show(done, transaction, ledger) }
            try await Task.sleep(for: .seconds(1))
        }
        throw CommandError(
            "ledger.waiting",
            "Transaction 0x\(transaction.hex) is sent and in no block after \(Self.waitSeconds) seconds.",
            advice:
                "Look at it in an explorer of the chain, or ask `cinnabar anchors ledger \(name) status` again later.",
            status: .environment
        )
    }

    private func show(_ done: EVMLedger.Done, _ transaction: Digest256, _ ledger: EVMLedger) {
        var document: [String: JSONValue] = [
            "ledger": .string(name), "transaction": .string("0x" + transaction.hex),
            "block": .integer(done.blockNumber),
        ]
        document["contract"] = done.contract.map { .string($0.description) }
        Console(output).show(.object(document)) { report in
            report.heading(act == .deploy ? "Deployed" : "Done", name)
            report.field("transaction", "0x" + transaction.hex)
            report.field("block", String(done.blockNumber))
            guard let contract = done.contract else { return }
            report.field("contract", contract.description)
            report.blank()
            if contract != ledger.settings.contract {
                report.sentence("Set contract of anchors.ledgers.\(name) to this address: another one is in force.")
            }
            report.command("cinnabar anchors ledger \(name) open\(folder.flags)", purpose: "opens the log")
        }
    }
}
