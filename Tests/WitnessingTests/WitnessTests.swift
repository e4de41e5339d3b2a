import Anchoring
import Foundation
import Logging
import MerkleLog
import OpenSSL
import Synchronization
import Testing
import Witnessing

struct WitnessTests {
    /// Submits and gives the outcome with every cosignature checked.
    private func submit(_ request: AddCheckpointRequest, to witness: Witness) throws -> WitnessOutcome {
        switch try witness.answer(to: request.bytes) {
        case .conflict(let size): return .conflict(size.value)
        case .refused(let refusal): return .refused(refusal)
        case .cosigned(let lines):
            let valid = lines.compactMap { Cosignature(line: $0, over: request.checkpoint.text, by: [witness.key]) }
            #expect(valid.count == lines.count && lines.count == 1)
            return .cosigned(atSeconds: valid.first?.timestampSeconds)
        }
    }

    private enum WitnessOutcome: Equatable {
        case cosigned(atSeconds: UInt64?)
        case conflict(UInt64)
        case refused(AddCheckpointResponse.Refusal)
        static let cosigned = Self.cosigned(atSeconds: 1_795_000_000)
    }

    @Test func cosignsWhatExtends() throws {
        let log = try TestLog()
        let scratch = try WitnessScratch(log)
        let witness = try scratch.open()
        #expect(witness.key.name == WitnessScratch.name)
        #expect(witness.key.algorithm == .cosignature)
        for (old, new) in [(0, 0), (0, 1), (1, 7), (7, 7), (7, 256), (256, 257), (257, 1000)] as [(UInt64, UInt64)] {
            #expect(try submit(log.request(old, new), to: witness) == .cosigned, "\(old) to \(new)")
        }
        #expect(witness.status.map(\.size) == [1000])
    }

    @Test func answersAsTheProtocolSays() throws {
        let log = try TestLog()
        let witness = try WitnessScratch(log).open()
        #expect(try submit(log.request(5, 9), to: witness) == .conflict(0))
        #expect(try submit(log.request(0, 9), to: witness) == .cosigned)
        #expect(try submit(log.request(0, 9), to: witness) == .conflict(9))
        #expect(try submit(log.request(8, 20), to: witness) == .conflict(9))
        #expect(try submit(log.request(9, 8), to: witness) == .refused(.malformed))
        #expect(try submit(log.request(8, 8), to: witness) == .conflict(9), "an older one that it saw itself")
        #expect(try submit(TestLog("log.example/b").request(0, 9), to: witness) == .refused(.unknownLog))
        let stranger = try TestLog.key("log.example/a", seed: 77)
        #expect(try submit(log.request(9, 20, signedBy: stranger), to: witness) == .refused(.untrustedSignature))
        #expect(try witness.answer(to: Array("nonsense".utf8)) == .refused(.malformed))
        let notACheckpoint = try SignedNote(signing: "log.example/a\nnine\n", with: log.key)
        let body = try AddCheckpointRequest(oldSize: TreeSize(9), proof: [], checkpoint: notACheckpoint).bytes
        #expect(try witness.answer(to: body) == .refused(.malformed))
        #expect(witness.status.map(\.size) == [9])
    }

