import Anchoring
import Bytes
import Evidence
import EvidenceStore
import Foundation
import Logging
import MerkleLog
import Notary
import OpenSSL
import Synchronization

/// A notary in a folder of its own, with a clock that the test sets.
final class Office: Sendable {
    static let origin = "log.example.org/notary-tests"

    let folder: String
    let trust: TrustBundle
    let clock = SettableClock()

    /// Where SwiftPM puts the executables that this test target depends on.
    static let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path

    init(laneCount: Int = 1, in parent: String = NSTemporaryDirectory()) throws {
        folder = parent + "/cinnabar-notary-\(UUID().uuidString)"
        trust = try Notary.initialize(
            NotaryConfiguration(dataFolder: folder),
            origin: Self.origin,
            laneCount: laneCount
        )
    }

    init(copying other: Office) throws {
        folder = NSTemporaryDirectory() + "cinnabar-notary-\(UUID().uuidString)"
        trust = other.trust
        try FileManager.default.copyItem(atPath: other.folder, toPath: folder)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var configuration: NotaryConfiguration {
        var configuration = NotaryConfiguration(dataFolder: folder)
        configuration.decoderPath = "\(Self.products)/cinnabar-decoder"
        configuration.verifierPath = "\(Self.products)/cinnabar-verify"
        return configuration
    }

    func open(_ change: (inout NotaryConfiguration) -> Void = { _ in }) throws -> Notary {
        try open(exchange: { _ in throw NotaryError(.authorityFailed, "No network in this test.") }, change)
    }

    /// - Parameter exchange: Stands for the network.
    func open(
        exchange: @escaping HTTPExchange,
        _ change: (inout NotaryConfiguration) -> Void = { _ in }
    ) throws -> Notary {
        var configuration = configuration
        change(&configuration)
        let clock = clock
        return try Notary(
            configuration,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            clock: { clock.now },
            exchange: exchange
        )
    }

    /// Opens, works, and closes, whatever happens.
    func whileOpen<Result>(_ work: (Notary, Caller) async throws -> Result) async throws -> Result {
        let notary = try open()
        defer { notary.close() }
        return try await work(notary, try notary.localCaller(account: Notary.defaultAccountName))
    }
}

/// A clock that stands still until it is set.
final class SettableClock: Sendable {
    private let milliseconds = Atomic<Int64>(UTCTime.now.milliseconds)

    var now: UTCTime { UTCTime(milliseconds: milliseconds.load(ordering: .relaxed)) }
    func advance(seconds: Int64) { milliseconds.add(seconds * 1000, ordering: .relaxed) }
}

extension Notary {
    /// Registers made-up bytes as an upload.
    func register(
        _ text: String,
        key: String? = nil,
        claim: Claim = Claim(),
        mediaType: String? = nil,
        for caller: Caller
    ) async throws -> Registration {
        let upload = makeUpload()
        try upload.append(Array(text.utf8))
        return try await register(
            upload,
            RegistrationRequest(claim: claim, declaredMediaType: mediaType, idempotencyKey: key),
            for: caller
        )
    }
}

extension DeclaredFile {
    static func numbered(_ number: Int) -> DeclaredFile {
        DeclaredFile(sha256: SHA256.digest(of: Array("file \(number)".utf8)))
    }
}
