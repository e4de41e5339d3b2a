import Anchoring
import Foundation
import MerkleLog
import Monitoring
import Testing

@Suite struct AlarmTests {
    /// Two stores with one key that share a beginning: every way in which the fork may lie to the old tree.
    @Test(arguments: [
        (300, 300, 300), (300, 1, 200), (300, 200, 1), (0, 5, 9), (256, 256, 512), (255, 1, 2), (5000, 300, 700),
    ])
    func aForkIsFound(shared: Int, ours: Int, theirs: Int) async throws {
        let log = try TestLog()
        try log.grow(by: shared)
        let fork = try log.fork()
        try log.grow(by: ours, saying: "ours")
        try fork.grow(by: theirs, saying: "theirs")
        let watch = Watch(log)
        #expect(try await watch.alarms().isEmpty)
        watch.serve(fork)
        let round = try await watch.look()
        let alarm = try #require(round.alarms.first)
        // A fork that is smaller and has no entries that were kept in whole bundles shows as what it is too: shorter.
        #expect(alarm.kind == .splitView || (theirs < ours && alarm.kind == .rollback))
        #expect(Set(alarm.notes) == [log.checkpoint, fork.checkpoint])
        let folder = try #require(alarm.evidenceFolder)
        #expect(FileManager.default.contents(atPath: folder + "/1.note").map { Array($0) } == alarm.notes[0])
        #expect(FileManager.default.contents(atPath: folder + "/2.note").map { Array($0) } == alarm.notes[1])
        // What was seen first stays, and so does the alarm, with one folder of evidence.
        #expect(watch.file("checkpoint") == log.checkpoint)
        #expect(try await watch.look().alarms.first?.evidenceFolder == folder)
        #expect(try FileManager.default.contentsOfDirectory(atPath: watch.path + "/evidence").count == 2)
    }

    @Test func aForkThatFellBackIsFoundByItsEntries() async throws {
        let log = try TestLog()
        let fork = try log.fork()
        try log.grow(by: 600, saying: "ours")
        try fork.grow(by: 599, saying: "theirs")
        let watch = Watch(log)
        #expect(try await watch.alarms().isEmpty)
        watch.serve(fork)
        #expect(try await watch.alarms() == [.splitView])
    }

    @Test(arguments: [(600, 300), (600, 599), (600, 0), (10, 9)])
    func aRollbackIsFound(size: Int, fallen: Int) async throws {
        let log = try TestLog()
        try log.grow(by: fallen)
        let old = try log.fork()
        try log.grow(by: size - fallen)
        let watch = Watch(log)
        #expect(try await watch.alarms().isEmpty)
        watch.serve(old)
        #expect(try await watch.alarms() == [.rollback])
        watch.serve(log)
        #expect(try await watch.alarms().isEmpty)
    }

    /// Of several servers behind one address one may be a moment behind.
    @Test func aMomentBehindIsNoRollback() async throws {
        let log = try TestLog()
        try log.grow(by: 10)
        let old = log.checkpoint
        try log.grow(by: 10)
        let watch = Watch(log)
        #expect(try await watch.alarms().isEmpty)
        let stale = OneStaleAnswer(old, watch.exchange)
        let described = MonitoredLog(
            HTTPLog(url: TestLog.url, exchange: { try await stale.answer($0) }, pause: { _ in }),
            keys: watch.keys
        )
        let folder = try MonitorFolder(watch.path, log: described)
        let round = try await LogMonitor(described, folder: folder, nowSeconds: { 0 }, pause: { _ in }).round()
        #expect(round.alarms.isEmpty)
    }

    @Test func whatOthersSawIsCompared() async throws {
        let log = try TestLog()
        try log.grow(by: 300)
        let fork = try log.fork()
        let common = log.checkpoint
        try log.grow(by: 300, saying: "ours")
        try fork.grow(by: 100, saying: "theirs")
        let watch = Watch(log)
        let round = try await watch.look { $0.views = [view("a mirror", common), view("another", log.checkpoint)] }
        #expect(round.alarms.isEmpty && round.agreeingViews == 2)
        let split = try await watch.look { $0.views = [view("a mirror", common), view("a witness", fork.checkpoint)] }
        #expect(split.alarms.map(\.kind) == [.splitView] && split.agreeingViews == 1)
        #expect(Set(try #require(split.alarms.first).notes) == [log.checkpoint, fork.checkpoint])
    }

