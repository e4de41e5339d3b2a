import Bytes
import MerkleLog
import OpenSSL

/// What a monitor remembers of one log, in a folder of its own:
///
/// - `log.vkey`: the keys that the folder belongs to, one a line
/// - `checkpoint`: the newest note that holds
/// - `times`: when it was first seen, and when the policy was last met, in seconds since 1970
/// - `tree`, `checked`: how far entries were read, in full bundles and in all
/// - `views/`: notes seen elsewhere that are ahead of the log
/// - `evidence/`: a folder for each alarm that there is something to show for; never removed by us
public final class MonitorFolder: Sendable {
    /// A hostile log could make a new one at every look.
    private static let evidenceLimit = 100

    public let path: String
    private let lock: Int32

    /// Opens the folder or makes it.
    ///
    /// - Throws: ``MonitorError`` with code `.wrongState` when it is another log's or in use, or `.folderFailed`.
    public init(_ path: String, log: MonitoredLog) throws(MonitorError) {
        self.path = path
        for folder in [path, path + "/views", path + "/evidence"] { try MonitorFile.makeFolder(folder) }
        lock = try MonitorFile.lock(path + "/lock")
        do throws(MonitorError) {
            try claim(for: log)
        } catch {
            MonitorFile.unlock(lock)
            throw error
        }
    }

    deinit { MonitorFile.unlock(lock) }

    /// The folder may learn a further key of its log, never another log.
    private func claim(for log: MonitoredLog) throws(MonitorError) {
        let known = try text("log.vkey")?.split(separator: "\n").map(String.init) ?? []
        let given = log.keys.map(\.text)
        guard known.isEmpty || given.contains(where: known.contains) else {
            throw MonitorError(.wrongState, "\(path) belongs to a log with another key: name another state folder.")
        }
        let all = known + given.filter { !known.contains($0) }
        if all != known { try write("log.vkey", Array((all.joined(separator: "\n") + "\n").utf8)) }
    }

    func checkpoint() throws(MonitorError) -> [UInt8]? { try read("checkpoint") }
    func keep(checkpoint bytes: [UInt8]) throws(MonitorError) { try write("checkpoint", bytes) }

    func times() throws(MonitorError) -> MonitorTimes? {
        guard let text = try text("times") else { return nil }
        guard let times = MonitorTimes(parsing: text) else { throw damaged("times") }
        return times
    }

    func keep(_ times: MonitorTimes) throws(MonitorError) { try write("times", Array(times.text.utf8)) }

    func tree() throws(MonitorError) -> TileWriter {
        guard let bytes = try read("tree") else { return TileWriter() }
        guard let tree = StoredTree.decoded(bytes) else { throw damaged("tree") }
        return tree
    }

    func keep(tree: TileWriter) throws(MonitorError) { try write("tree", StoredTree.encoded(tree)) }

    /// How many entries were fetched and lead to a signed root.
    func checkedSize() throws(MonitorError) -> TreeSize {
        guard let text = try text("checked") else { return .empty }
        guard let size = TreeSize(parsing: text.dropLast()) else { throw damaged("checked") }
        return size
    }

    func keep(checkedSize size: TreeSize) throws(MonitorError) { try write("checked", Array("\(size)\n".utf8)) }

    func waitingNote(of view: LogView) throws(MonitorError) -> [UInt8]? { try read(Self.name(of: view)) }

    /// Since when a note waits, in seconds since 1970.
    func waitingSince(_ view: LogView) throws(MonitorError) -> UInt64? {
        try text(Self.sinceName(of: view)).flatMap { UInt64($0.split(separator: "\n").first ?? "") }
    }

    func keep(waiting bytes: [UInt8], of view: LogView, sinceSeconds since: UInt64) throws(MonitorError) {
        try write(Self.sinceName(of: view), Array("\(since)\n".utf8))
        try write(Self.name(of: view), bytes)
    }

    func forget(_ view: LogView) throws(MonitorError) {
        try MonitorFile.remove("\(path)/\(Self.name(of: view))")
        try MonitorFile.remove("\(path)/\(Self.sinceName(of: view))")
    }

    private static func sinceName(of view: LogView) -> String { name(of: view) + ".since" }

    /// Keeps the alarm's evidence, once: the same files are the same folder.
    func keep(_ alarm: LogAlarm) throws(MonitorError) -> LogAlarm {
        guard !alarm.notes.isEmpty else { return alarm }
        let digest = SHA256.digest(of: alarm.notes.flatMap { SHA256.digest(of: $0).bytes })
        let name = "\(alarm.kind.rawValue.replacing(" ", with: "-"))-\(digest.hex.prefix(16))"
        var index = try text("evidence/index")?.split(separator: "\n").map(String.init) ?? []
        var alarm = alarm
        if !index.contains(name) {
            guard index.count < Self.evidenceLimit else { return alarm }
            index.append(name)
            try MonitorFile.makeFolder("\(path)/evidence/\(name)")
            for (number, note) in alarm.notes.enumerated() {
                try write("evidence/\(name)/\(number + 1).note", note)
            }
            let words = "\(alarm.kind.rawValue): \(alarm.message)\n\n\(alarm.advice)\n"
            try write("evidence/\(name)/README.txt", Array(words.utf8))
            // Last: a crash before this line writes the same files again.
            try write("evidence/index", Array((index.joined(separator: "\n") + "\n").utf8))
        }
        alarm.evidenceFolder = "\(path)/evidence/\(name)"
        return alarm
    }

    private static func name(of view: LogView) -> String {
        "views/\(SHA256.digest(of: Array(view.name.utf8)).hex.prefix(32))"
    }

    private func read(_ name: String) throws(MonitorError) -> [UInt8]? {
        try MonitorFile.read("\(path)/\(name)", limitBytes: SignedNote.maximumByteCount)
    }

    private func text(_ name: String) throws(MonitorError) -> String? {
        try read(name).map { String(decoding: $0, as: UTF8.self) }
    }

    private func write(_ name: String, _ bytes: [UInt8]) throws(MonitorError) {
        try MonitorFile.replace("\(path)/\(name)", bytes)
    }

    func damaged(_ name: String) -> MonitorError {
        MonitorError(
            .wrongState,
            "\(path)/\(name) is damaged. Keep the folder's evidence, and begin anew in another state folder."
        )
    }
}
