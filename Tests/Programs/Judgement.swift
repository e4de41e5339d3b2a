public import Evidence

/// What `cinnabar-verify` said.
public struct Judgement: Sendable {
    public let status: Int32
    public let report: JSONValue

    /// The names of the checks that failed.
    public var failed: [String] { names(withStatus: "failed") }
    public var passed: [String] { names(withStatus: "passed") }

    private func names(withStatus status: String) -> [String] {
        (report["checks"]?.arrayValue ?? []).filter { $0["status"]?.stringValue == status }.compactMap {
            $0["name"]?.stringValue
        }
    }

    /// Runs `cinnabar-verify`, in an empty environment.
    public init(of evidencePath: String, file: String? = nil, trust: String? = nil) async throws {
        var arguments = [evidencePath, "--json"]
        if let file { arguments += ["--file", file] }
        if let trust { arguments += ["--trust", trust] }
        let run = try await Executable.verifier.run(arguments, environment: [:])
        status = run.status
        report = try run.json
    }
}
