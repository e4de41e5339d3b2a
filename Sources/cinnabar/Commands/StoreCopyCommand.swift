import ArgumentParser
import Evidence
import Foundation
import Notary

struct StoreCopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copy the store to a folder, beside the copies that are there.",
        discussion: """
            Each run makes one generation: the store as it is at one moment. Files that an earlier generation has are \
            not copied again. Works on the data folder, also while `cinnabar serve` holds it. Records' keys lie apart, \
            in their newest state only, so that an erased record stays erased. The guard and the key ring are never \
            copied: keep the key ring safe elsewhere.

            Example:
              cinnabar store copy /backup/cinnabar --keep 14
            """
    )

    @Argument(help: ArgumentHelp("Folder of the copies; made if it is not there.", valueName: "folder"))
    var copies: String

    @Option(help: ArgumentHelp("Folder of the records' keys; by default keys in the folder.", valueName: "folder"))
    var keysTo: String?

    @Option(help: ArgumentHelp("Generations to keep; by default all.", valueName: "n")) var keep: Int?

    @Option(help: ArgumentHelp("Megabytes a second at most.", valueName: "n")) var limitRate: Double?

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        guard keep ?? 1 >= 1 else { throw ValidationError("--keep is 1 or more.") }
        guard limitRate.map({ (0.001...1_000_000).contains($0) }) ?? true else {
            throw ValidationError("--limit-rate is from 0.001 to 1000000.")
        }
    }

    func run() async throws {
        // A server has a working folder of its own.
        var request = StoreCopyRequest(folder: URL(fileURLWithPath: copies).path)
        request.keysFolder = keysTo.map { URL(fileURLWithPath: $0).path }
        request.keptGenerations = keep
        request.bytesPerSecond = limitRate.map { Int($0 * 1_000_000) }
        let console = Console(output)
        let progress = Progress("Copying", .bytes, console: console)
        let report = try await folder.withAdministration(output) { [request] administration in
            try await administration.copyStore(request) { progress.update($0, of: $1) }
        }
        progress.finish()
        console.show(report) { text in
            text.heading("Copied", "generation \(report.count("generation")) in \(request.folder)")
            for log in report["logs"]?.arrayValue ?? [] {
                text.field(
                    "log",
                    "\(log["origin"]?.stringValue ?? ""), \(Wording.count(Int(log.count("size")), "entry", "entries"))"
                )
            }
            text.field("files", report.amount("files", "bytes"))
            text.field("new", report.amount("copiedFiles", "copiedBytes"))
            text.field("keys", Wording.count(report.count("keys")))
            let removed = (report["removedGenerations"]?.arrayValue ?? []).compactMap(\.integerValue)
            if !removed.isEmpty {
                text.field("removed", "generation " + removed.map(String.init).joined(separator: ", "))
            }
            text.blank()
            text.command("cinnabar store verify-copy \(copies)", purpose: "checks every file of it")
        }
    }
}

extension JSONValue {
    /// A count of a report.
    func count(_ name: String) -> Int64 { self[name]?.integerValue ?? 0 }

    /// `12 files, 3.4 MB`.
    func amount(_ files: String, _ bytes: String) -> String {
        Wording.count(Int(count(files)), "file", "files") + ", " + Wording.size(count(bytes))
    }
}
