import Bytes
import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import Notary
import Synchronization
import Testing

@Suite struct CopyTests {
    @Test func aCopyMadeDuringRegistrationsIsAConsistentPrefix() async throws {
        let fixture = try CopyFixture()
        let sizes = try await fixture.office.whileOpen { notary, caller in
            let isDone = Flag()
            _ = try await notary.register("before all", for: caller)
            return try await withThrowingTaskGroup(of: Void.self) { tasks in
                for worker in 0..<4 {
                    tasks.addTask {
                        for number in 0... {
                            guard !isDone.isUp else { return }
                            _ = try await notary.register("\(worker) \(number)", for: caller)
                        }
                    }
                }
                var sizes: [UInt64] = []
                for _ in 0..<3 {
                    try await Task.sleep(for: .milliseconds(100))
                    let before = try #require(notary.logs.first).size.value
                    let report = try fixture.copy(notary)
                    #expect(try #require(report.logs.first).size >= before)
                    sizes.append(report.logs[0].size)
                }
                isDone.raise()
                try await tasks.waitForAll()
                return sizes
            }
        }
        let verified = try fixture.verified()
        #expect(verified.holds && verified.notes.isEmpty, "\(verified.findings) \(verified.notes)")
        #expect(verified.audit?.entries == sizes.last && verified.signatures == 3)
        for (number, size) in sizes.enumerated() {
            let (report, configuration) = try fixture.drill(number + 1)
            #expect(report.audit.isConsistent && report.audit.records == size, "\(report.audit.findings)")
            #expect(report.keys == Int(size) && !report.isReady && report.isUnguarded)
            #expect(throws: NotaryError(.guardMismatch, "")) {
                try fixture.office.open { $0 = configuration }
            }
        }
    }

    @Test func aSecondCopyBringsInOnlyWhatIsNew() async throws {
        let fixture = try CopyFixture()
        try await fixture.office.whileOpen { notary, caller in
            var bytes = SeededBytes(seed: 1)
            for _ in 0..<3 {
                let upload = notary.makeUpload()
                try upload.append(bytes.next(2 << 20))
                _ = try await notary.register(upload, RegistrationRequest(), for: caller)
            }
            for number in 0..<200 { _ = try await notary.register("\(number)", for: caller) }
        }
        let first = try fixture.copy()
        let before = try fixture.files("files")
        #expect(first.copiedFiles == first.files && first.copiedBytes == first.bytes)
        try await fixture.register(["one more"])
        let second = try fixture.copy()
        let added = try fixture.files("files").filter { before[$0.key] == nil }
        #expect(second.copiedBytes == UInt64(added.values.reduce(0, +)))
        #expect(second.copiedFiles < second.files && second.copiedBytes < second.bytes)
        #expect(second.bytes >= first.bytes)
        let third = try fixture.copy()
        #expect(third.copiedKeyFiles == 0 && third.generation == 3)
        #expect(try fixture.verified().holds)
    }

    @Test func neitherKeysNorGuardGetIntoACopy() async throws {
        let fixture = try CopyFixture()
        try await fixture.register(["one"])
        try fixture.copy()
        let secrets = try FileManager.default.contentsOfDirectory(atPath: fixture.office.folder + "/keys")
            .filter { $0.hasSuffix(".key") }
            .map { try Data(contentsOf: URL(filePath: "\(fixture.office.folder)/keys/\($0)")) }
        #expect(secrets.count == 3)
        for name in try FileManager.default.subpathsOfDirectory(atPath: fixture.copies) {
            guard let data = FileManager.default.contents(atPath: "\(fixture.copies)/\(name)") else { continue }
            for secret in secrets { #expect(data.range(of: secret) == nil, "\(name) holds a secret key.") }
        }
        let (_, configuration) = try fixture.drill()
        #expect(!FileManager.default.fileExists(atPath: configuration.dataFolder + "/guard"))
        #expect(!FileManager.default.fileExists(atPath: configuration.dataFolder + "/keys"))
    }

    @Test func onlySoManyGenerationsAreKeptAsWanted() async throws {
        let fixture = try CopyFixture()
        for number in 0..<4 {
            try await fixture.register(["\(number)"])
            let report = try fixture.copy(keeping: 2)
            #expect(report.removedGenerations == (number < 2 ? [] : [number - 1]))
        }
        #expect(try Notary.copies(in: fixture.copies).map(\.generation) == [3, 4])
        let named = Set(try Notary.copies(in: fixture.copies).flatMap { $0.files.map(\.sha256.hex) })
        #expect(Set(try fixture.files("files").keys) == named)
        let verified = try fixture.verified()
        #expect(verified.holds && verified.notes.isEmpty, "\(verified.findings) \(verified.notes)")
        #expect(try fixture.drill(3).report.logs.first?.size == 3)
        #expect(throws: NotaryError(.copyAbsent, "")) { try fixture.drill(2) }
    }

    @Test func severalLanesAreCopiedTogether() async throws {
        let fixture = try CopyFixture(laneCount: 3)
        try await fixture.register((0..<10).map { "\($0)" })
        let report = try fixture.copy()
        #expect(report.logs.count == 4)
        #expect(try fixture.verified().holds)
        let restored = try fixture.restoreInPlace()
        #expect(restored.isReady && restored.audit.records == 10, "\(restored.audit.findings)")
        try await fixture.register(["after"])
    }

    @Test func aFolderOfAnotherLogOrOfALaterStateIsRefused() async throws {
        let (fixture, other) = (try CopyFixture(), try CopyFixture())
        try await fixture.register(["one"])
        try await other.register(["other"])
        try fixture.copy()
        try await fixture.register(["two"])
        try fixture.copy()
        let before = try FileManager.default.subpathsOfDirectory(atPath: fixture.copies).sorted()
        // Another log of the same name; and the same log, set back to its first generation.
        let stranger = try other.office.open()
        #expect(throws: NotaryError(.copyRefused, "")) { try fixture.copy(stranger) }
        stranger.close()
        let (_, configuration) = try fixture.drill(1)
        try FileManager.default.createDirectory(
            atPath: configuration.dataFolder + "/guard",
            withIntermediateDirectories: true
        )
        let checkpoint = try #require(try Notary.copies(in: fixture.copies).first?.logs.first?.checkpoint)
        try Data(checkpoint).write(to: URL(filePath: configuration.dataFolder + "/guard/checkpoint"))
        let setBack = try fixture.office.open { $0 = configuration }
        #expect(throws: NotaryError(.copyRefused, "")) { try fixture.copy(setBack) }
        setBack.close()
        #expect(try FileManager.default.subpathsOfDirectory(atPath: fixture.copies).sorted() == before)
    }

    @Test func twoCopiesDoNotGoToOneFolderAtATime() async throws {
        let fixture = try CopyFixture()
        try await fixture.register(["one"])
        let notary = try fixture.office.open()
        defer { notary.close() }
        var refusals = 0
        _ = try notary.copyStore(StoreCopyRequest(folder: fixture.copies)) { _ in
            do { _ = try fixture.copy(notary) } catch let error as NotaryError where error.code == .copyBusy {
                refusals += 1
            } catch {}
        }
        #expect(refusals > 0)
    }

    @Test func aCopyIsAsSlowAsWanted() async throws {
        let fixture = try CopyFixture()
        try await fixture.register((0..<50).map { "\($0)" })
        let notary = try fixture.office.open()
        defer { notary.close() }
        var request = StoreCopyRequest(folder: fixture.copies)
        request.bytesPerSecond = 50_000
        let clock = ContinuousClock()
        var report: StoreCopyReport?
        let took = try clock.measure { report = try notary.copyStore(request) }
        #expect(took >= .seconds(Double(try #require(report).copiedBytes) / 50_000) * 0.9)
    }
}

/// Tells tasks that they may end.
private final class Flag: Sendable {
    private let value = Atomic<Bool>(false)

    var isUp: Bool { value.load(ordering: .relaxed) }
    func raise() { value.store(true, ordering: .relaxed) }
}

/// Bytes that no compression makes smaller, the same for the same seed.
struct SeededBytes {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }
}
