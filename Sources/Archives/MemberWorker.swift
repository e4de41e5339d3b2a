import Dispatch
import Glibc

/// Reads members on a thread of its own, since that blocks, and keeps the limits that hold for all of them together.
///
/// Unchecked: everything mutable is used on ``queue`` alone, which is serial; using it elsewhere would break that.
final class MemberWorker: @unchecked Sendable {
    private let path: String
    private let executable: String?
    private let limits: ArchiveLimits
    private let queue = DispatchQueue(label: "cinnabar.members")
    private var source: (any MemberSource)?
    private var isFinished = false
    private var memberCount = 0
    private var totalBytes = 0

    init(path: String, executable: String?, limits: ArchiveLimits) {
        self.path = path
        self.executable = executable
        self.limits = limits
    }

    func next() async throws(ArchiveError) -> Member? {
        let result: Result<Member?, ArchiveError> = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.step()) }
        }
        return try result.get()
    }

    private func step() -> Result<Member?, ArchiveError> {
        if isFinished { return .success(nil) }
        do throws(ArchiveError) {
            let source = try openedSource()
            var member = try source.next()
            while let hidden = member, Member.isHidden(hidden.path) {
                try count(hidden, source)
                member = try source.next()
            }
            guard let member else { return end(.success(nil)) }
            try count(member, source)
            return .success(member)
        } catch {
            return end(.failure(error))
        }
    }

    private func end(_ result: Result<Member?, ArchiveError>) -> Result<Member?, ArchiveError> {
        isFinished = true
        source = nil
        return result
    }

    private func count(_ member: Member, _ source: any MemberSource) throws(ArchiveError) {
        memberCount += 1
        guard memberCount <= limits.members else {
            throw ArchiveError(.tooManyMembers, "There are more than \(limits.members) members.")
        }
        guard case .success(let bytes) = member.content else { return }
        totalBytes += bytes.count
        guard totalBytes <= limits.totalBytes else {
            throw ArchiveError(.totalTooLarge, "The members have more than \(limits.totalBytes) bytes in all.")
        }
        guard let archiveBytes = source.archiveBytes else { return }
        let (allowed, overflow) = archiveBytes.multipliedReportingOverflow(by: limits.compressionRatio)
        guard overflow || totalBytes - limits.compressionSlackBytes <= allowed else {
            throw ArchiveError(
                .compressionRatio,
                "The members have more than \(limits.compressionRatio) times the archive's bytes."
            )
        }
    }

    private func openedSource() throws(ArchiveError) -> any MemberSource {
        if let source { return source }
        let isFolder = try RegularFile.isFolder(path)
        let opened: any MemberSource =
            isFolder ? FolderMembers(path, limits) : try ArchiveMembers(path, executable: executable, limits)
        source = opened
        return opened
    }
}
