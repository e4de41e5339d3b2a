import Evidence
import Foundation
import Spawning
public import MerkleLog

/// `cinnabar witness serve` as a process of its own.
public final class RunningWitness {
    public let url: String
    public let key: VerifierKey
    private let process: SpawnedProcess

    /// Makes a witness's folder for these logs.
    ///
    /// - Returns: The witness's public key.
    public static func make(at folder: String, name: String, logs: [VerifierKey]) async throws -> VerifierKey {
        let keys = logs.flatMap { ["--log", $0.text] }
        let made = try await Executable.cinnabar.run(
            ["witness", "init", "--folder", folder, "--name", name, "--json"] + keys
        )
        guard made.status == 0, let key = try made.json["witnessKey"]?.stringValue else {
            throw DataFolder.Refused(description: made.errors)
        }
        return try VerifierKey(parsing: key)
    }

    /// Starts it and waits until it listens.
    ///
    /// - Parameter port: 0 takes a free one.
    public init(folder: String, port: Int = 0) async throws {
        let (process, streams) = try Executable.cinnabar.start(
            ["witness", "serve", "--folder", folder, "--port", "\(port)", "--json"],
            in: "/",
            environment: Executable.cleanEnvironment
        )
        var announcement: JSONValue?
        while announcement == nil {
            guard process.isRunning else {
                let errors = String(decoding: try streams.bytes(of: "errors"), as: UTF8.self)
                throw RunningServer.NotListening(description: "The witness ended: \(errors)")
            }
            try await Task.sleep(for: .milliseconds(20))
            announcement = try? JSONValue(parsing: streams.bytes(of: "output"))
        }
        guard let url = announcement?["url"]?.stringValue, let key = announcement?["witnessKey"]?.stringValue else {
            throw RunningServer.NotListening(description: "The witness does not say where it listens.")
        }
        self.process = process
        self.url = url
        self.key = try VerifierKey(parsing: key)
    }

    deinit { if process.isRunning { process.terminate() } }

    public var port: Int { Int(url.split(separator: ":").last ?? "") ?? 0 }

    /// `kill -9`: the process ends between two instructions.
    public func kill() {
        process.kill()
        process.waitUntilExit()
    }

    /// SIGTERM: it finishes what it is answering. Gives the exit status.
    public func stop() -> Int32 {
        process.terminate()
        return process.waitUntilExit()
    }
}
