import Bytes
import Evidence
import Foundation

/// Shows the pictures of sources to a watch, several at once. What the watch has seen is not sent again.
struct FeedRun {
    /// Enough to keep decoders and the wire busy.
    private static let picturesInFlight = 4
    /// Between two looks at the sources, when they are followed.
    private static let pauseSeconds = 2
    /// A file that changed later than this may still be written.
    private static let settlingSeconds = 1.0

    typealias Outcome = (item: FeedItem, result: Result<JSONValue, CommandError>)

    let connection: any NotaryConnection
    let watch: String
    let sources: [FeedSource]

    /// - Parameter follows: Looks for new files until the task is cancelled.
    /// - Throws: ``CommandError`` for what concerns all pictures, such as a server that does not answer.
    func run(follows: Bool, report: (Outcome, _ total: Int) -> Void) async throws {
        var done: Set<String> = []
        while true {
            let items = try sources.flatMap { try $0.items() }
            let new = items.filter { !done.contains(Self.name($0)) && (!follows || Self.isSettled($0.path)) }
            try await show(new) { report($0, items.count) }
            done.formUnion(new.map(Self.name))
            guard follows else { return }
            try await Task.sleep(for: .seconds(Self.pauseSeconds))
        }
    }

    private func show(_ items: [FeedItem], report: (Outcome) -> Void) async throws {
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            func takeNext() async throws {
                guard let outcome = try await group.next() else { return }
                if case .failure(let error) = outcome.result, error.status == .environment { throw error }
                report(outcome)
            }
            for (number, item) in items.enumerated() {
                if number >= Self.picturesInFlight { try await takeNext() }
                group.addTask { (item, await self.answer(for: item)) }
            }
            for _ in 0..<min(items.count, Self.picturesInFlight) { try await takeNext() }
        }
    }

    private func answer(for item: FeedItem) async -> Result<JSONValue, CommandError> {
        do {
            let file = try InputFile(item.path)
            let digests = try FileDigests(of: file)
            if try await connection.hasSeen(digests.sha256, watch: watch) {
                return .success(["sha256": .string(digests.sha256.hex), "seen": true])
            }
            return .success(
                try await Importer.patiently { try await connection.show(file, reference: item.reference, to: watch) }
            )
        } catch {
            return .failure(CommandError(error))
        }
    }

    private static func name(_ item: FeedItem) -> String { item.path + "\u{0}" + item.reference }

    private static func isSettled(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let changed = attributes?[.modificationDate] as? Date else { return true }
        return changed.timeIntervalSinceNow < -settlingSeconds
    }
}
