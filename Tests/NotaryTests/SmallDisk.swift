import Foundation
import Glibc
import Spawning

/// A small file system of its own in memory. Mounting takes root.
final class SmallDisk: Sendable {
    static let isPossible: Bool = (try? SmallDisk(megabytes: 1)) != nil

    let path: String

    struct NotMounted: Error {}

    init(megabytes: Int) throws {
        path = NSTemporaryDirectory() + "cinnabar-disk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard getuid() == 0, try Self.run("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", path) == 0 else {
            try? FileManager.default.removeItem(atPath: path)
            throw NotMounted()
        }
    }

    deinit {
        _ = try? Self.run("umount", path)
        try? FileManager.default.removeItem(atPath: path)
    }

    func grow(toMegabytes megabytes: Int) throws {
        guard try Self.run("mount", "-o", "remount,size=\(megabytes)m", path) == 0 else { throw NotMounted() }
    }

    /// - Returns: How it ended.
    static func run(_ command: String...) throws -> Int32 {
        try SpawnedProcess("/usr/bin/env", command).waitUntilExit()
    }
}
