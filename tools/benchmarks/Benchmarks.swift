import ArgumentParser
import Evidence
import Foundation

/// The figures that matter to users, each beside its limit. `tools/bench` builds and runs this.
@main
struct Benchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cinnabar-bench",
        abstract: "Prints the figures that matter to users: name, value, unit, lowest, highest, what is hoped for.",
        discussion: "Run it by tools/bench, which builds for release and makes the photos."
    )

    @Flag(help: "Fewer photos, entries and rounds.") var quick = false
    @Flag(help: "Print one JSON document.") var json = false
    @Option(help: "A folder of distinct one-megapixel JPEGs, names ending in .jpg.") var photos: String
    @Option(help: "A folder on a real disk, in which temporary ones are made.") var scratch: String
    @Option(help: "The commit that was built.") var commit: String
    @Option(help: "Entries of the large log, which is kept for the next run.") var entries: Int?
    @Option(help: "Fingerprints of the exact index, instead of one and ten million.") var fingerprints: Int?
    @Option(help: "Measure only this topic; may be given several times. Topics: \(topicNames).") var only: [String] = []

    private typealias Round = @Sendable (Surroundings, Scale) -> () async throws -> [Sample]

    private static let topics: [(name: String, round: Round)] = [
        ("picture", { PictureWork(surroundings: $0, scale: $1).round }),
        ("features", { FeatureWork(surroundings: $0, scale: $1).round }),
        ("retrieval", { PartLookup(surroundings: $0, scale: $1).round }),
        ("lookup", { Lookup(surroundings: $0, scale: $1).round }),
        ("sizes", { SizedIngest(surroundings: $0, scale: $1).round }),
        ("ingest", { PhotoIngest(surroundings: $0, scale: $1).round }),
        ("digests", { DigestRegistrations(surroundings: $0, scale: $1).round }),
        ("latency", { LocalLatency(surroundings: $0, scale: $1).round }),
        ("photo-latency", { PhotoLatency(surroundings: $0, scale: $1).round }),
        ("http", { ServedLatency(surroundings: $0, scale: $1).round }),
        ("singles", { ServedSingles(surroundings: $0, scale: $1).round }),
        ("batches", { ServedBatches(surroundings: $0, scale: $1).round }),
        ("sequencer", { SequencerAlone(surroundings: $0, scale: $1).round }),
        ("growth", { Growth(surroundings: $0, scale: $1).round }),
        ("proofs", { ProofMaking(surroundings: $0, scale: $1).round }),
        ("start", { ColdStart(surroundings: $0, scale: $1).round }),
        ("audit", { LogAuditing(surroundings: $0, scale: $1).round }),
        ("memory", { ResidentMemory(surroundings: $0, scale: $1).round }),
        ("index", { FingerprintLookUps(surroundings: $0, scale: $1).round }),
        ("scan", { FingerprintScans(surroundings: $0, scale: $1).round }),
        ("verify", { EvidenceChecking(surroundings: $0, scale: $1).round }),
        ("anchors", { AnchorWork(surroundings: $0, scale: $1).round }),
    ]
    private static var topicNames: String { topics.map(\.name).joined(separator: ", ") }
    /// Memory does not depend on the machine's moments, and what takes minutes has many of them.
    private static let onceMeasured: Set = ["memory", "growth", "audit", "index", "scan", "retrieval", "anchors"]

    /// As many as a topic looks at one by one.
    private static let leastEntries = 10_000
    private static let leastFingerprints = 1_000_000

    func validate() throws {
        guard entries.map({ $0 >= Self.leastEntries }) ?? true else {
            throw ValidationError("--entries is at least \(Self.leastEntries).")
        }
        guard fingerprints.map({ $0 >= Self.leastFingerprints }) ?? true else {
            throw ValidationError("--fingerprints is at least \(Self.leastFingerprints).")
        }
        for name in only where !Self.topics.contains(where: { $0.name == name }) {
            throw ValidationError("There is no topic \"\(name)\". Topics: \(Self.topicNames).")
        }
    }

    func run() async throws {
        let surroundings = try Surroundings(photoFolder: photos, scratch: scratch)
        var scale = quick ? Scale.quick : .full
        if let entries { scale.entries = entries }
        if let fingerprints { scale.fingerprints = [fingerprints] }
        let measure = scale
        let facts =
            Machine(commit: commit).facts + [
                ("photos", try surroundings.description),
                (
                    "ingest.share.1-child",
                    "may pass 100: digests and PDQ run beside the child, the limit has one thread"
                ),
                ("ingest.limit", "stores nothing, so shares with originals kept pay for storing them too"),
            ]
        if !json {
            for fact in facts { show("# \(fact.name): \(fact.value)") }
            show("# " + Figure.heading)
        }
        var figures: [Figure] = []
        var failures: [String] = []
        for topic in Self.topics where only.isEmpty || only.contains(topic.name) {
            let rounds = Rounds(count: Self.onceMeasured.contains(topic.name) ? 1 : scale.rounds)
            do {
                let measured = try await rounds.figures(topic.round(surroundings, measure))
                if !json { for figure in measured { show(figure.line) } }
                figures += measured
            } catch {
                failures.append(topic.name)
                FileHandle.standardError.write(Data("cinnabar-bench: \(topic.name) was not measured: \(error)\n".utf8))
            }
        }
        if json { show(document(facts, figures)) }
        if !failures.isEmpty { throw ExitCode(1) }
    }

    private func document(_ facts: [(name: String, value: String)], _ figures: [Figure]) -> String {
        let machine = Dictionary(uniqueKeysWithValues: facts.map { ($0.name, JSONValue.string($0.value)) })
        let json: JSONValue = ["machine": .object(machine), "figures": .array(figures.map(\.json))]
        return String(decoding: json.encoded(.readable), as: UTF8.self)
    }

    /// At once, also into a pipe: a run takes minutes.
    private func show(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
