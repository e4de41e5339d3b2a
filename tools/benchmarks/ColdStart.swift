import Notary
import Foundation

/// Opening a large log after the kernel was asked to forget it, until the server takes connections.
struct ColdStart {
    let surroundings: Surroundings
    let scale: Scale

    func round() async throws -> [Sample] {
        let filled = try await FilledLog(surroundings, entries: scale.entries)
        filled.forgetPages()
        let (notary, seconds) = try await timed { try filled.open().0 }
        notary.close()
        filled.forgetPages()
        let (server, served) = try await timed {
            let server = try ProgramRun(
                surroundings.programs + "/cinnabar",
                [
                    "serve", "--data", filled.dataFolder, "--port", "0", "--json", "--set", "metrics.port=0",
                    "--set", "log.level=error",
                ],
                keepsOutput: true
            )
            // It says where it listens once it does.
            guard !server.output(until: { !$0.isEmpty }).isEmpty else {
                throw BenchmarkError("cinnabar serve did not start.")
            }
            return server
        }
        server.stop()
        return [
            Sample("start.open", seconds, "s"),
            Sample("start.serve", served, "s", mark: "< 3"),
        ]
    }
}
