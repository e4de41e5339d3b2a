import Evidence
import EvidenceStore
import Foundation
import Glibc
import MerkleLog
import Notary
import Testing

/// The disk takes no more, in the middle of registering.
@Suite struct FullDiskTests {
    /// A record of some 30 kB, so that a small disk fills soon.
    private static func claim(_ number: Int) throws -> Claim {
        let text = String(repeating: "\(number % 10)", count: Claim.fieldLimitBytes)
        return try Claim(Dictionary(uniqueKeysWithValues: Claim.Field.allCases.map { ($0, text) }))
    }

    /// Registers until the store takes no more, and expects that nothing more is shown or taken from there on.
    private static func fill(_ notary: Notary) async throws -> [LeafHash] {
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        var acknowledged: [LeafHash] = []
        var published = notary.publishedCheckpoint
        for number in 0..<5000 {
            do {
                acknowledged.append(try await notary.register("\(number)", claim: claim(number), for: caller).id)
                published = notary.publishedCheckpoint
            } catch {
                #expect((error as? NotaryError) == NotaryError(.storeFailed, ""), "\(error)")
                await #expect(throws: NotaryError(.storeFailed, "")) { try await notary.register("x", for: caller) }
                #expect(await !notary.health().isHealthy)
                #expect(notary.publishedCheckpoint == published)
                if let last = acknowledged.last { #expect(try notary.registration(last, for: caller) != nil) }
                return acknowledged
            }
        }
        Issue.record("The disk never filled.")
        return acknowledged
    }

    private static func expectAll(_ acknowledged: [LeafHash], in office: Office) async throws {
        try await office.whileOpen { notary, caller in
            let report = try notary.audit()
            #expect(report.isConsistent, "\(report.findings)")
            // One batch may have been durable without an answer.
            #expect([0, 1].contains(Int(report.entries) - acknowledged.count))
            let lost = try acknowledged.enumerated().count { index, id in
                try notary.registration(id, for: caller)?.position.index.value != UInt64(index)
            }
            #expect(lost == 0)
            let next = try await notary.register("after", for: caller)
            #expect(next.position.index.value == report.entries)
            #expect(try notary.audit().isConsistent)
            print("Full disk: \(acknowledged.count) acknowledged, \(lost) lost, 0 indexes reused")
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "Skipped: mounting a small file system takes root."))
    func aFullFileSystemRefusesAndLosesNothing() async throws {
        let disk = try SmallDisk(megabytes: 12)
        defer { withExtendedLifetime(disk) {} }
        let office = try Office(in: disk.path)
        let filler = disk.path + "/filler"
        try Data(count: 4 << 20).write(to: URL(filePath: filler))
        let notary = try office.open()
        let acknowledged = try await Self.fill(notary)
        notary.close()
        #expect(acknowledged.count > 20)
        // Full as it is, it does not come up and does not get worse; with room it is all there.
        try? office.open().close()
        try FileManager.default.removeItem(atPath: filler)
        try await Self.expectAll(acknowledged, in: office)
    }

    /// No double: the kernel answers fsync with an error, because the disk under the file system failed.
    ///
    /// Linux' loop device takes a write that was cut short for whole, so this disk may also lose what it said to have
    /// synced. Then the guard knows, and nothing goes on as if all were there.
    @Test(.enabled(if: FailingDisk.isPossible, "Skipped: a disk that fails takes root and loop devices."))
    func aDiskThatFailsRefusesAndLosesNothingInSilence() async throws {
        let disk = try FailingDisk()
        defer { withExtendedLifetime(disk) {} }
        let office = try Office(in: disk.path)
        let notary = try office.open()
        let acknowledged = try await Self.fill(notary)
        notary.close()
        #expect(acknowledged.count > 20)
        try disk.mend()
        do {
            try office.open().close()
        } catch let error as NotaryError where error.code == .storeFailed {
            // What was on its way is torn as no crash leaves it: a recovery finds all that was acknowledged, or says so.
            do {
                _ = try Notary.recoverStore(office.configuration, applies: true)
            } catch let error as NotaryError where error.code == .guardMismatch {
                return print("Failed disk: it lost what it said to have synced, and the guard refuses")
            }
        } catch let error as NotaryError where error.code == .guardMismatch {
            return print("Failed disk: it lost what it said to have synced, and the guard refuses")
        }
        try await Self.expectAll(acknowledged, in: office)
    }

    /// Without root: the system refuses to let the process's files grow.
    @Test func aLimitOnFileSizesRefusesAndLosesNothing() async throws {
        let office = try Office()
        await #expect(processExitsWith: .exitCode(7)) { [folder = office.folder as String] in
            signal(SIGXFSZ, SIG_IGN)
            let notary = try Office.open(folder)
            var limit = rlimit()
            // Safe: the structure lives through the calls.
            unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            limit.rlim_cur = 600_000
            guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(1) }
            let acknowledged = try await FullDiskTests.fill(notary)
            notary.close()
            let lines = acknowledged.map(\.hex).joined(separator: "\n")
            try lines.write(toFile: folder + "/acknowledged", atomically: false, encoding: .utf8)
            exit(acknowledged.count > 5 ? 7 : 2)
        }
        let lines = try String(contentsOfFile: office.folder + "/acknowledged", encoding: .utf8)
        try await Self.expectAll(lines.split(separator: "\n").compactMap { LeafHash(hex: $0) }, in: office)
    }
}
