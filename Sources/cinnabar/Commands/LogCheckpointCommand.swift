import ArgumentParser
import Evidence

struct LogCheckpointCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "Print the newest signed checkpoint.",
        discussion: """
            A signed note (C2SP tlog-checkpoint): the log's origin, its size, its root, the log's signature, and the \
            cosignatures that it has by now. It goes to standard output byte for byte, so that it can be kept and \
            compared.

            Example:
              cinnabar log checkpoint > checkpoint
            """
    )

    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let note = try await connection.withConnection(output) { try await $0.checkpoint() }
        guard output.json else { return Console(output).show(raw: note) }
        let text = String(decoding: note, as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 3, let size = UInt64(lines[1]) else {
            throw CommandError("checkpoint.malformed", "The checkpoint is no signed note.", status: .doesNotHold)
        }
        Console(output).show([
            "origin": .string(String(lines[0])), "size": .integer(size), "root": .string(String(lines[2])),
            "note": .string(text),
        ]) { _ in }
    }
}
