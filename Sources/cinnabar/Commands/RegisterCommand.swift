import ArgumentParser
import Bytes
import Evidence

struct RegisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "Register files: photos, contracts, anything.",
        discussion: """
            The file is digested and, if it is a picture, fingerprinted; earlier registrations of the same picture are \
            shown; a record goes into the log and is provable at once. What you declare about the work is kept as \
            declared, not checked.

            Examples:
              cinnabar register teapot.jpg --title "Red teapot" --author "Li Na"
              cinnabar register *.jpg --claim shop.json --evidence proofs
              cinnabar register contract.pdf --digest-only
            """
    )

    @Argument(help: ArgumentHelp("The files.", valueName: "file")) var files: [String]

    @OptionGroup(title: "What you declare about the work") var claim: ClaimOptions

    @Flag(help: "Send digests only; the files stay home and are not searched for earlier copies.")
    var digestOnly = false

    @Option(help: ArgumentHelp("The id of a record that this one follows; may be repeated.", valueName: "id"))
    var parent: [Identifier] = []

    @Option(help: ArgumentHelp("The file's media type, instead of what its name says.", valueName: "type"))
    var mediaType: String?

    @Option(
        help: ArgumentHelp(
            "A name for this attempt: repeating it never registers twice. One file only.",
            valueName: "key"
        )
    )
    var idempotencyKey: String?

    @Option(help: ArgumentHelp("Write each evidence file into this folder right away.", valueName: "folder"))
    var evidence: String?

    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        guard idempotencyKey == nil || files.count == 1 else {
            throw ValidationError("--idempotency-key names one attempt with one file.")
        }
    }

    func run() async throws {
        let console = Console(output)
        let form = RegistrationForm(
            claim: try claim.value(),
            parents: parent.map(\.digest.hex),
            idempotencyKey: idempotencyKey
        )
        for path in files { _ = try InputFile(path) }  // all or none, as far as names go
        // Before anything is registered for good.
        let folder = try evidence.map { try EvidenceFolder($0) }
        let items = try await connection.withConnection(output) { notary in
            try await files.eachOutcome { path, members in
                members["registration"] = try await register(path, form, with: notary, console)
                if let folder { try await writeEvidence(to: folder, from: notary, &members) }
            }
        }
        console.show(["registrations": .array(items.map(\.json))]) { report in
            for item in items {
                item.describe(in: &report) { $0.registration($1["registration"] ?? .null, file: item.name) }
            }
            propose(items, in: &report)
        }
        if let status = items.failureStatus { throw status }
    }

    private func register(
        _ path: String,
        _ form: RegistrationForm,
        with notary: any NotaryConnection,
        _ console: Console
    ) async throws -> JSONValue {
        let file = try InputFile(path)
        var form = form
        form.mediaType = mediaType ?? DeclaredMediaType.named(by: path)
        let progress = Progress(path, .bytes, console: console)
        let size = Int(file.sizeBytes)
        defer { progress.finish() }
        return digestOnly
            ? try await notary.register(FileDigests(of: file) { progress.update(Int($0), of: size) }, form)
            : try await notary.register(file, form) { progress.update(Int($0), of: size) }
    }

    private func writeEvidence(
        to folder: EvidenceFolder,
        from notary: any NotaryConnection,
        _ members: inout [String: JSONValue]
    ) async throws {
        guard let registration = members["registration"],
            let id = registration["id"]?.stringValue.flatMap({ Digest256(hex: $0) })
        else { return }
        members["evidence"] = .string(try await folder.write(id, from: notary, includingOriginal: false).path)
        // Writing it may have had the entry timestamped.
        members["registration"] = registration.merging(
            try await notary.registration(id),
            members: ["state", "stateMeans", "timestamps"]
        )
    }

    private func propose(_ items: [FileOutcome], in report: inout TextReport) {
        let registered = items.filter { $0.members["registration"] != nil }
        guard let item = registered.last, let id = item.json["registration"]?["id"]?.stringValue else { return }
        report.blank()
        if let path = item.json["evidence"]?.stringValue {
            let file = item.name.contains(" ") ? "\"\(item.name)\"" : item.name
            report.command("cinnabar verify \(path) --file \(file)", purpose: "checks the proof, as a court would")
        } else {
            report.command(
                "cinnabar export\(connection.flags) \(id) -o proofs",
                purpose: "writes the evidence file, which proves this without Cinnabar"
            )
        }
    }
}

extension JSONValue {
    /// This object with some members of another one.
    fileprivate func merging(_ other: JSONValue, members: [String]) -> JSONValue {
        var merged = objectValue ?? [:]
        for name in members { merged[name] = other[name] ?? merged[name] }
        return .object(merged)
    }
}
