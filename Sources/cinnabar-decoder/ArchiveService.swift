import ArchiveDecoding
import Archives
import Glibc

/// Reads the archive on descriptor 0 and writes its members to descriptor 1.
struct ArchiveService {
    let memberLimitBytes: Int

    /// A member, twice while its array grows, and what libarchive needs.
    private var memoryBytes: Int { memberLimitBytes * 4 + (64 << 20) }

    func run() {
        do {
            try Sandbox.endWithParent()
            ArchiveReader.start()
            let archive = try MappedFile(descriptor: 0, isShared: false)
            let isFiltered = try Sandbox.enter(memoryBytes: memoryBytes, descriptors: 3)
            send(ArchiveMessage.hello(isFiltered: isFiltered).bytes)
            var reader = try ArchiveReader(UnsafeRawBufferPointer(archive.bytes), memberLimitBytes: memberLimitBytes)
            sendMembers(&reader)
        } catch {
            complain("\(error)")
            exit(1)
        }
    }

    private func sendMembers(_ reader: inout ArchiveReader) {
        do throws(ArchiveError) {
            var isFirst = true
            while let (path, content) = try reader.next(isFirst: isFirst) {
                isFirst = false
                switch content {
                case .bytes(let bytes):
                    send(ArchiveMessage.member(pathBytes: path.count, byteCount: bytes.count).bytes + path)
                    send(bytes)
                case .failure(let code):
                    send(ArchiveMessage.failedMember(pathBytes: path.count, code).bytes + path)
                }
            }
            send(ArchiveMessage.end.bytes)
        } catch {
            send(ArchiveMessage.failure(error.code).bytes)
        }
    }

    /// Ends the process when the parent no longer listens.
    private func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { exit(1) }
            rest = rest.dropFirst(count)
        }
    }
}
