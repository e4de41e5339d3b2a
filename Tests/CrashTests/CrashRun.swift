import Evidence
import MerkleLog
import Programs
import Testing

/// One data folder, the clients' ledger, and the kills so far.
struct CrashRun {
    /// How long the load runs before a kill: from the first batch to some hundred.
    private static let loadMilliseconds = 5...1_500
    /// How long a server gets that is killed while it starts: loading the program to taking requests.
    private static let startMilliseconds = 10...600
    /// Acknowledged attempts of earlier rounds that are repeated after each restart.
    private static let repeatedCount = 20

    private let office: DataFolder
    private let token: String
    private let photo: [UInt8]
    private let ledger = Ledger()
    private let seed: UInt64
    private var random: SeededGenerator
    /// What was acknowledged before the round that was killed last.
    private var knownBefore: Set<Attempt> = []
    /// The largest checkpoint that any client has seen.
    private var newestNote: (text: String, size: UInt64)?

    private var killCount = 0
    private var recoveryKillCount = 0
    private var retryCount = 0
    private var alreadyThereCount = 0
    private var entryCount: Int64 = 0

    init(seed: UInt64) async throws {
        self.seed = seed
        random = SeededGenerator(seed: seed)
        office = try await DataFolder()
        token = try await office.token()
        photo = try Scratch.bytes(at: Repository.path("Samples/photos/vase.jpg"))
    }

    var summary: String {
        """
        \(killCount) kills in mid-load and \(recoveryKillCount) while recovering; \(ledger.acknowledged.count) \
        acknowledged, \(retryCount) retried of which \(alreadyThereCount) were already in the log, \(entryCount) entries
        """
    }

    /// Serves, loads, and kills at a random moment after the first acknowledgement.
    mutating func killInMidLoad() async throws {
        let server = try await office.server()
        knownBefore = Set(ledger.acknowledged.keys)
        let load = Load(client: Client(url: server.url, token: token), ledger: ledger, photo: photo)
        let pause = Int.random(in: Self.loadMilliseconds, using: &random)
        async let loading: Void = load.run()
        while ledger.acknowledged.count == knownBefore.count, ledger.refusals.isEmpty {
            try await Task.sleep(for: .milliseconds(1))
        }
        try await Task.sleep(for: .milliseconds(pause))
        server.kill()
        await loading
        killCount += 1
        #expect(ledger.refusals.isEmpty, "seed \(seed): \(ledger.refusals)")
        #expect(!ledger.unanswered.isEmpty, "seed \(seed): the kill met no request")
        for (attempt, acknowledgement) in ledger.acknowledged where !knownBefore.contains(attempt) {
            try see(acknowledgement.checkpoint, by: server.logKey)
        }
    }

    mutating func killWhileRecovering() async throws {
        let pause = Int.random(in: Self.startMilliseconds, using: &random)
        try await RunningServer.startAndKill(dataFolder: office.path, after: .milliseconds(pause))
        recoveryKillCount += 1
    }

    /// Serves again and compares the log with what clients know; then retries what was not answered.
    mutating func checkAfterRestart() async throws {
        let server = try await office.server()
        let client = Client(url: server.url, token: token)
        try await check(OutsideView(of: client, key: server.logKey), server.logKey)
        for (attempt, known) in ledger.acknowledged where !knownBefore.contains(attempt) {
            let read = try await client.get("/v1/registrations/\(known.id.hex)").json
            #expect(read["index"]?.integerValue == Int64(known.index), "seed \(seed): \(attempt.key)")
            #expect(read["record"] != nil, "seed \(seed): \(attempt.key) has no record")
        }
        try await retryUnanswered(client)
        for attempt in ledger.acknowledged.keys.shuffled(using: &random).prefix(Self.repeatedCount) {
            try await expectRepeats(attempt, client)
        }
        try await check(OutsideView(of: client, key: server.logKey), server.logKey)
        #expect(server.stop() == 0)
    }

    /// The whole log once more, from inside.
    mutating func checkTheWhole() async throws {
        let audit = try await office.audit()
        entryCount = audit.report["entries"]?.integerValue ?? -1
        let acknowledged = ledger.acknowledged.values
        #expect(audit.status == 0 && audit.report["consistent"] == true, "seed \(seed): \(audit.report)")
        #expect(ledger.unanswered.isEmpty)
        #expect(entryCount == Int64(acknowledged.count), "seed \(seed): an attempt made no record or two")
        #expect(Set(acknowledged.map(\.id)).count == acknowledged.count)
        #expect(Set(acknowledged.map(\.index)).count == acknowledged.count)
    }

    private mutating func check(_ view: OutsideView, _ key: VerifierKey) throws {
        try view.expectConsistent()
        if let newestNote { try view.expectExtends(newestNote.text, key: key) }
        try see(view.note, by: key)
        for (attempt, known) in ledger.acknowledged {
            let found = known.index < UInt64(view.leaves.count) ? view.leaves[Int(known.index)] : nil
            #expect(found == known.id, "seed \(seed): \(attempt.key) is not at \(known.index)")
        }
    }

    private mutating func see(_ note: String, by key: VerifierKey) throws {
        let size = try OutsideView.checkpoint(note, key).size.value
        if size > newestNote?.size ?? 0 { newestNote = (note, size) }
    }

    private mutating func retryUnanswered(_ client: Client) async throws {
        let load = Load(client: client, ledger: ledger, photo: photo)
        for attempt in ledger.unanswered {
            let isAnswered = await load.register(attempt)
            #expect(isAnswered, "seed \(seed): \(attempt.key) was not answered: \(ledger.refusals)")
            retryCount += 1
            if ledger.acknowledged[attempt]?.wasReplayed == true { alreadyThereCount += 1 }
            try await expectRepeats(attempt, client)
        }
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
