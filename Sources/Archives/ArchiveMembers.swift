import CProcess
import Glibc
import MediaDecoding

/// The members of an archive, as a decoder child of its own reads them.
final class ArchiveMembers: MemberSource {
    let archiveBytes: Int?
    private let limits: ArchiveLimits
    private let process: ChildProcess
    private let pipe: Int32
    private var isGreeted = false

    /// Starts the child, which holds the file as its only input.
    init(_ path: String, executable: String?, _ limits: ArchiveLimits) throws(ArchiveError) {
        self.limits = limits
        let file = try RegularFile(path, followsLink: true)
        archiveBytes = file.byteCount
        var readEnd: Int32 = -1
        var writeEnd: Int32 = -1
        // Both results live as long as the call.
        guard unsafe cinnabar_pipe(&readEnd, &writeEnd) == 0 else {
            throw ArchiveError(.decoderUnavailable, "No pipe to a decoder process (errno \(errno)).")
        }
        defer { close(writeEnd) }
        pipe = readEnd
        do throws(MediaError) {
            process = try ChildProcess(
                try decoderExecutable(executable),
                mode: "archive",
                limitBytes: limits.memberBytes,
                input: file.descriptor,
                output: writeEnd,
                shared: nil
            )
        } catch {
            close(readEnd)
            throw ArchiveError(.decoderUnavailable, error.message)
        }
    }

    deinit { close(pipe) }

    func next() throws(ArchiveError) -> Member? {
        let deadline = ContinuousClock.now + .seconds(limits.seconds)
        while true {
            switch ArchiveMessage(try read(ArchiveMessage.byteCount, deadline)) {
            case .hello? where !isGreeted: isGreeted = true
            case .member(let pathBytes, let byteCount)? where byteCount <= limits.memberBytes:
                let path = String(decoding: try read(pathBytes, deadline), as: UTF8.self)
                return Member(path: path, content: .success(try read(byteCount, deadline)))
            case .failedMember(let pathBytes, let code)?:
                let path = String(decoding: try read(pathBytes, deadline), as: UTF8.self)
                return Member(path: path, content: .failure(Self.error(code, limits)))
            case .end?: return nil
            case .failure(let code)?: throw Self.error(code, limits)
            default: throw Self.death
            }
        }
    }

    private func read(_ count: Int, _ deadline: ContinuousClock.Instant) throws(ArchiveError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            try wait(until: deadline)
            // The slice is as long as the count says, and lives as long as the call.
            let read = unsafe bytes.withUnsafeMutableBytes { buffer in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
                return unsafe Glibc.read(pipe, rest.baseAddress, rest.count)
            }
            if read < 0, errno == EINTR { continue }
            guard read > 0 else { throw Self.death }
            done += read
        }
        return bytes
    }

    private func wait(until deadline: ContinuousClock.Instant) throws(ArchiveError) {
        while true {
            // Told by the clock and not by `poll`, which never says so to a child that writes without end.
            let remaining = deadline - .now
            guard remaining > .zero else {
                throw ArchiveError(.timedOut, "The archive gave no next member within \(limits.seconds) s.")
            }
            let (seconds, attoseconds) = remaining.components
            // Rounded up, so that a rest under a millisecond does not spin.
            let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1
            var state = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
            // One structure, alive as long as the call.
            let ready = unsafe poll(&state, 1, Int32(clamping: milliseconds))
            if ready > 0 { return }
            guard ready == 0 || errno == EINTR else { throw Self.death }
        }
    }

    private static let death = ArchiveError(.decoderDied, "The decoder process ended while it read the archive.")

    private static func error(_ code: ArchiveError.Code, _ limits: ArchiveLimits) -> ArchiveError {
        switch code {
        case .notARegularFile: ArchiveError(code, "The member is a link or device.")
        case .unsupportedFormat: ArchiveError(code, "The file is no ZIP.")
        case .malformed: ArchiveError(code, "The archive or member is truncated or damaged.")
        case .encrypted: ArchiveError(code, "The member needs a password.")
        case .memberTooLarge: ArchiveError(code, "The member has more than \(limits.memberBytes) bytes.")
        case .unreadable, .tooManyMembers, .totalTooLarge, .compressionRatio, .timedOut, .decoderDied,
            .decoderUnavailable:
            death
        }
    }
}
