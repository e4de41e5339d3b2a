import Evidence
import Foundation

/// Where a command's words go: results to standard output, everything else to standard error.
///
/// With `--json` standard output holds JSON alone: one document, or one compact document per line for streams.
struct Console: Sendable {
    let json: Bool
    let showsProgress: Bool

    init(_ options: OutputOptions) {
        self.init(json: options.json, showsProgress: options.progress || Terminal.errorIsTerminal)
    }

    init(json: Bool, showsProgress: Bool = false) {
        self.json = json
        self.showsProgress = showsProgress
    }

    /// The result of a command, in the form that was asked for.
    func show(_ document: JSONValue, _ describe: (inout TextReport) -> Void) {
        if json {
            write(document.encoded(.readable), to: .standardOutput)
        } else {
            var report = TextReport(
                width: Terminal.width,
                colours: Terminal.wantsColours(isTerminal: Terminal.outputIsTerminal)
            )
            describe(&report)
            write(report, to: .standardOutput)
        }
    }

    /// One line of a stream of JSON documents; nothing without `--json`.
    func stream(_ document: JSONValue) {
        guard json else { return }
        write(document.encoded(.compact) + [UInt8(ascii: "\n")], to: .standardOutput)
    }

    /// Bytes that are the result themselves, such as a checkpoint.
    func show(raw bytes: [UInt8]) { write(bytes, to: .standardOutput) }

    /// Words for the person at the terminal that are not the result.
    func tell(_ describe: (inout TextReport) -> Void) {
        var report = TextReport(
            width: Terminal.width,
            colours: Terminal.wantsColours(isTerminal: Terminal.errorIsTerminal)
        )
        describe(&report)
        write(report, to: .standardError)
    }

    private func write(_ report: TextReport, to handle: FileHandle) {
        write(Array((report.lines.joined(separator: "\n") + "\n").utf8), to: handle)
    }

    /// A reader that went away, as `head` does, ends the output, not the command.
    private func write(_ bytes: [UInt8], to handle: FileHandle) {
        try? handle.write(contentsOf: Data(bytes))
    }
}
