import Foundation

/// The most resident memory of fresh processes that ingest photos, alone and with their decoder children. The sum counts
/// what they share several times.
struct ResidentMemory {
    let surroundings: Surroundings
    let scale: Scale

    private static let uploadsInFlight = 8
    private static let pollMilliseconds: UInt32 = 10

    func round() async throws -> [Sample] { try importing() + (try await serving()) }

    private func importing() throws -> [Sample] {
        let log = try CommandLog(surroundings)
        let folder = try TemporaryFolder(in: surroundings.scratch)
        for photo in try surroundings.photos(scale.memoryPhotos) {
            let name = (photo as NSString).lastPathComponent
            try FileManager.default.copyItem(atPath: photo, toPath: "\(folder.path)/\(name)")
        }
        let start = ContinuousClock.now
        let run = try log.run("import", [folder.path], keepsOutput: false)
        // Its children end before it does: the highest sum is kept. Peaks only grow, so the last look is the right one.
        var alone = 0.0
        var together = 0.0
        while run.process.isRunning {
            alone = max(alone, run.facts.peakMegabytes ?? 0)
            together = max(together, Self.sum(run.facts))
            usleep(Self.pollMilliseconds * 1000)
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        try run.finished()
        return [
            Sample("memory.import", alone, "MB", mark: "< 300"),
            Sample("memory.import.with-children", together, "MB"),
            Sample("memory.import.rate", Double(scale.memoryPhotos) / seconds, "photos/s"),
        ]
    }

    private func serving() async throws -> [Sample] {
        let log = try ServedLog(surroundings)
        do {
            let photos = try surroundings.photos(scale.memoryPhotos)
            let (_, seconds) = try await timed {
                try await forEach(photos, width: Self.uploadsInFlight) { try await log.registerPhoto($0) }
            }
            let samples = [
                Sample("memory.serve", log.server.facts.peakMegabytes ?? 0, "MB", mark: "< 300"),
                Sample("memory.serve.with-children", Self.sum(log.server.facts), "MB"),
                Sample("memory.serve.rate", Double(scale.memoryPhotos) / seconds, "photos/s"),
            ]
            try await log.close()
            return samples
        } catch {
            try await log.close()
            throw error
        }
    }

    private static func sum(_ process: ProcessFacts) -> Double {
        process.children.reduce(process.peakMegabytes ?? 0) { $0 + ($1.peakMegabytes ?? 0) }
    }
}
