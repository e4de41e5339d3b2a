import ArgumentParser
import Bytes
import Evidence
import Notary
import OpenSSL
import Witnessing

struct AuthorityInitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make an authority's folder with a new key and its certificates.",
        discussion: """
            The name stands in its certificates: a URL without its scheme, such as tsa.example.org. Whoever relies on \
            its tokens needs root.pem, which is in the folder.

            Example:
              cinnabar authority init --folder /srv/authority --name tsa.example.org
            """
    )

    @Option(help: ArgumentHelp("The authority's permanent name, a URL without scheme.", valueName: "name"))
    var name: String

    @OptionGroup(title: "Authority") var authority: AuthorityFolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let folder = authority.folder
        let root = try LocalAuthority.create(at: folder, name: name, nowSeconds: UTCTime.now.seconds)
        let document: JSONValue = [
            "folder": .string(folder), "root": .string("\(folder)/root.pem"),
            "rootSHA256": .string(root.fingerprint.hex),
        ]
        Console(output).show(document) { report in
            report.heading("Initialized", folder)
            report.field("root", "\(folder)/root.pem, SHA-256 \(root.fingerprint.hex)")
            report.blank()
            report.command("cinnabar authority serve --folder \(folder)", purpose: "serves it")
        }
    }
}
