import Bytes
import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import Notary
import Testing

@Suite("Several lanes under a top log")
struct LaneTests {
    private static let laneCount = 3

    @Test("registrations spread over the lanes, and each answer holds in its own lane's log")
    func spreading() async throws {
        let office = try Office(laneCount: Self.laneCount)
        try await office.whileOpen { notary, caller in
            let registrations = try await registerMany(30, notary, caller)
            #expect(Set(registrations.map(\.position.lane)).count == Self.laneCount)
            #expect(Set(registrations.map(\.position)).count == 30)
            for registration in registrations {
                let note = try SignedNote(parsing: registration.checkpoint)
                let checkpoint = try Checkpoint(parsing: note.text)
                #expect(checkpoint.origin == "\(Office.origin)/lanes/\(registration.position.lane.rawValue)")
                let key = try #require(office.trust.logKeys.first { $0.name == checkpoint.origin })
                let verified = try note.verifiedCheckpoint(log: key, witnesses: [])
                let proof = registration.proof
                _ = try proof.verify(leaf: registration.id, root: verified.checkpoint.root)
            }
            #expect(try notary.audit().findings == [])
        }
    }

    @Test("an evidence file leads from the entry over its lane into the top log, and verifies")
    func evidence() async throws {
        let office = try Office(laneCount: Self.laneCount)
        let bytes = try await office.whileOpen { notary, caller in
            let registrations = try await registerMany(12, notary, caller)
            let registration = try #require(registrations.last)
            #expect(registration.state == .published)
            let file = try #require(try await notary.evidenceFile(of: registration.id, for: caller))
            #expect(try notary.registration(registration.id, for: caller)?.state == .timestamped)
            return file
        }
        let (file, findings) = try EvidenceFile.reading(bytes)
        #expect(findings.isEmpty && file.checkpointFolders.count == 2)
        let report = EvidenceVerifier(trust: office.trust).report(on: bytes)
        #expect(report.isConsistent, "\(report.checks.filter { $0.status == .failed })")
        #expect(report.checks.filter { $0.name.hasPrefix("log.inclusion") && $0.status == .passed }.count == 2)

        let text = String(decoding: file[.readme] ?? [], as: UTF8.self)
        #expect(text.contains("The lane's checkpoint is in the top log's tree"))
    }

    @Test("a lane's folder that is changed, missing or from another lane breaks the chain")
    func brokenChain() async throws {
        let office = try Office(laneCount: Self.laneCount)
        let files = try await office.whileOpen { notary, caller in
            var files: [EvidenceFile] = []
            for registration in try await registerMany(12, notary, caller) {
                let bytes = try #require(try await notary.evidenceFile(of: registration.id, for: caller))
                files.append(try EvidenceFile.reading(bytes).file)
            }
            return files
        }
        let file = try #require(files.first)
        let lane = try #require(file.checkpointFolders.first { file[.inclusionProof($0)] != nil })
        let top = try #require(file.checkpointFolders.first { file[.laneProof($0)] != nil })
        let other = try #require(files.first { $0[.record] != file[.record] && $0[.signedCheckpoint(lane)] == nil })

        let withoutLane = file.members.filter { path, _ in
            ![.signedCheckpoint(lane), .checkpoint(lane), .inclusionProof(lane)].contains(path)
        }
        #expect(failed(withoutLane, office.trust) == ["log.inclusion"])

        var ofAnotherLane = withoutLane
        for (path, bytes) in other.members where path.path.hasPrefix("checkpoints/") { ofAnotherLane[path] = bytes }
        ofAnotherLane[.laneProof(top)] = file[.laneProof(top)]
        #expect(failed(ofAnotherLane, office.trust).contains("log.inclusion"))

        var asEntry = file.members
        asEntry[.inclusionProof(top)] = asEntry.removeValue(forKey: .laneProof(top))
        #expect(failed(asEntry, office.trust).contains("log.inclusion"))

        var both = file.members
        both[.inclusionProof(top)] = both[.laneProof(top)]
        #expect(failed(both, office.trust).contains("log.inclusion"))
    }

    @Test("an idempotency key is honoured whichever lane comes next, at once and after a restart")
    func idempotency() async throws {
        let office = try Office(laneCount: Self.laneCount)
        var made: [LeafHash] = []
        for round in 0..<3 {
            let ids = try await office.whileOpen { notary, caller in
                var ids: [LeafHash] = []
                for number in 0..<10 {
                    let registration = try await notary.register("file \(number)", key: "key-\(number)", for: caller)
                    #expect(registration.isReplay == (round > 0))
                    ids.append(registration.id)
                }
                #expect(try notary.audit().entries >= 10)
                return ids
            }
            if round == 0 { made = ids }
            #expect(ids == made)
        }
    }

    @Test("each log has a guard of its own: one set back or missing refuses to start", arguments: ["", "-lane-1"])
    func guards(_ suffix: String) async throws {
        let office = try Office(laneCount: Self.laneCount)
        try await office.whileOpen { notary, caller in
            let registration = try await registerMany(6, notary, caller).last
            _ = try await notary.evidenceFile(of: try #require(registration).id, for: caller)
        }
        try FileManager.default.removeItem(atPath: "\(office.folder)/guard/checkpoint\(suffix)")
        #expect(throws: NotaryError(.guardMismatch, "")) { try office.open() }
    }

    @Test("the public tiles of every log give its checkpoint's root")
    func publication() async throws {
        let office = try Office(laneCount: Self.laneCount)
        try await office.whileOpen { notary, caller in
            let registration = try #require(try await registerMany(9, notary, caller).last)
            _ = try await notary.evidenceFile(of: registration.id, for: caller)
            #expect(notary.logs.map(\.origin).first == Office.origin && notary.logs.count == 1 + Self.laneCount)
            #expect(notary.logs.map(\.laneNumber) == [nil, 0, 1, 2])
            for log in notary.logs {
                let checkpoint = try Checkpoint(parsing: SignedNote(parsing: log.checkpoint).text)
                let bundle = try #require(try log.resource("tile/entries/000.p/\(log.size)"))
                var frontier = Frontier()
                for entry in try EntryBundle(decoding: bundle).entries { frontier.append(LeafHash(entry: entry)) }
                #expect(frontier.root == checkpoint.root && frontier.size == log.size)
            }
        }
    }

    private func registerMany(_ count: Int, _ notary: Notary, _ caller: Caller) async throws -> [Registration] {
        try await withThrowingTaskGroup(of: Registration.self) { tasks in
            for number in 0..<count {
                tasks.addTask {
                    try await notary.register(.numbered(number), RegistrationRequest(), for: caller)
                }
            }
            var registrations: [Registration] = []
            for try await registration in tasks { registrations.append(registration) }
            return registrations
        }
    }

    /// The names of the failed checks of the log, without their checkpoints.
    private func failed(_ members: [MemberPath: [UInt8]], _ trust: TrustBundle) -> Set<String> {
        let report = EvidenceVerifier(trust: trust).report(onMembers: members.map { ($0.key.path, $0.value) })
        let failed = report.checks.filter { $0.status == .failed && $0.name.hasPrefix("log.") }
        return Set(failed.compactMap { $0.name.split(separator: "@").first.map(String.init) })
    }
}
