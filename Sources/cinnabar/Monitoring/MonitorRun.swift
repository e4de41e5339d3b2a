import Bytes
import Evidence
import MerkleLog
import Monitoring
import UnixSignals

/// Looks at a log once or again and again, and tells what came of it.
struct MonitorRun: Sendable {
    let monitor: LogMonitor
    let url: String
    let statePath: String
    let webhook: Webhook?
    let console: Console

    /// - Returns: Whether there was no alarm.
    /// - Throws: ``CommandError`` when the log or the state folder could not be reached.
    func once() async throws -> Bool {
        let round = try await look()
        console.show(json(round)) { describe(round, &$0) }
        for alarm in round.alarms { try await post(alarm, round) }
        return round.alarms.isEmpty
    }

    /// Until an alarm, SIGTERM or Ctrl-C. What was read stays in the state folder at any moment.
    ///
    /// - Returns: Whether there was no alarm.
    func continuously(every seconds: UInt64, keepGoing: Bool) async throws -> Bool {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let calm = Calm()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await watch(every: seconds, keepGoing: keepGoing, calm) }
            tasks.addTask {
                for await _ in signals { return }
            }
            try await tasks.next()
            tasks.cancelAll()
            // What the watch was doing when a signal came ends in a cancellation, which is no failure.
            while let result = await tasks.nextResult() {
                if case .failure(let error as CommandError) = result { throw error }
            }
        }
        return await calm.holds
    }

    private func watch(every seconds: UInt64, keepGoing: Bool, _ calm: Calm) async throws {
        while !Task.isCancelled {
            do {
                let round = try await look()
                let news = await calm.news(in: round)
                if console.json {
                    console.stream(json(round))
                } else if !news.isEmpty || round.checkpoint?.size != round.previousSize {
                    console.show(json(round)) { describe(round, &$0) }
                }
                for alarm in news { try await post(alarm, round) }
                if !round.alarms.isEmpty, !keepGoing { return }
            } catch let error as CommandError {
                // Networks come back; a state folder that cannot be written does not.
                guard error.code == Self.unreachable else { throw error }
                console.tell { $0.error(error) }
            }
            try await Task.sleep(for: .seconds(seconds))
        }
    }

    /// Opens the state folder.
    static func folder(_ path: String, _ log: MonitoredLog) throws -> MonitorFolder {
        do throws(MonitorError) {
            return try MonitorFolder(path, log: log)
        } catch {
            throw Self.error(error)
        }
    }

    private static let unreachable = "log.unreachable"

    private static func error(_ error: MonitorError) -> CommandError {
        CommandError("monitor.\(error.code)", error.message, status: .environment)
    }

    private func look() async throws -> MonitorRound {
        let progress = Progress("Reading", .items("entries"), console: console)
        defer { progress.finish() }
        do {
            return try await monitor.round { progress.update(Int(clamping: $0.value), of: Int(clamping: $1.value)) }
        } catch let error as LogUnreachable {
            throw CommandError(Self.unreachable, error.message, status: .environment)
        } catch let error as MonitorError {
            throw Self.error(error)
        }
    }

    private func post(_ alarm: LogAlarm, _ round: MonitorRound) async throws {
        guard let webhook else { return }
        var document = alarm.json.objectValue ?? [:]
        document["cinnabar"] = "log-alarm-1"
        document["log"] = .string(url)
        document["origin"] = round.checkpoint.map { .string($0.origin) }
        guard try await webhook.post(.object(document)) else {
            console.tell {
                $0.sentence("The webhook \(webhook.url) did not take the alarm: tell people another way.", style: .red)
            }
            return
        }
    }

    private func json(_ round: MonitorRound) -> JSONValue {
        var document: [String: JSONValue] = [
            "log": .string(url),
            "checkedEntries": .integer(round.checkedEntries.value),
            "agreeingViews": .integer(round.agreeingViews),
            "remarks": .array(round.remarks.map(JSONValue.string)),
            "alarms": .array(round.alarms.map(\.json)),
        ]
        if let checkpoint = round.checkpoint {
            document["checkpoint"] = [
                "origin": .string(checkpoint.origin), "size": .integer(checkpoint.size.value),
                "root": .string(checkpoint.root.hex),
            ]
        }
        document["previousSize"] = round.previousSize.map { .integer($0.value) }
        document["witnessed"] = round.isWitnessed.map(JSONValue.bool)
        return .object(document)
    }

    private func describe(_ round: MonitorRound, _ report: inout TextReport) {
        report.heading(
            round.alarms.isEmpty ? "Consistent" : "Alarm",
            round.checkpoint?.origin ?? url,
            style: round.alarms.isEmpty ? .green : .red
        )
        if let checkpoint = round.checkpoint {
            report.field("size", Wording.count(checkpoint.size.value))
            report.field("root", checkpoint.root.hex)
        }
        if let previous = round.previousSize { report.field("before", Wording.count(previous.value)) }
        report.field("entries", Wording.count(round.checkedEntries.value) + " fetched and hashed")
        if round.agreeingViews > 0 {
            report.field("views", Wording.count(round.agreeingViews, "other place agrees", "other places agree"))
        }
        if let isWitnessed = round.isWitnessed { report.field("policy", isWitnessed ? "met" : "not met yet") }
        report.field("state", statePath)
        for remark in round.remarks { report.sentence("- " + remark, indent: 2, style: .dim) }
        for alarm in round.alarms {
            report.sentence("\(alarm.kind.rawValue): \(alarm.message)", indent: 2, style: .red)
            if let folder = alarm.evidenceFolder { report.field("evidence", folder) }
            report.sentence(alarm.advice, indent: 2)
        }
    }
}
