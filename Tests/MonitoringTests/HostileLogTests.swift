import Anchoring
import MerkleLog
import Monitoring
import Testing

@Suite struct HostileLogTests {
    /// Damage is told from a split view by the signed root, and named. The log has 700 entries, three tiles wide.
    @Test(arguments: [
        ("tile/0/000", LogAlarm.Kind.damaged), ("tile/0/001", .damaged), ("tile/0/002.p/188", .damaged),
        ("tile/1/000.p/2", .damaged), ("tile/entries/000", .wrongRoot), ("tile/entries/001", .wrongRoot),
        ("tile/entries/002.p/188", .wrongRoot),
    ])
    func oneFlippedBitIsFound(path: String, kind: LogAlarm.Kind) async throws {
        let log = try TestLog()
        try log.grow(by: 700)
        var bytes = try #require(log.resource(path))
        // In an entry's own bytes, past the two of its length.
        bytes[bytes.count - 1] ^= 1
        log.replace(path, by: bytes)
        let watch = Watch(log)
        let alarm = try #require(try await watch.look().alarms.first)
        #expect(alarm.kind == kind)
        #expect(alarm.message.contains(path) || path == "tile/1/000.p/2", "\(alarm.message)")
        log.repair()
        #expect(try await watch.alarms().isEmpty)
    }

    /// A tile and its bundle changed together still miss the signed root.
    @Test func consistentlyChangedEntriesAreFound() async throws {
        let log = try TestLog()
        try log.grow(by: 700)
        let lies = try TestLog()
        try lies.grow(by: 700, saying: "lie")
        for path in ["tile/0/001", "tile/entries/001"] { log.replace(path, by: lies.resource(path)) }
        let alarms = try await Watch(log).alarms()
        #expect(alarms == [.damaged] || alarms == [.wrongRoot])
    }

    @Test(arguments: [
        "tile/0/000", "tile/0/002.p/188", "tile/1/000.p/2", "tile/entries/000", "tile/entries/002.p/188",
    ])
    func missingResourcesAreFound(path: String) async throws {
        let log = try TestLog()
        try log.grow(by: 700)
        log.replace(path, by: nil)
        #expect(try await Watch(log).alarms() == [.missing])
    }

    @Test(arguments: ["tile/0/000", "tile/0/002.p/188", "tile/entries/000", "tile/entries/002.p/188"])
    func cutAndEmptyResourcesAreFound(path: String) async throws {
        let log = try TestLog()
        try log.grow(by: 700)
        let bytes = try #require(log.resource(path))
        for cut in [[], Array(bytes.dropLast()), Array(bytes.dropLast(32)), [0xFF], bytes + [0]] {
            log.replace(path, by: cut)
            let alarms = try await Watch(log).alarms()
            #expect(alarms.count == 1 && [.damaged, .tooLarge].contains(alarms[0]), "\(cut.count) bytes: \(alarms)")
        }
    }

    /// Every answer has a limit, and one past it is an alarm, not an endless download.
    @Test(arguments: ["checkpoint", "tile/0/000", "tile/entries/000"])
    func endlessAnswersAreCutOff(path: String) async throws {
        let log = try TestLog()
        try log.grow(by: 300)
        let watch = Watch(log)
        let source = HTTPLog(
            url: TestLog.url,
            exchange: { request in
                guard request.url.hasSuffix("/" + path) else { return try log.answer(request) }
                #expect(request.responseLimitBytes <= 256 * 65_537)
                // What a client does that has read so much and sees no end.
                throw ResponseTooLarge()
            },
            pause: { _ in }
        )
        let described = MonitoredLog(source, keys: watch.keys)
        let folder = try MonitorFolder(watch.path, log: described)
        let round = try await LogMonitor(described, folder: folder, nowSeconds: { 0 }, pause: { _ in }).round()
        #expect(round.alarms.map(\.kind) == [.tooLarge])
        let long = [UInt8](repeating: 0x0A, count: 256 * 65_537 + 1)
        log.replace(path, by: long)
        #expect(try await Watch(log).alarms() == [.tooLarge])
    }

    @Test func aWrongKeyIsFound() async throws {
        let log = try TestLog()
        let stranger = try SignerKey.generate(name: log.key.name)
        let round = try await Watch(log, keys: [stranger.verifierKey]).look()
        #expect(round.alarms.map(\.kind) == [.unsigned])
        #expect(round.checkpoint == nil)
        #expect(round.alarms.first?.notes == [log.checkpoint])
    }

    @Test(arguments: [[], Array("<html>not found</html>".utf8), [0xFF, 0x0A, 0x0A], Array("a\n0\n\n".utf8)])
    func whatIsNoCheckpointIsFound(bytes: [UInt8]) async throws {
        let log = try TestLog()
        log.replace("checkpoint", by: bytes)
        #expect(try await Watch(log).alarms() == [.unsigned])
    }

    /// A size that no log can have leads to no more requests than a proof takes.
    @Test func aSizeOutOfThisWorldEndsAtOnce() async throws {
        let log = try TestLog()
        try log.grow(by: 10)
        let watch = Watch(log)
        #expect(try await watch.alarms().isEmpty)
        let root = Frontier().root
        let note = try Checkpoint(origin: log.key.name, size: TreeSize(.max), root: root).signed(by: log.key)
        log.replace("checkpoint", by: note.bytes)
        log.forgetRequests()
        #expect(try await watch.alarms() == [.missing])
        #expect(log.requests.count < 100)
        #expect(try await Watch(log).alarms() == [.missing])
        #expect(log.requests.count < 200)
    }
}
