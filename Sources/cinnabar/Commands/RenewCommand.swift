import ArgumentParser
import AsyncHTTPClient
import Evidence
import Notary

struct RenewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew",
        abstract: "Make timestamps last: have them timestamped again before their certificates end.",
        discussion: """
            A timestamp proves something only as long as its certificate is valid or a newer timestamp covers it (RFC \
            4998). One token of an authority renews many: each evidence record gets its own path to it and grows by \
            it; the next export carries it. Run this every month. --hash-tree digests everything anew by SHA-512, for \
            the day when the old algorithm is in danger. Works on the data folder, also while `cinnabar serve` holds it.

            Without a data folder, --files renews the evidence files of a folder, by the authorities of the \
            configuration file.

            Example:
              cinnabar renew --dry-run
              cinnabar renew --days 90 --authority example
              cinnabar renew --files evidence --config cinnabar.json
            """
    )

    @Option(help: ArgumentHelp("Renew what ends within so many days.", valueName: "n"))
    var days = RenewalOrder.standardDays

    @Flag(name: .customLong("hash-tree"), help: "Digest everything anew by SHA-512, whenever it ends.")
    var isOfHashTree = false

    @Flag(name: .customLong("dry-run"), help: "Only tell what ages when.")
    var isDryRun = false

    @Option(
        help: ArgumentHelp(
            "The authority that stamps; by default the first of timestamps.authorities that answers.",
            valueName: "name"
        )
    )
    var authority: String?

    @Option(help: ArgumentHelp("Renew the evidence files in this folder instead.", valueName: "folder"))
    var files: String?

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        guard 0...RenewalOrder.daysLimit ~= days else {
            throw ValidationError("--days is a whole number from 0 to \(RenewalOrder.daysLimit).")
        }
    }

    func run() async throws {
        var order = RenewalOrder(days: days)
        (order.isOfHashTree, order.isDryRun, order.authority) = (isOfHashTree, isDryRun, authority)
        let client = HTTPClient.forOutsiders()
        let document: JSONValue
        do {
            document = try await report(on: order, client)
            try await client.shutdown()
        } catch {
            try? await client.shutdown()
            throw error
        }
        Console(output).show(document) { Self.show(document, in: &$0) }
        if (document["failed"]?.integerValue ?? 0) > 0 { throw ExitStatus.doesNotHold }
    }

    private func report(on order: RenewalOrder, _ client: HTTPClient) async throws -> JSONValue {
        if let files {
            let authorities = try folder.settings().authorities
            return try await FileRenewal(folder: files, authorities: authorities) { try await client.exchange($0) }
                .run(order)
        }
        return try await folder.withAdministration(output, exchange: { try await client.exchange($0) }) {
            try await $0.renew(order)
        }
    }

    private static func show(_ document: JSONValue, in report: inout TextReport) {
        let isDryRun = document["dryRun"] == true
        report.heading(
            isDryRun ? "Timestamps" : "Renewed",
            isDryRun ? "and when they age" : Wording.count(document.count("renewed"))
        )
        report.table(
            ["authority", "algorithm", "tokens", "ends", ""],
            (document["groups"]?.arrayValue ?? []).map { group in
                [
                    group["authority"]?.stringValue ?? "", group["algorithm"]?.stringValue ?? "",
                    Wording.count(group.count("tokens")), Wording.time(group["ends"]?.stringValue ?? ""),
                    group["due"] == true ? (isDryRun ? "due" : "was due") : "",
                ]
            }
        )
        if let name = document["stampedBy"]?.stringValue {
            report.field("stamped by", "\(name), tokens \(document.count("tokens"))")
        }
        for failure in document["failures"]?.arrayValue ?? [] {
            report.field("cannot renew", failure.stringValue ?? "")
        }
    }
}