    @Test func refusesProofsThatDoNotHold() throws {
        let log = try TestLog()
        let witness = try WitnessScratch(log).open()
        let good = try log.request(9, 20)
        let extra = good.proof + [good.proof[0]]
        #expect(
            try submit(.init(oldSize: .empty, proof: extra, checkpoint: good.checkpoint), to: witness)
                == .refused(.invalidProof)
        )
        #expect(try submit(log.request(0, 9), to: witness) == .cosigned)
        let same = try log.request(9, 9).checkpoint
        for (proof, note) in [
            ([], good.checkpoint), (Array(good.proof.dropLast()), good.checkpoint), (extra, good.checkpoint),
            (good.proof.reversed(), good.checkpoint), (good.proof, same),
        ] {
            let request = try AddCheckpointRequest(oldSize: TreeSize(9), proof: proof, checkpoint: note)
            #expect(try submit(request, to: witness) == .refused(.invalidProof))
        }
        #expect(witness.status.map(\.size) == [9])
    }

    @Test func refusesAForkAndKeepsItsEvidence() throws {
        let (log, fork) = (try TestLog(), try TestLog(fork: 15))
        let scratch = try WitnessScratch(log)
        let witness = try scratch.open()
        #expect(try submit(log.request(0, 20), to: witness) == .cosigned)
        #expect(try submit(fork.request(20, 20), to: witness) == .conflict(20))
        #expect(scratch.log.lines(at: .critical).contains { $0.contains("POSSIBLE FORK") })
        #expect(scratch.forkFiles.count == 2)
        for name in scratch.forkFiles {
            let note = try SignedNote(parsing: Array(Data(contentsOf: URL(filePath: "\(scratch.path)/forks/\(name)"))))
            #expect(throws: Never.self) { try note.verifiedCheckpoint(log: log.key.verifierKey) }
        }
        #expect(witness.status.map(\.forkCount) == [1])
        // Grown past the fork, the lie does not prove itself either.
        #expect(try submit(fork.request(20, 30), to: witness) == .refused(.invalidProof))
        #expect(try submit(log.request(20, 30), to: witness) == .cosigned)
    }

    @Test func aLogMayRotateItsKey() throws {
        let log = try TestLog()
        let next = try TestLog.key("log.example/a", seed: 2)
        let scratch = try WitnessScratch(log)
        #expect(try submit(log.request(0, 9), to: scratch.open()) == .cosigned)
        #expect(try submit(log.request(9, 20, signedBy: next), to: scratch.open()) == .refused(.untrustedSignature))
        try Witness.add(log: next.verifierKey.text, to: scratch.path, nowSeconds: 1)
        let witness = try scratch.open()
        #expect(witness.status.map(\.size) == [9], "the state stays when a key comes")
        #expect(try submit(log.request(9, 20, signedBy: next), to: witness) == .cosigned)
        #expect(try submit(log.request(20, 30), to: witness) == .cosigned)
    }

    @Test func unknownLinesBesideTheLogsAreIgnored() throws {
        let log = try TestLog()
        let witness = try WitnessScratch(log).open()
        var note = try log.request(0, 9).checkpoint
        try note.append(TestLog.key("log.example/a", seed: 9).signature(for: note.text))
        try note.append(
            SignerKey.generate(name: "w.example", algorithm: .cosignature).cosignature(
                for: note.text,
                timestampSeconds: 1
            )
        )
        #expect(try submit(.init(oldSize: .empty, proof: [], checkpoint: note), to: witness) == .cosigned)
    }

    @Test func remembersAcrossRestarts() throws {
        let (log, other) = (try TestLog(), try TestLog("log.example/b", seed: 3))
        let scratch = try WitnessScratch(log, other)
        #expect(try submit(log.request(0, 9), to: scratch.open()) == .cosigned)
        #expect(try submit(other.request(0, 500), to: scratch.open()) == .cosigned)
        let witness = try scratch.open()
        #expect(witness.status.map(\.size) == [9, 500])
        #expect(try submit(log.request(0, 5), to: witness) == .conflict(9))
    }

    /// Of many requests from one size, one wins; the others learn where the witness is.
    @Test func requestsAtOnceNeverRollBack() async throws {
        let log = try TestLog()
        let scratch = try WitnessScratch(log)
        let witness = try scratch.open()
        #expect(try submit(log.request(0, 100), to: witness) == .cosigned)
        let outcomes = try await withThrowingTaskGroup(of: (UInt64, WitnessOutcome).self) { group in
            for size in (101...140).map({ UInt64($0) }) {
                let request = try log.request(100, size)
                group.addTask { (size, try submit(request, to: witness)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let won = outcomes.filter { $0.1 == .cosigned }.map(\.0)
        #expect(won.count == 1)
        #expect(outcomes.filter { $0.1 == .conflict(won.first ?? 0) }.count == 39)
        #expect(witness.status.map(\.size) == won)
    }

    @Test func timesNeverGoBack() throws {
        let log = try TestLog()
        let scratch = try WitnessScratch(log)
        let witness = try scratch.open()
        #expect(try submit(log.request(0, 9), to: witness) == .cosigned)
        scratch.clock.withLock { $0 -= 30 }
        #expect(try submit(log.request(9, 20), to: witness) == .cosigned, "a little behind: the time of the last one")
        scratch.clock.withLock { $0 -= 3600 }
        #expect(throws: WitnessingError.self) { try witness.answer(to: log.request(20, 30).bytes) }
        #expect(witness.status.map(\.size) == [20])
        scratch.clock.withLock { $0 += 7200 }
        #expect(try submit(log.request(20, 30), to: witness) == .cosigned(atSeconds: 1_795_000_000 + 3570))
    }

    @Test func stopsCosigningWhenTheStateCannotBeWritten() throws {
        let log = try TestLog()
        let scratch = try WitnessScratch(log)
        let witness = try scratch.open()
        #expect(try submit(log.request(0, 9), to: witness) == .cosigned)
        // The folder is gone: nothing can be made in it, by root neither.
        try FileManager.default.moveItem(atPath: "\(scratch.path)/state", toPath: "\(scratch.path)/away")
        #expect(throws: WitnessingError.self) { try witness.answer(to: log.request(9, 20).bytes) }
        try FileManager.default.moveItem(atPath: "\(scratch.path)/away", toPath: "\(scratch.path)/state")
        #expect(throws: WitnessingError.self) { try witness.answer(to: log.request(9, 20).bytes) }
        #expect(witness.status.first?.failure != nil)
    }
}
