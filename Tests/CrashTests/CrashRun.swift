import Bytes
import Evidence
import MerkleLog
import Programs
import Testing

/// One data folder, the clients' ledger, what a stranger has read of the log, and the kills so far.
struct CrashRun {
    /// How long the load runs before a kill: from the first batch to some dozens.
    private static let loadMilliseconds = 0...300
    /// How long a server gets that is killed while it starts: loading the program to taking requests.
    private static let startMilliseconds = 10...500
    /// Acknowledged attempts of earlier rounds that are repeated after each restart, and records that are read again.
    private static let sampleCount = 6
    private static let retryRounds = 5

    private let office: DataFolder
    private let token: String
    private let photo: [UInt8]
    private let ledger = Ledger()
    private let seed: UInt64
    private var random: SeededGenerator
    private var log = FollowedLog()
    /// Checkpoints that any client has seen, by their text.
    private var seen: [String: Checkpoint] = [:]
    private(set) var counts = KillCounts()

    init(seed: UInt64) async throws {
        self.seed = seed
        random = SeededGenerator(seed: seed)
        office = try await DataFolder()
        token = try await office.token()
        photo = try Scratch.bytes(at: Repository.path("Tests/MediaDecodingTests/Vectors/formats/baseline.jpg"))
    }

    /// Serves, judges what the last kill left, retries what it cut off, loads, and kills at a random moment.
    mutating func killUnderLoad() async throws {
        let server = try await office.server()
        try await judge(server)
        let known = ledger.acknowledgedCount
        let load = Load(client: Client(url: server.url, token: token), ledger: ledger, photo: photo)
        let pause = Int.random(in: Self.loadMilliseconds, using: &random)
        async let loading: Void = load.run()
        while ledger.acknowledgedCount == known, ledger.refusals.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        try await Task.sleep(for: .milliseconds(pause))
        server.kill()
        await loading
        counts.underLoad += 1
        if ledger.batchesInFlight > 0 { counts.duringBatches += 1 }
        ledger.countBatch(-ledger.batchesInFlight)
        #expect(ledger.refusals.isEmpty, "seed \(seed): \(ledger.refusals)")
        #expect(!ledger.unanswered.isEmpty, "seed \(seed): the kill met no request")
    }

    mutating func killWhileRecovering() async throws {
        let pause = Int.random(in: Self.startMilliseconds, using: &random)
        try await RunningServer.startAndKill(dataFolder: office.path, after: .milliseconds(pause))
        counts.whileRecovering += 1
    }

    /// The log over HTTP against what the clients know; then what was not answered is retried.
    private mutating func judge(_ server: RunningServer) async throws {
        let client = Client(url: server.url, token: token)
        let fresh = ledger.takeFresh()
        try await follow(client, server.logKey, fresh.map(\.acknowledgement.checkpoint))
        for (attempt, known) in fresh { expectThere(attempt, known) }
        for (attempt, known) in fresh.shuffled(using: &random).prefix(Self.sampleCount) {
            let read = try await client.get("/v1/registrations/\(known.id.hex)").json
            #expect(read["index"]?.integerValue == Int64(known.index), "seed \(seed): \(attempt.key)")
            #expect(read["record"] != nil, "seed \(seed): \(attempt.key) has no record")
        }
        try await retryUnanswered(client)
        for attempt in ledger.acknowledged.keys.shuffled(using: &random).prefix(Self.sampleCount) {
            try await expectRepeats(attempt, client)
        }
    }

    /// The whole log once more, from outside and from inside.
    mutating func judgeTheWhole() async throws {
        let server = try await office.server()
        try await judge(server)
        let client = Client(url: server.url, token: token)
        try await follow(client, server.logKey, ledger.takeFresh().map(\.acknowledgement.checkpoint))
        let view = try await OutsideView(of: client, key: server.logKey)
        try view.expectConsistent()
        #expect(view.leaves == log.leaves, "seed \(seed): the log that was followed is not the log that is there")
        counts.checkpointsSeen = seen.count
        counts.inconsistentCheckpoints += log.inconsistent(Array(seen.values)).count
        let acknowledged = ledger.acknowledged
        for (attempt, known) in acknowledged { expectThere(attempt, known) }
        counts.acknowledged = acknowledged.count
        counts.reusedIndexes += acknowledged.count - Set(acknowledged.values.map(\.index)).count
        #expect(Set(acknowledged.values.map(\.id)).count == acknowledged.count)
        #expect(ledger.unanswered.isEmpty)
        #expect(server.stop() == 0)
        let audit = try await office.audit()
        counts.entries = Int(audit.report["entries"]?.integerValue ?? -1)
        counts.originals = Int(audit.report["originals"]?.integerValue ?? -1)
        #expect(audit.status == 0 && audit.report["consistent"] == true, "seed \(seed): \(audit.report)")
        #expect(counts.entries == acknowledged.count, "seed \(seed): an attempt made no record or two")
    }

    private mutating func follow(_ client: Client, _ key: VerifierKey, _ notes: [String]) async throws {
        var new: [Checkpoint] = []
        for note in Set(notes) where seen[note] == nil {
            let checkpoint = try FollowedLog.checkpoint(note, key)
            seen[note] = checkpoint
            new.append(checkpoint)
        }
        for checkpoint in try await log.follow(client, key: key, seen: new) {
            counts.inconsistentCheckpoints += 1
            Issue.record("seed \(seed): the checkpoint of size \(checkpoint.size) is not of this log")
        }
    }

    private mutating func expectThere(_ attempt: Attempt, _ known: Ledger.Acknowledgement) {
        guard known.index >= UInt64(log.leaves.count) || log.leaves[Int(known.index)] != known.id else { return }
        counts.lost += 1
        Issue.record("seed \(seed): \(attempt.key) is not at \(known.index)")
    }

    private mutating func retryUnanswered(_ client: Client) async throws {
        let load = Load(client: client, ledger: ledger, photo: photo)
        let unanswered = ledger.unanswered
        // On a busy machine a request may fail without a kill; a client then tries once more.
        for _ in 0..<Self.retryRounds {
            await withTaskGroup { group in
                for attempt in ledger.unanswered { group.addTask { _ = await load.register(attempt) } }
            }
        }
        counts.retried += unanswered.count
        let acknowledged = ledger.acknowledged
        counts.alreadyThere += unanswered.count { acknowledged[$0]?.wasReplayed == true }
        #expect(ledger.unanswered.isEmpty, "seed \(seed): not answered: \(ledger.refusals)")
    }

    /// The same key again gives the same registration.
    private func expectRepeats(_ attempt: Attempt, _ client: Client) async throws {
        let known = ledger.acknowledged[attempt]
        let body = attempt.body(photo: photo)
        let answer = try await client.send("POST", "/v1/registrations", body, key: attempt.key)
        let repeated = Ledger.Acknowledgement(answer)
        #expect(repeated?.wasReplayed == true, "seed \(seed): \(attempt.key) got \(answer.status)")
        #expect(repeated?.id == known?.id && repeated?.index == known?.index, "seed \(seed): \(attempt.key)")
    }
}
