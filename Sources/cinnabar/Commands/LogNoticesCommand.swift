import ArgumentParser
import Bytes
import Evidence
import MerkleLog

struct LogNoticesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notices",
        abstract: "Show what the log says about itself: changes of its key, what went before it, its end.",
        discussion: """
            Each notice is an entry of the log. With --key, the key that you know, every notice is checked: it is in \
            the tree, the tree is signed by a key that you know by then, and each change of key hands on to the next. \
            Ends with 1 if anything does not hold. --json gives entries, proofs and checkpoints.

            Example:
              cinnabar log notices --server https://log.example.com --key log.example.com+4f8ac2d1+AXm8…
            """
    )

    @Option(
        help: ArgumentHelp("A key of the log that came to you another way; may be repeated.", valueName: "key")
    )
    var key: [String] = []

    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let document = try await connection.withConnection(output) { try await $0.notices() }
        let notices = document["notices"]?.arrayValue ?? []
        let known = try LogKeys.parse(key)
        var chain = NoticeChain(known)
        for notice in notices where !known.isEmpty { try chain.take(notice) }
        Console(output).show(document) { report in
            guard !notices.isEmpty else { return report.sentence("The log says nothing about itself.") }
            for notice in notices {
                report.heading(
                    "Entry \(Wording.count(notice["index"]?.integerValue ?? 0))",
                    notice["log"]?.stringValue ?? ""
                )
                report.field("at", Wording.time(notice["batchTime"]?.stringValue ?? ""))
                for (name, value) in Self.words(notice) { report.field(name, value) }
                report.blank()
            }
            guard !known.isEmpty else { return }
            report.sentence("All of them hold. The keys of the log, by what you knew:", style: .green)
            for key in chain.keys { report.verbatim(key.text) }
        }
    }

    private static func words(_ notice: JSONValue) -> [(String, String)] {
        let entry = notice["entry"]?.stringValue ?? ""
        guard let json = try? JSONValue(parsing: Array(entry.utf8)) else { return [("entry", entry)] }
        if let key = json["key"]?.stringValue { return [("new key", key)] }
        if let next = json["next"]?.stringValue { return [("the end; next", next.isEmpty ? "none named" : next)] }
        guard let note = json["follows"]?.stringValue.flatMap({ Base64.decode($0) }) else { return [("entry", entry)] }
        let lines = String(decoding: note, as: UTF8.self).split(separator: "\n")
        return [
            ("follows", lines.first.map(String.init) ?? ""), ("entries", lines.count > 1 ? String(lines[1]) : ""),
        ]
    }
}
