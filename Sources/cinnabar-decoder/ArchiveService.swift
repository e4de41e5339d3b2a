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
            PipeWriter.write(ArchiveMessage.hello(isFiltered: isFiltered).bytes)
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
                    PipeWriter.write(ArchiveMessage.member(pathBytes: path.count, byteCount: bytes.count).bytes + path)
                    PipeWriter.write(bytes)
                case .failure(let code):
                    PipeWriter.write(ArchiveMessage.failedMember(pathBytes: path.count, code).bytes + path)
                }
            }
            PipeWriter.write(ArchiveMessage.end.bytes)
        } catch {
            PipeWriter.write(ArchiveMessage.failure(error.code).bytes)
        }
    }
}
