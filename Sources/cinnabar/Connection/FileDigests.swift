import Bytes
import OpenSSL

/// The digests of a file that stays home, computed while its bytes stream by.
struct FileDigests: Sendable {
    let sha256: Digest256
    let sm3: Digest256
    let sizeBytes: UInt64

    init(of file: some FileContent, progress: ByteProgress = { _ in }) throws {
        var sha256 = DigestStream(.sha256)
        var sm3 = DigestStream(.sm3)
        var count: UInt64 = 0
        try file.forEachPiece(progress: progress) { piece in
            sha256.update(piece)
            sm3.update(piece)
            count += UInt64(piece.count)
        }
        guard let first = Digest256(sha256.finalize()), let second = Digest256(sm3.finalize()) else {
            preconditionFailure("SHA-256 and SM3 give 32 bytes")
        }
        self.sha256 = first
        self.sm3 = second
        sizeBytes = count
    }
}
