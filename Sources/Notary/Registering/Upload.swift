import Bytes
import Fingerprints
import Foundation
import OpenSSL
import Synchronization

/// A file on its way in: digests are computed while the bytes stream by, and the bytes are kept until the registration
/// is made or given up.
public final class Upload: Sendable {
    /// Product photos stay in memory; beyond this a file goes to an unlinked temporary file.
    static let memoryLimitBytes = 8 << 20

    private struct State: ~Copyable {
        var sha256 = DigestStream(.sha256)
        var sm3 = DigestStream(.sm3)
        /// `nil` when nobody will read it.
        var codes: FileCodes?
        var spool: Spool
        var sizeBytes: UInt64 = 0
    }

    private let limitBytes: UInt64
    private let state: Mutex<State?>

    init(limitBytes: UInt64, temporaryFolder: String, computesISCC: Bool) {
        self.limitBytes = limitBytes
        state = Mutex(State(codes: computesISCC ? FileCodes() : nil, spool: Spool(folder: temporaryFolder)))
    }

    /// How many bytes have come so far.
    public var sizeBytes: UInt64 {
        state.withLock { state in
            if state == nil { 0 } else { state!.sizeBytes }
        }
    }

    /// - Throws: ``NotaryError`` with `.fileTooLarge` past the limit, `.storeFailed` when the temporary file cannot be
    ///   written.
    public func append(_ bytes: [UInt8]) throws {
        try state.withLock { state in
            guard state != nil else { throw Self.finished }
            let size = state!.sizeBytes + UInt64(bytes.count)
            guard size <= limitBytes else {
                throw NotaryError(
                    .fileTooLarge,
                    "The file is larger than \(limitBytes) bytes. Register it by its digests instead, or raise "
                        + "the limit."
                )
            }
            state!.sha256.update(bytes)
            state!.sm3.update(bytes)
            state!.codes?.update(bytes)
            try state!.spool.append(bytes)
            state!.sizeBytes = size
        }
    }

    /// The whole file; the upload is then used up.
    func finish() throws -> UploadedFile {
        let state = self.state.withLock { state in state.take() }
        guard let state else { throw Self.finished }
        return try UploadedFile(
            consuming: state.sha256.finalize(),
            state.sm3.finalize(),
            state.codes?.units ?? [],
            state.sizeBytes,
            state.spool
        )
    }

    private static let finished = NotaryError(.invalidRequest, "The upload was already used.")
}

/// A file that has wholly come in.
struct UploadedFile: Sendable {
    let sizeBytes: UInt64
    let sha256: Digest256
    let sm3: Digest256
    /// The Data- and Instance-Code, if they were computed.
    let codes: [ISCCUnit]
    private let spool: Spool

    fileprivate init(
        consuming sha256: [UInt8],
        _ sm3: [UInt8],
        _ codes: [ISCCUnit],
        _ sizeBytes: UInt64,
        _ spool: Spool
    ) throws {
        guard sizeBytes > 0 else { throw NotaryError(.emptyFile, "The file is empty. There is nothing to register.") }
        guard let sha256 = Digest256(sha256), let sm3 = Digest256(sm3) else {
            preconditionFailure("SHA-256 and SM3 have 32 bytes.")
        }
        self.sizeBytes = sizeBytes
        self.sha256 = sha256
        self.sm3 = sm3
        self.codes = codes
        self.spool = spool
    }

    /// The first bytes, enough to tell a format by, cut at the end of a UTF-8 character if it is text.
    var head: [UInt8] {
        get throws {
            let bytes = try spool.read(from: 0, count: Self.headBytes)
            guard bytes.count == Self.headBytes else { return bytes }
            let lastStart = bytes.lastIndex { $0 & 0xC0 != 0x80 } ?? 0
            return bytes[lastStart] < 0x80 ? bytes : Array(bytes[..<lastStart])
        }
    }

    /// A DOCX may hold its pictures before the text that names it; few hold more than this.
    private static let headBytes = 1 << 20

    /// All bytes in memory; only for files that a decoder or an account's policy takes whole.
    var bytes: [UInt8] { get throws { try spool.read(from: 0, count: Int(sizeBytes)) } }

    /// The file in pieces of at most 1 MiB.
    func forEachPiece(_ body: ([UInt8]) throws -> Void) throws {
        let pieceBytes = 1 << 20
        var offset = 0
        while offset < Int(sizeBytes) {
            try body(try spool.read(from: offset, count: min(pieceBytes, Int(sizeBytes) - offset)))
            offset += pieceBytes
        }
    }
}
