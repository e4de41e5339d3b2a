import Foundation

/// A file system whose disk fails at some moment: writes go on, and the next fsync tells of an input/output error.
///
/// It lies in a file on a ``SmallDisk`` that has less room than the file claims to be. Takes root and loop devices.
final class FailingDisk: Sendable {
    static let isPossible: Bool = (try? FailingDisk()) != nil

    private static let claimedMegabytes = 128
    private static let realMegabytes = 12

    private let disk: SmallDisk
    /// Where it is mounted.
    let path: String
    private var image: String { disk.path + "/image" }

    init() throws {
        disk = try SmallDisk(megabytes: Self.realMegabytes)
        path = disk.path + "-mounted"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let isMade = try SmallDisk.run("truncate", "-s", "\(Self.claimedMegabytes)m", image) == 0
        let options = "nodiscard,lazy_itable_init=0"
        guard isMade, try SmallDisk.run("mkfs.ext4", "-q", "-E", options, "-O", "^has_journal", image) == 0,
            try SmallDisk.run("mount", "-o", "loop", image, path) == 0
        else {
            try? FileManager.default.removeItem(atPath: path)
            throw SmallDisk.NotMounted()
        }
    }

    deinit {
        _ = try? SmallDisk.run("umount", path)
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Gives the disk the room that it claims, as one replaces a broken one by a copy of it, and repairs the file
    /// system.
    func mend() throws {
        // A child of another test that is just being started may still hold a file of ours.
        var attempts = 0
        while try SmallDisk.run("umount", path) != 0 {
            attempts += 1
            guard attempts < 100 else { throw SmallDisk.NotMounted() }
            Thread.sleep(forTimeInterval: 0.1)
        }
        try disk.grow(toMegabytes: Self.claimedMegabytes * 2)
        // 0 is clean, 1 repaired.
        guard try SmallDisk.run("fsck.ext4", "-p", "-f", image) <= 1,
            try SmallDisk.run("mount", "-o", "loop", image, path) == 0
        else { throw SmallDisk.NotMounted() }
    }
}
