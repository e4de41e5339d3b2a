import ArgumentParser
import Evidence

struct WatchCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a watch.",
        discussion: """
            Its secret is shown this once. Posts to the webhook carry the header Cinnabar-Signature, \
            t=MILLISECONDS,v1=HEX: HEX is HMAC-SHA256, under the secret's text, of MILLISECONDS, a point and the body.
            """
    )

    @Argument(help: ArgumentHelp("What to call it.", valueName: "name")) var name: String
    @OptionGroup(title: "What it looks for") var watch: WatchOptions
    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let made = try await connection.withConnection(output) { try await $0.createWatch(watch.order(named: name)) }
        Console(output).show(made) { report in
            report.heading("Made", "watch \(name)")
            report.field("id", made["id"]?.stringValue ?? "")
            report.field("secret", made["secret"]?.stringValue ?? "")
            report.sentence("The secret is not shown again.", style: .dim)
        }
    }
}
