import Evidence
import EvidenceStore
import Foundation
import Glibc
import Logging
import MerkleLog
import Notary
import Testing

/// Copies that end in the middle. CINNABAR_COPY_KILLS says how many are killed, CINNABAR_SEED repeats the moments of an
/// earlier run.
@Suite(.serialized) struct CopyCrashTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let kills = environment["CINNABAR_COPY_KILLS"].flatMap { Int($0) } ?? 4
    private static let seed = environment["CINNABAR_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 1...999_999)

    @Test func aKillLeavesEarlierGenerationsWholeAndTheNextCopyGoesThrough() async throws {
        let fixture = try CopyFixture()
        try await fixture.register((0..<40).map { "\($0)" })
        let clock = ContinuousClock()
        let whole = try clock.measure { try fixture.copy() }
        let limit = UInt64(whole / .milliseconds(1))
        var moments = SeededBytes(seed: Self.seed)
        for round in 0..<Self.kills {
            let text = Comment("kill \(round) of seed \(Self.seed)")
            try await fixture.register((0..<3).map { "\(round) \($0)" })
            let share = moments.next(2).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            try await killCopy(of: fixture, afterMicroseconds: limit * 1000 * share / 65_536)
            let before = try Notary.copies(in: fixture.copies)
            let cutOff = try fixture.verified(deeply: false)
            let rest = cutOff.findings.filter { !$0.contains("left of a copy that was cut off") }
            #expect(rest.isEmpty, "\(rest) \(text)")
            #expect(try fixture.drill(before.last?.generation).report.isUnguarded, text)
            let report = try fixture.copy()
            #expect(report.generation == (before.last?.generation ?? 0) + 1, text)
            let verified = try fixture.verified()
            #expect(verified.holds && verified.notes.isEmpty, "\(verified.findings) \(verified.notes) \(text)")
        }
    }

    private func killCopy(of fixture: CopyFixture, afterMicroseconds delay: UInt64) async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [folder = fixture.office.folder as String, copies = fixture.copies as String, delay = delay as UInt64] in
            let notary = try Office.open(folder)
            Thread.detachNewThread {
                usleep(UInt32(delay))
                kill(getpid(), SIGKILL)
            }
            // Slow enough that kills hit every step of it.
            var request = StoreCopyRequest(folder: copies)
            request.bytesPerSecond = 2_000_000
            _ = try notary.copyStore(request)
            kill(getpid(), SIGKILL)
        }
    }

    /// On a file system of 256 KiB, which only root can mount; says so where it cannot.
    @Test(.enabled(if: geteuid() == 0, "Mounting a small file system needs root."))
    func aFullDiskLeavesEarlierGenerationsWhole() async throws {
        let fixture = try CopyFixture()
        try await fixture.register(["one"])
        try FileManager.default.createDirectory(atPath: fixture.copies, withIntermediateDirectories: true)
        // Safe: the call copies its texts before it returns.
        guard unsafe mount("tmpfs", fixture.copies, "tmpfs", 0, "size=256k") == 0 else {
            return print("not run: this system mounts no tmpfs (error \(errno))")
        }
        defer { unsafe umount(fixture.copies) }
        try fixture.copy()
        try await fixture.office.whileOpen { notary, caller in
            for number in 0..<500 { _ = try await notary.register("\(number)", for: caller) }
        }
        #expect(throws: NotaryError(.copyFailed, "")) { try fixture.copy() }
        let verified = try fixture.verified(deeply: false)
        let rest = verified.findings.filter { !$0.contains("left of a copy that was cut off") }
        #expect(rest.isEmpty && verified.generations == [1], "\(verified.findings)")
        #expect(try fixture.drill().report.isUnguarded)
        // The log itself was not touched.
        try await fixture.register(["after"])
    }
}

extension Office {
    /// Opens a folder that another process's office made.
    static func open(_ folder: String) throws -> Notary {
        var configuration = NotaryConfiguration(dataFolder: folder)
        configuration.decoderPath = "\(products)/cinnabar-decoder"
        configuration.verifierPath = "\(products)/cinnabar-verify"
        return try Notary(configuration, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })) {
            _ in
            throw NotaryError(.authorityFailed, "No network in this test.")
        }
    }
}
