import Anchoring
import ArgumentParser
import Foundation
import MerkleLog
import Monitoring

struct LogMonitorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor",
        abstract: "Follow a log from outside and raise an alarm when it tells two stories.",
        discussion: """
            Works for any C2SP tlog-tiles log, needs no data folder and no token, only the log's key, which you should \
            have from elsewhere than the log. Checks that every checkpoint extends the last one, fetches and hashes \
            every entry, and compares with what witnesses and mirrors saw (--also). What it remembers and the \
            evidence it found lie in the state folder.

            Without --once it looks again at every interval and stops at the first alarm. Ends with 1 on an alarm, \
            and with 3 when the log could not be reached.

            Example:
              cinnabar log monitor https://log.example.com/log \\
                --key log.example.com+13908a89+ARdO… --also https://mirror.example.org/checkpoint --once
            """
    )

    @Argument(help: ArgumentHelp("The log's address: the prefix before /checkpoint and /tile.", valueName: "url"))
    var url: String

    @Option(help: ArgumentHelp("The log's key as C2SP writes it; again for each key it had.", valueName: "vkey"))
    var key: [String]

    @Option(help: ArgumentHelp("Folder of this monitor's own; default log-monitor-<key id>.", valueName: "folder"))
    var state: String?

    @Option(
        help: ArgumentHelp(
            "A checkpoint of the same log seen elsewhere: the address of the note, or a file. May be repeated.",
            valueName: "url|file"
        )
    )
    var also: [String] = []

    @Option(help: ArgumentHelp("Witnesses that must have cosigned: a C2SP tlog-policy.", valueName: "file"))
    var policy: String?

    @Option(help: "Alarm when no checkpoint met the policy for this long.")
    var witnessedWithin = SecondsOption(seconds: 600)

    @Option(help: "Alarm when the log shows nothing new for this long, such as 6h.")
    var stalledAfter: SecondsOption?

    @Option(help: ArgumentHelp("POST each alarm there as JSON.", valueName: "url"))
    var webhook: String?

    @Option(help: "Time between two looks.")
    var interval = SecondsOption(seconds: 60)

    @Flag(help: "Look once and end, for cron.") var once = false
    @Flag(help: "Go on after an alarm; each is told once.") var keepGoing = false
    @Flag(help: "Compare checkpoints only; do not fetch the entries.") var withoutEntries = false

    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        guard !key.isEmpty else { throw ValidationError("Name the log's key with --key.") }
        for address in [url] + [webhook].compactMap({ $0 }) where !Self.isAddress(address) {
            throw ValidationError("\(address) is not an http or https URL.")
        }
    }

    func run() async throws {
        let keys = try LogKeys.parse(key)
        let path = state ?? "log-monitor-" + String(keys[0].text.split(separator: "+")[1])
        let isCalm = try await LogClient.withExchange { exchange in
            let log = try monitoredLog(keys, exchange)
            let monitor = LogMonitor(log, folder: try MonitorRun.folder(path, log)) {
                UInt64(max(0, Date().timeIntervalSince1970))
            }
            let run = MonitorRun(
                monitor: monitor,
                url: url,
                statePath: path,
                webhook: webhook.map { Webhook(url: $0, exchange: exchange) },
                console: Console(output)
            )
            return try await once ? run.once() : run.continuously(every: interval.seconds, keepGoing: keepGoing)
        }
        if !isCalm { throw ExitStatus.doesNotHold }
    }

    private func monitoredLog(_ keys: [VerifierKey], _ exchange: @escaping HTTPExchange) throws -> MonitoredLog {
        var log = MonitoredLog(HTTPLog(url: url, exchange: exchange), keys: keys)
        log.views = try also.map { name in
            guard !Self.isAddress(name) else {
                return LogView(name: name) { try await HTTPNote(url: name, exchange: exchange).read() }
            }
            let bytes = try InputFile.contents(of: name, limitBytes: SignedNote.maximumByteCount)
            return LogView(name: name) { bytes }
        }
        log.policy = try policy.map { try witnessPolicy($0, keys) }
        log.witnessedWithinSeconds = witnessedWithin.seconds
        log.stalledAfterSeconds = stalledAfter?.seconds
        log.readsEntries = !withoutEntries
        return log
    }

    private func witnessPolicy(_ path: String, _ keys: [VerifierKey]) throws -> TlogPolicy {
        let bytes = try InputFile.contents(of: path, limitBytes: TlogPolicy.limitBytes)
        let policy: TlogPolicy
        do throws(PolicyError) {
            policy = try TlogPolicy(parsing: bytes)
        } catch {
            throw CommandError("policy.malformed", "\(path): \(error.message)", status: .usage)
        }
        guard keys.contains(where: { policy.accepts(log: $0) }) else {
            throw CommandError("policy.otherLog", "\(path) lists other logs, not this one.", status: .usage)
        }
        return policy
    }

    private static func isAddress(_ text: String) -> Bool {
        guard let url = URL(string: text), url.host != nil else { return false }
        return url.scheme == "http" || url.scheme == "https"
    }
}
