import Bytes
import Evidence
import EvidenceStore

/// What the last scrub found, kept in a small file of the data folder, so that it is known after a restart.
struct ScrubResult: Sendable, Equatable {
    static let format = "scrub-1"
    /// Findings are at most a hundred sentences.
    private static let fileLimitBytes = 1 << 20

    let started: UTCTime
    let finished: UTCTime
    let entries: UInt64
    let findings: [String]

    var isConsistent: Bool { findings.isEmpty }

    var json: JSONValue {
        [
            "cinnabar": .string(Self.format), "consistent": .bool(isConsistent), "entries": .integer(entries),
            "findings": .array(findings.map { .string($0) }), "finished": .string(finished.description),
            "started": .string(started.description),
        ]
    }

    init(started: UTCTime, finished: UTCTime, entries: UInt64, findings: [String]) {
        self.started = started
        self.finished = finished
        self.entries = entries
        self.findings = findings
    }

    /// - Returns: `nil` when there is no such file, or none that reads: then it is time for a scrub.
    init?(path: String) {
        guard let file = try? DurableFile.read(path, limitBytes: Self.fileLimitBytes),
            let json = try? JSONValue(parsing: file.bytes), json["cinnabar"]?.stringValue == Self.format,
            let started = json["started"]?.stringValue.flatMap({ UTCTime($0) }),
            let finished = json["finished"]?.stringValue.flatMap({ UTCTime($0) }),
            let entries = json["entries"]?.integerValue, let findings = json["findings"]?.arrayValue
        else { return nil }
        self.init(
            started: started,
            finished: finished,
            entries: UInt64(clamping: entries),
            findings: findings.compactMap(\.stringValue)
        )
    }

    func write(to path: String) throws(StoreError) {
        try DurableFile.replace(path, json.encoded(), permissions: 0o600)
    }
}
