import Evidence
import Foundation
import Notary

/// Checking an evidence file with a timestamp: in this process, and as a court does, one program run for each.
struct EvidenceChecking {
    let surroundings: Surroundings
    let scale: Scale

    func round() async throws -> [Sample] {
        let photo = try surroundings.photos(1)[0]
        let evidence = try await evidence(of: photo)
        let facts = FileFacts(of: try contents(of: photo))
        let (_, seconds) = try await timed {
            for _ in 0..<scale.verifications {
                guard EvidenceVerifier().report(on: evidence, file: facts).isConsistent else { throw Self.failure }
            }
        }
        let folder = try TemporaryFolder(in: surroundings.scratch)
        let path = folder.path + "/bench.asice"
        try Data(evidence).write(to: URL(fileURLWithPath: path))
        let verifier = surroundings.programs + "/cinnabar-verify"
        let (_, programSeconds) = try await timed {
            for _ in 0..<scale.verifications {
                try ProgramRun(verifier, [path, "--file", photo], keepsOutput: false).finished()
            }
        }
        let count = Double(scale.verifications)
        return [
            Sample("verify.in-process", seconds * 1000 / count, "ms/file"),
            Sample("verify.program", programSeconds * 1000 / count, "ms/file"),
        ]
    }

    /// Registers a photo and waits for the built-in authority's token.
    private func evidence(of photo: String) async throws -> [UInt8] {
        let log = try TemporaryLog(surroundings)
        defer { log.close() }
        let id = try await PhotoIngest.register(photo, in: log).id
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await log.notary.run() }
            defer { group.cancelAll() }
            for _ in 0..<Self.stampPolls {
                try await Task.sleep(for: .milliseconds(50))
                guard try log.notary.registration(id, for: log.caller)?.timestamps.isEmpty == false else { continue }
                let file = try await log.notary.evidenceFile(of: id, for: log.caller, includingOriginal: false)
                if let file { return file }
            }
            throw BenchmarkError("No timestamp came.")
        }
    }

    /// Ten seconds; the authority stamps every second.
    private static let stampPolls = 200
    private static let failure = BenchmarkError("The evidence file is not consistent.")
}
