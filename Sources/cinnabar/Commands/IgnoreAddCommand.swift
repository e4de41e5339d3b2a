import ArgumentParser
import Evidence

struct IgnoreAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Ignore a registration, a match or all pictures close to a fingerprint.",
        discussion: """
            Name one of: the id of a registration of yours; a search and the number of its match, another account's \
            too; a PDQ fingerprint, which leaves out registered pictures within 31 bits of it.

            Examples:
              cinnabar ignore add 4f8a…c2 --note "our logo"
              cinnabar ignore add --search 019a…7e --match 2
            """
    )

    @Argument(help: ArgumentHelp("The id of a registration of yours.", valueName: "id")) var id: Identifier?
    @Option(help: ArgumentHelp("The id of a search.", valueName: "id")) var search: String?
    @Option(help: ArgumentHelp("The number of its match, from 1.", valueName: "number")) var match: Int?
    @Option(help: ArgumentHelp("PDQ in 64 hexadecimal digits, as --json shows it.", valueName: "hex"))
    var fingerprint: String?
    @Option(help: ArgumentHelp("Why, in one line, for yourself.", valueName: "text")) var note: String?

    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws { _ = try what() }

    func run() async throws {
        let request = IgnoreRequest(what: try what(), note: note)
        let ignored = try await connection.withConnection(output) { try await $0.ignore(request) }
        Console(output).show(ignored) { report in
            report.heading("Ignored", ignored["name"]?.stringValue ?? "")
            report.command(
                "cinnabar ignore remove \(ignored["name"]?.stringValue ?? "")\(connection.flags)",
                purpose: "shows it again"
            )
        }
    }

    private func what() throws -> IgnoreRequest.What {
        switch (id, search, match, fingerprint) {
        case (let id?, nil, nil, nil): .registration(id.digest)
        case (nil, let search?, let match?, nil): .match(search: search, match)
        case (nil, nil, nil, let fingerprint?): .fingerprint(fingerprint)
        default: throw ValidationError("Name an id, or --search with --match, or --fingerprint: one of the three.")
        }
    }
}
