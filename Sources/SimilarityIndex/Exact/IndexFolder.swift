import Foundation
import Hamming
import Synchronization

/// The files of an index: a manifest, the segments it names, and the log of removals.
///
/// Segments never change. The manifest is replaced after its segments are on the disk and before others are deleted, so
/// a crash leaves at most files that no manifest names.
final class IndexFolder: Sendable {
    /// What a whole folder holds.
    struct Contents {
        var segments: [Segment] = []
        var lanes: [UInt16: IndexManifest.Reach] = [:]
        var removed: Set<EntryKey> = []
    }

    private static let segmentEnding = ".segment"
    private static let unfinishedEnding = ".new"

    let path: String
    private let nextNumber: Atomic<Int>
    /// Held while removals are written: one piece after another, or all anew.
    private let removals = Mutex<Bool>(false)

    private var manifestPath: String { path + "/manifest" }
    private var removedPath: String { path + "/removed" }

    /// Makes the folder if there is none.
    ///
    /// - Throws: ``IndexError`` `.io`.
    init(_ path: String) throws(IndexError) {
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            let numbers = try FileManager.default.contentsOfDirectory(atPath: path).compactMap(Self.number)
            nextNumber = Atomic((numbers.max() ?? 0) + 1)
        } catch {
            throw IndexError(.io, "\(path), the folder of an index, cannot be made or read.", cause: error)
        }
    }

    /// Reads all of it, checks it, and deletes what a crash left over.
    ///
    /// - Throws: ``IndexError`` `.damaged` for anything that is not as it was written; `.io` and `.outOfMemory`.
    func contents() throws(IndexError) -> Contents {
        guard let bytes = FileManager.default.contents(atPath: manifestPath) else {
            guard segmentNumbers().isEmpty else { throw IndexError(.damaged, "\(manifestPath) is missing.") }
            return Contents()
        }
        guard let manifest = IndexManifest([UInt8](bytes)) else {
            throw IndexError(.damaged, "\(manifestPath) is not what was written.")
        }
        var contents = Contents()
        contents.lanes = manifest.lanes
        for number in manifest.segments { contents.segments.append(try segment(number)) }
        let log = FileManager.default.contents(atPath: removedPath).map { [UInt8]($0) } ?? []
        guard let removed = RemovalLog.keys(log) else {
            throw IndexError(.damaged, "\(removedPath) is not what was written.")
        }
        contents.removed = removed.filter { key in contents.segments.contains { $0.holds(key) } }
        try removeLeftovers(beside: manifest.segments)
        return contents
    }

    /// Deletes every file of the index.
    func clear() throws(IndexError) {
        // The manifest last: a crash before leaves a folder that is seen to lack files.
        for number in segmentNumbers() { try FolderFiles.remove(segmentPath(number)) }
        try FolderFiles.remove(removedPath)
        try FolderFiles.remove(manifestPath)
        try FolderFiles.syncFolder(of: manifestPath)
    }

    /// Writes a segment's file, which counts only when a manifest names it.
    func write(_ segment: Segment) throws(IndexError) -> Segment {
        let number = nextNumber.add(1, ordering: .relaxed).oldValue
        do throws(HammingError) {
            try segment.table.write(attachment: segment.attachment, to: segmentPath(number))
        } catch {
            throw IndexError(.io, error.message, cause: error)
        }
        return segment.numbered(number)
    }

    /// Makes these segments the index.
    ///
    /// - Parameters:
    ///   - segments: All of them have files.
    ///   - obsolete: Became part of others.
    ///   - removed: Asked for while no removal is being written.
    func keep(
        _ segments: [Segment],
        insteadOf obsolete: [Segment],
        lanes: [UInt16: IndexManifest.Reach],
        removed: () -> Set<EntryKey>
    ) throws(IndexError) {
        let numbers = segments.compactMap(\.number)
        precondition(numbers.count == segments.count, "A manifest names files.")
        try FolderFiles.replace(manifestPath, IndexManifest(segments: numbers, lanes: lanes).encoded)
        // A crash before this line leaves removals of entries that are gone, which do nothing.
        try removals.withLock { _ throws(IndexError) in
            try FolderFiles.replace(removedPath, removed().sorted().flatMap(RemovalLog.piece))
        }
        for number in obsolete.compactMap(\.number) { try FolderFiles.remove(segmentPath(number)) }
    }

    /// Says for good that an entry is removed.
    func append(removed key: EntryKey) throws(IndexError) {
        try removals.withLock { _ throws(IndexError) in
            try FolderFiles.append(removedPath, RemovalLog.piece(key))
        }
    }

    private func segment(_ number: Int) throws(IndexError) -> Segment {
        do throws(HammingError) {
            let (table, attachment) = try HammingTable.read(segmentPath(number))
            if let segment = Segment(table: table, attachment: attachment, number: number) { return segment }
        } catch {
            switch error.code {
            case .damaged, .absent: throw IndexError(.damaged, error.message, cause: error)
            case .outOfMemory: throw IndexError(.outOfMemory, error.message, cause: error)
            case .full, .io: throw IndexError(.io, error.message, cause: error)
            }
        }
        throw IndexError(.damaged, "\(segmentPath(number)) has keys that are not its own.")
    }

    private func removeLeftovers(beside numbers: [Int]) throws(IndexError) {
        for number in Set(segmentNumbers()).subtracting(numbers) { try FolderFiles.remove(segmentPath(number)) }
        for name in names() where name.hasSuffix(Self.unfinishedEnding) { try FolderFiles.remove("\(path)/\(name)") }
    }

    private func segmentPath(_ number: Int) -> String { "\(path)/\(number)\(Self.segmentEnding)" }

    private func segmentNumbers() -> [Int] { names().compactMap(Self.number) }

    /// The folder was read before: one that cannot be read any more has files that are missed.
    private func names() -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] }

    private static func number(of name: String) -> Int? {
        name.hasSuffix(segmentEnding) ? Int(name.dropLast(segmentEnding.count)) : nil
    }
}