    /// A note from elsewhere that is ahead of the log is kept, and compared when the log has grown past it.
    @Test func aNoteThatIsAheadIsNotForgotten() async throws {
        let log = try TestLog()
        try log.grow(by: 300)
        let fork = try log.fork()
        try fork.grow(by: 100, saying: "theirs")
        let watch = Watch(log)
        let first = try await watch.look { $0.views = [view("a witness", fork.checkpoint)] }
        #expect(first.alarms.isEmpty && first.remarks.count == 1)
        // As long as the log stays behind what it showed the witness, that is itself wrong.
        watch.pass(seconds: 601)
        #expect(try await watch.alarms { $0.views = [view("a witness", fork.checkpoint)] } == [.rollback])
        try log.grow(by: 200, saying: "ours")
        // Meanwhile the witness shows something harmless.
        let later = log.checkpoint
        #expect(try await watch.alarms { $0.views = [view("a witness", later)] } == [.splitView])
    }

    @Test func twoOthersMayContradictEachOther() async throws {
        let log = try TestLog()
        try log.grow(by: 10)
        let (one, two) = (try log.fork(), try log.fork())
        try one.grow(by: 5, saying: "one")
        try two.grow(by: 5, saying: "two")
        let views = [view("one", one.checkpoint), view("two", two.checkpoint)]
        #expect(try await Watch(log).alarms { $0.views = views } == [.splitView])
    }

    @Test func aSilentOtherIsNoAlarmAndABadOneIs() async throws {
        let log = try TestLog()
        let silent = LogView(name: "silent") { throw LogUnreachable("no answer") }
        let round = try await Watch(log).look { $0.views = [silent] }
        #expect(round.alarms.isEmpty && round.remarks == ["no answer"])
        let stranger = try TestLog()
        let bad = [view("stranger", stranger.checkpoint), view("noise", [0xFF]), view("good", log.checkpoint)]
        let other = try await Watch(log).look { $0.views = bad }
        #expect(other.alarms.map(\.kind) == [.unsigned, .unsigned] && other.agreeingViews == 1)
    }

    @Test func aStalledLogIsFound() async throws {
        let log = try TestLog()
        try log.grow(by: 10)
        let watch = Watch(log)
        let stalls: (inout MonitoredLog) -> Void = { $0.stalledAfterSeconds = 3600 }
        #expect(try await watch.alarms(stalls).isEmpty)
        watch.pass(seconds: 3600)
        #expect(try await watch.alarms(stalls).isEmpty)
        watch.pass(seconds: 1)
        #expect(try await watch.alarms(stalls) == [.stalled])
        #expect(try await watch.alarms().isEmpty)
        try log.grow(by: 1)
        #expect(try await watch.alarms(stalls).isEmpty)
        watch.pass(seconds: 3000)
        #expect(try await watch.alarms(stalls).isEmpty)
    }

    @Test func aPolicyThatIsNotMetIsFound() async throws {
        let log = try TestLog()
        try log.grow(by: 10)
        let witnesses = try (1...3).map {
            try SignerKey.generate(name: "witness\($0).example", algorithm: .cosignature)
        }
        let lines = witnesses.enumerated().map { "witness w\($0) \($1.verifierKey.text)\n" }.joined()
        let policy = try TlogPolicy(parsing: Array((lines + "group all 2 w0 w1 w2\nquorum all\n").utf8))
        let asks: (inout MonitoredLog) -> Void = { log in
            log.policy = policy
            log.witnessedWithinSeconds = 60
        }
        let watch = Watch(log)
        try log.cosign(with: [witnesses[0]], timestampSeconds: 1)
        let first = try await watch.look(asks)
        #expect(first.isWitnessed == false && first.alarms.isEmpty)
        watch.pass(seconds: 61)
        #expect(try await watch.alarms(asks) == [.unwitnessed])
        try log.cosign(with: [witnesses[1]], timestampSeconds: 2)
        let met = try await watch.look(asks)
        #expect(met.isWitnessed == true && met.alarms.isEmpty)
    }

    private func view(_ name: String, _ bytes: [UInt8]) -> LogView { LogView(name: name) { bytes } }
}

/// Answers the first request for the checkpoint with an old one.
private actor OneStaleAnswer {
    private var old: [UInt8]?
    private let exchange: HTTPExchange

    init(_ old: [UInt8], _ exchange: @escaping HTTPExchange) {
        self.old = old
        self.exchange = exchange
    }

    func answer(_ request: OutgoingRequest) async throws -> IncomingResponse {
        if request.url.hasSuffix("/checkpoint"), let old {
            self.old = nil
            return IncomingResponse(status: 200, headers: [:], body: old)
        }
        return try await exchange(request)
    }
}
