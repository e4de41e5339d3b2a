import Anchoring
import Evidence
import EvidenceStore
import Foundation
import Logging
import MerkleLog
import OpenSSL
import Synchronization
import Testing
import Witnessing

@testable import Notary

/// A notary with witnesses in this process, over an exchange that can be cut.
@Suite struct WitnessTests {
    /// Witnesses by their URL's host.
    private final class Network: Sendable {
        let witnesses = Mutex<[String: Witness]>([:])
        let requests = Mutex<[String]>([])

        @Sendable func exchange(_ request: OutgoingRequest) async throws -> IncomingResponse {
            let host = String(request.url.split(separator: "/")[1])
            requests.withLock { $0.append(host) }
            guard let witness = witnesses.withLock({ $0[host] }) else { throw CocoaError(.fileNoSuchFile) }
            let answer = try witness.answer(to: request.body)
            return IncomingResponse(
                status: answer.status,
                headers: ["content-type": answer.contentType],
                body: answer.body
            )
        }
    }

    private let office: Office
    private let network = Network()
    private let keys: [VerifierKey]
    private let policyPath: String

    init() async throws {
        let office = try Office()
        self.office = office
        let log = office.trust.logKeys[0].text
        keys = try (1...3).map { number in
            try Witness.create(
                at: "\(office.folder)/w\(number)",
                name: "witness.example/w\(number)",
                logs: [log],
                nowSeconds: 1
            )
        }
        policyPath = "\(office.folder)/policy"
        let lines = keys.enumerated().map { "witness w\($0 + 1) \($1.text) http://w\($0 + 1)/\n" }.joined()
        try (lines + "group g 2 w1 w2 w3\nquorum g\n").write(toFile: policyPath, atomically: false, encoding: .utf8)
        for number in 1...3 { try start(number) }
    }

    private func start(_ number: Int) throws {
        let witness = try Witness(
            folder: "\(office.folder)/w\(number)",
            clock: { 1_795_000_000 },
            logger: Logger(label: "w")
        )
        network.witnesses.withLock { $0["w\(number)"] = witness }
    }

    private func stop(_ number: Int) { network.witnesses.withLock { _ = $0.removeValue(forKey: "w\(number)") } }

    private func open() throws -> Notary {
        var configuration = office.configuration
        configuration.witnessPolicyPath = policyPath
        let clock = office.clock
        return try Notary(
            configuration,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            clock: { clock.now },
            exchange: network.exchange
        )
    }

    @Test func twoOfThreeMakeItWitnessed() async throws {
        let notary = try open()
        defer { notary.close() }
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        stop(2)
        stop(3)
        let made = try await notary.register("a", for: caller)
        #expect(made.stateMeans.contains("unwitnessed"))
        await notary.witnesses?.ask()
        #expect(try notary.registration(made.id, for: caller)?.witnessing == nil)
        #expect(try notary.logs[0].witnessedCheckpoint() == nil)
        #expect(try cosigners(notary.logs[0].checkpoint) == [keys[0]])
        #expect(notary.witnesses?.standing(of: "w2").lastFailure != nil)
        try start(2)
        await notary.witnesses?.ask()
        let witnessed = try #require(try notary.registration(made.id, for: caller))
        #expect(witnessed.witnessing == .init(size: TreeSize(1), witnesses: ["w1", "w2"]))
        #expect(witnessed.state == .witnessed)
        #expect(try cosigners(notary.logs[0].witnessedCheckpoint() ?? []) == [keys[0], keys[1]])
        #expect(notary.witnesses?.standing(of: "w2").lastFailure == nil)
        let later = try await notary.register("b", for: caller)
        #expect(try notary.registration(later.id, for: caller)?.witnessing == nil)
        #expect(try notary.registration(made.id, for: caller)?.witnessing != nil)
    }

    @Test func aWitnessIsAskedOnceForACheckpointAndFromItsSize() async throws {
        do {
            let notary = try open()
            defer { notary.close() }
            let caller = try notary.localCaller(account: Notary.defaultAccountName)
            for text in ["a", "b", "c"] {
                _ = try await notary.register(text, for: caller)
                await notary.witnesses?.ask()
                await notary.witnesses?.ask()
            }
            #expect(network.requests.withLock { $0.filter { $0 == "w1" }.count } == 3)
        }
        // After a restart the size is known, and what is witnessed, too.
        let notary = try open()
        defer { notary.close() }
        #expect(notary.witnesses?.witnessedSize == TreeSize(3))
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        _ = try await notary.register("d", for: caller)
        await notary.witnesses?.ask()
        #expect(network.requests.withLock { $0.filter { $0 == "w1" }.count } == 4)
        #expect(notary.witnesses?.witnessedSize == TreeSize(4))
    }

