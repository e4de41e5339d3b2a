public import Bytes
import Evidence
import Foundation

/// Where a monitor keeps what it saw of one log: the last state, and the notes of every alarm as evidence.
public struct MonitorFolder: Sendable {
    public let path: String

    /// What lies there cannot be read or written.
    public struct Failure: Error, CustomStringConvertible {
        public let message: String
        public var description: String { "MonitorFolder.Failure: \(message)" }
    }

    private var statePath: String { path + "/state.json" }

    /// - Throws: ``Failure`` when the folder cannot be made.
    public init(path: String) throws {
        self.path = path
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Failure(message: "The folder \(path) cannot be made. Choose another with --state.")
        }
    }

    /// - Returns: `nil` before the first look.
    /// - Throws: ``Failure`` when there is a file, and it is no state: forgetting what was seen would hide a rollback.
    public func state() throws -> MonitorState? {
        guard FileManager.default.fileExists(atPath: statePath) else { return nil }
        guard let data = FileManager.default.contents(atPath: statePath), data.count <= 256 << 10,
            let json = try? JSONValue(parsing: Array(data)), let state = MonitorState(json: json)
        else {
            throw Failure(
                message:
                    "\(statePath) does not read. Put it back from a copy; without it this monitor cannot know what "
                    + "it saw before. To begin anew on purpose, move it away."
            )
        }
        return state
    }

    /// Replaces the state: after a crash the old one or the new one is there, whole.
    public func keep(_ state: MonitorState) throws { try write(state.json.encoded(), to: statePath) }

    /// Keeps an alarm with its notes.
    ///
    /// - Returns: The folder it lies in.
    public func keep(_ alarm: LogAlarm, at time: UTCTime) throws -> String {
        let name = "\(time)-\(alarm.kind.rawValue)".replacing(":", with: "").replacing(" ", with: "-")
        let folder = "\(path)/alarms/\(name)"
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Failure(message: "The folder \(folder) cannot be made.")
        }
        for (number, note) in alarm.notes.enumerated() { try write(note, to: "\(folder)/note-\(number + 1)") }
        try write(alarm.json.encoded(), to: "\(folder)/alarm.json")
        return folder
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        do {
            let temporary = URL(filePath: path + ".new")
            try Data(bytes).write(to: temporary)
            let file = try FileHandle(forUpdating: temporary)
            try file.synchronize()
            try file.close()
            // A crash before this line leaves the old file. Safe: Swift hands the paths over as C strings for this call.
            guard unsafe rename(temporary.path, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            throw Failure(message: "\(path) cannot be written. Make room, or choose another folder with --state.")
        }
    }
}
