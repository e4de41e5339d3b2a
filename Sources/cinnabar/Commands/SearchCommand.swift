import ArgumentParser
import Evidence

struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find earlier registrations of a file, of the same picture, or of parts of it.",
        discussion: """
            Finds the same bytes, and for pictures copies: recompressed, resized, brightened, flipped or turned, and \
            where details can be compared, crops and collages too. For documents (PDF, DOCX, ODT, HTML, plain text) it \
            finds those with nearly the same text, and shows the clauses that differ. What it cannot find is listed \
            with the result. Nothing is registered. The answer and the picture are kept encrypted for a while \
            (search.keepSeconds), so that a match can be drawn, ignored or judged.

            Examples:
              cinnabar search suspicious.jpg
              cinnabar search suspicious.jpg --overlay why.png
            """
    )

    @Argument(help: ArgumentHelp("The files.", valueName: "file")) var files: [String]

    @Option(help: ArgumentHelp("The file's media type, instead of what its name says.", valueName: "type"))
    var mediaType: String?

    @Option(
        help: ArgumentHelp(
            "Draw the matches among your own registrations: both pictures, what matches outlined, what differs tinted. "
                + "A name that ends in .png takes the first match; a folder takes a PNG for each.",
            valueName: "file.png or folder"
        )
    )
    var overlay: String?

    @Option(help: ArgumentHelp("The drawings' width, 640 to 1600.", valueName: "pixels"))
    var overlayWidth = 1600

    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        guard (640...1600).contains(overlayWidth) else {
            throw ValidationError("--overlay-width is 640 to 1600.")
        }
        guard overlay?.hasSuffix(".png") != true || files.count == 1 else {
            throw ValidationError("One PNG takes the match of one file. For several files name a folder.")
        }
    }

    func run() async throws {
        let console = Console(output)
        for path in files { _ = try InputFile(path) }
        let items = try await connection.withConnection(output) { notary in
            let drawings = try overlay.map { try OverlayFiles($0) }
            return try await files.eachOutcome { path, members in
                let file = try InputFile(path)
                let progress = Progress(path, .bytes, console: console)
                let size = Int(file.sizeBytes)
                defer { progress.finish() }
                let named = mediaType ?? DeclaredMediaType.named(by: path)
                let search = try await notary.search(file, mediaType: named) {
                    progress.update(Int($0), of: size)
                }
                members["search"] = search
                guard let drawings else { return }
                let drawn = try await drawings.draw(search, of: path, widthPixels: overlayWidth, from: notary)
                members["overlays"] = .array(drawn.map { .string($0) })
            }
        }
        console.show(["searches": .array(items.map(\.json))]) { report in
            for item in items { item.describe(in: &report) { describe(&$0, $1, item.name) } }
        }
        if let status = items.failureStatus { throw status }
    }

    private func describe(_ report: inout TextReport, _ members: JSONValue, _ name: String) {
        let search = members["search"] ?? .null
        report.search(search, file: name)
        guard overlay != nil else { return }
        let paths = members["overlays"]?.arrayValue?.compactMap(\.stringValue) ?? []
        if paths.isEmpty {
            let hasMatches = search["matches"]?.arrayValue?.isEmpty == false
            let reason = hasMatches ? "none: pictures of another account are not shown" : "none: nothing was found"
            report.field("overlays", reason, style: .dim)
        }
        for (number, path) in paths.enumerated() { report.field(number == 0 ? "overlays" : "", path) }
    }
}
