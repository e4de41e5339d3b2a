public import Evidence

/// A data folder made by `cinnabar init`, in a scratch folder with room for other files.
public struct DataFolder: Sendable {
    public static let origin = "log.example.org/tests"

    public let scratch: Scratch

    public var path: String { scratch["data"] }
    /// What `init` told to publish: the log's key and the authority's root.
    public var trustPath: String { scratch["trust.json"] }

    /// A command did not end as it must.
    public struct Refused: Error, CustomStringConvertible {
        public let description: String
    }

    public init(laneCount: Int = 1) async throws {
        scratch = try Scratch()
        let made = try await Executable.cinnabar.run(
            ["init", "--origin", Self.origin, "--data", scratch["data"], "--lanes", "\(laneCount)", "--json"]
        )
        guard made.status == 0, let trust = try made.json["trust"] else { throw Refused(description: made.errors) }
        try scratch.write(trust.encoded(), to: "trust.json")
    }

    /// The folder of another one, copied as it lies.
    public init(copying other: DataFolder) async throws {
        scratch = try Scratch()
        let copied = try await Executable.shell.run(["-c", "cp -a '\(other.scratch.path)/.' '\(scratch.path)'"])
        guard copied.status == 0 else { throw Refused(description: copied.errors) }
    }

    /// Runs `cinnabar` on this folder, with JSON as output.
    public func cinnabar(_ arguments: String...) async throws -> ProgramRun { try await cinnabar(arguments) }

    public func cinnabar(_ arguments: [String]) async throws -> ProgramRun {
        try await Executable.cinnabar.run(arguments + ["--data", path, "--json"], in: scratch.path)
    }

    /// Makes an API token for the default account.
    public func token() async throws -> String {
        let made = try await cinnabar("tokens", "create", "--account", "default")
        guard let token = try made.json["token"]?.stringValue else { throw Refused(description: made.errors) }
        return token
    }

    public func server(_ arguments: String...) async throws -> RunningServer {
        try await RunningServer(dataFolder: path, arguments: arguments)
    }

    /// What `cinnabar log audit` says, and how it ends.
    public func audit() async throws -> (status: Int32, report: JSONValue) {
        let run = try await cinnabar("log", "audit")
        return (run.status, try run.json)
    }
}