    /// The witness stored a checkpoint and its answer was lost, or someone else submitted for us.
    @Test func aConflictIsFollowed() async throws {
        let notary = try open()
        defer { notary.close() }
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        _ = try await notary.register("a", for: caller)
        let first = try SignedNote(parsing: notary.logs[0].checkpoint)
        let lost = try AddCheckpointRequest(oldSize: .empty, proof: [], checkpoint: first)
        let witness = try #require(network.witnesses.withLock { $0["w1"] })
        _ = try witness.answer(to: lost.bytes)
        await notary.witnesses?.ask()
        #expect(try cosigners(notary.logs[0].checkpoint).contains(keys[0]), "at the same size")
        _ = try await notary.register("b", for: caller)
        let grown = try SignedNote(parsing: notary.logs[0].checkpoint)
        let proof = try notary.lanes.outgoing.proofs.consistencyProof(from: TreeSize(1), to: TreeSize(2)).hashes
        _ = try witness.answer(to: AddCheckpointRequest(oldSize: TreeSize(1), proof: proof, checkpoint: grown).bytes)
        _ = try await notary.register("c", for: caller)
        await notary.witnesses?.ask()
        #expect(try cosigners(notary.logs[0].checkpoint).contains(keys[0]), "behind")
    }

    /// A folder that was copied and put back: the witnesses have seen more, or something else.
    @Test func aLogThatWasSetBackIsToldSo() async throws {
        let copy = "\(office.folder)-copy"
        defer { try? FileManager.default.removeItem(atPath: copy) }
        try FileManager.default.copyItem(atPath: office.folder, toPath: copy)
        func submit(_ texts: [String]) async throws -> WitnessStanding? {
            let notary = try open()
            defer { notary.close() }
            let caller = try notary.localCaller(account: Notary.defaultAccountName)
            for text in texts { _ = try await notary.register(text, for: caller) }
            await notary.witnesses?.ask()
            return notary.witnesses?.standing(of: "w1")
        }
        #expect(try await submit(["a", "b"])?.lastFailure == nil)
        for name in ["store", "guard", "originals"] where FileManager.default.fileExists(atPath: "\(copy)/\(name)") {
            try? FileManager.default.removeItem(atPath: "\(office.folder)/\(name)")
            try FileManager.default.copyItem(atPath: "\(copy)/\(name)", toPath: "\(office.folder)/\(name)")
        }
        #expect(try await submit(["x"])?.lastFailure?.contains("set back") == true, "smaller")
        #expect(try await submit(["y"])?.lastFailure?.contains("another tree") == true, "as large, and another")
        #expect(network.witnesses.withLock { $0["w1"]?.status.first?.size } == 2)
    }

    @Test func evidenceHoldsTheWitnessedCheckpoint() async throws {
        let notary = try open()
        defer { notary.close() }
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        let made = try await notary.register("a", for: caller)
        for track in notary.anchoring.tracks { try await track.anchorNow() }
        _ = try await notary.register("b", for: caller)
        await notary.witnesses?.ask()
        let bytes = try #require(try await notary.evidenceFile(of: made.id, for: caller))
        let report = EvidenceVerifier(trust: notary.trustBundle).report(on: bytes)
        #expect(report.isConsistent, "\(report.checks.filter { $0.status == .failed })")
        let statuses = Dictionary(uniqueKeysWithValues: report.checks.map { ($0.name, $0.status) })
        #expect(statuses["log.cosignatures@1"] == .notPresent)
        #expect(statuses["log.cosignatures@2"] == .passed)
    }

    @Test(arguments: ["", "quorum w1\n", "log other.example+12345678+AAAA\nquorum none\n"])
    func refusesToStartWithoutAPolicyThatReads(_ text: String) throws {
        try text.write(toFile: policyPath, atomically: false, encoding: .utf8)
        let error = #expect(throws: NotaryError.self) { try open() }
        #expect(error?.code == .authorityFailed)
    }

    @Test func refusesAPolicyForOtherLogsOrWithoutURLs() throws {
        let other = try SignerKey.generate(name: "other.example").verifierKey
        for text in ["log \(other.text)\nquorum none\n", "witness w1 \(keys[0].text)\nquorum w1\n"] {
            try text.write(toFile: policyPath, atomically: false, encoding: .utf8)
            #expect(#expect(throws: NotaryError.self) { try open() }?.code == .authorityFailed)
        }
    }

    private func cosigners(_ checkpoint: [UInt8]) throws -> [VerifierKey] {
        let verified = try SignedNote(parsing: checkpoint)
            .verifiedCheckpoint(log: office.trust.logKeys[0], witnesses: keys)
        return keys.filter { key in verified.cosignatures.contains { $0.key == key } }
    }
}
