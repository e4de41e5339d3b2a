import ArgumentParser
import Evidence

struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find earlier registrations of a file or of the same picture.",
        discussion: """
            Finds the same bytes, and for pictures near copies: recompressed, resized, brightened, flipped or turned. \
            For documents (PDF, DOCX, ODT, HTML, plain text) it finds those with nearly the same text, and shows the \
            clauses that differ. \
            What it cannot find is listed with the result. Nothing is registered or kept.

            Example:
              cinnabar search suspicious.jpg
            """
    )

    @Argument(help: ArgumentHelp("The files.", valueName: "file")) var files: [String]

    @Option(help: ArgumentHelp("The file's media type, instead of what its name says.", valueName: "type"))
    var mediaType: String?

    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let console = Console(output)
        for path in files { _ = try InputFile(path) }
        let items = try await connection.withConnection(output) { notary in
            try await files.eachOutcome { path, members in
                let file = try InputFile(path)
                let progress = Progress(path, .bytes, console: console)
                let size = Int(file.sizeBytes)
                defer { progress.finish() }
                let named = mediaType ?? DeclaredMediaType.named(by: path)
                members["search"] = try await notary.search(file, mediaType: named) {
                    progress.update(Int($0), of: size)
                }
            }
        }
        console.show(["searches": .array(items.map(\.json))]) { report in
            for item in items { item.describe(in: &report) { $0.search($1["search"] ?? .null, file: item.name) } }
        }
        if let status = items.failureStatus { throw status }
    }
}
