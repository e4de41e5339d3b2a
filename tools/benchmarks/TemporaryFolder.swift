import Foundation

/// A folder of this run alone, beside the build so that it lies on a real disk; gone when its owner is.
final class TemporaryFolder: Sendable {
    let path: String

    init(in parent: String) throws {
        path = "\(parent)/bench-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
