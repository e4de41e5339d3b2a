import Anchoring
import Bytes
import EvidenceStore
import Logging
import OpenSSL
import Synchronization
import Testing

@testable import Notary

/// Our own calendar, over a scripted one upstream.
@Suite struct CalendarTests {
    private let office: Office
    private let upstream = ScriptedCalendar()

    init() throws { office = try Office() }

    private func open(_ change: (inout CalendarOptions) -> Void = { _ in }) throws -> Notary {
        var configuration = office.configuration
        var options = CalendarOptions(url: "http://our.example:8080", upstreamURLs: [ScriptedCalendar.url])
        change(&options)
        configuration.calendar = options
        let clock = office.clock
        return try Notary(
            configuration,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            clock: { clock.now },
            exchange: upstream.exchange
        )
    }

    /// The commitment of a promise, which must come from us.
    private func promised(_ digest: [UInt8], by notary: Notary) async throws -> [UInt8] {
        let timestamp = try OTSTimestamp(message: digest, bytes: await notary.calendarPromise(for: digest))
        let attestations = timestamp.allAttestations
        #expect(attestations.map(\.attestation) == [.pending("http://our.example:8080")])
        return try #require(attestations.first).message
    }

    private func expect(_ code: NotaryError.Code, _ body: () async throws -> some Any) async {
        let error = await #expect(throws: NotaryError.self) { _ = try await body() }
        #expect(error?.code == code)
    }

    @Test(arguments: [1, 2, 3, 7])
    func everyPromiseIsKept(count: Int) async throws {
        let digests = (0..<count).map { SHA256.digest(of: [UInt8($0)]).bytes }
        var commitments: [[UInt8]] = []
        let notary = try open()
        for digest in digests { commitments.append(try await promised(digest, by: notary)) }
        #expect(Set(commitments).count == count)
        for commitment in commitments {
            let answer = try await notary.calendarTimestamp(of: Hex.encode(commitment))
            #expect(answer.bytes == nil && answer.isKnown)
        }
        notary.close()
        // What was answered is there after a restart, and so is a round that was closed and could not be handed on.
        upstream.isDown.store(true, ordering: .relaxed)
        let second = try open()
        await #expect(throws: OutsiderError.self) { try await second.calendar?.turn() }
        second.close()
        upstream.isDown.store(false, ordering: .relaxed)
        let third = try open()
        defer { third.close() }
        try await third.calendar?.turn()
        #expect(upstream.submitted.withLock { $0.count } == 1)
        #expect(try await third.calendarTimestamp(of: Hex.encode(commitments[0])).bytes == nil)
        upstream.isComplete.store(true, ordering: .relaxed)
        try await third.calendar?.turn()
        for commitment in commitments {
            let bytes = try #require(await third.calendarTimestamp(of: Hex.encode(commitment).uppercased()).bytes)
            let proof = try OTSTimestamp(message: commitment, bytes: bytes)
            #expect(proof.isComplete)
            // All of them lead to the one root that went upstream.
            let root = try #require(upstream.submitted.withLock { $0.first })
            #expect(proof.allAttestations.contains { $0.attestation == .bitcoin(height: 11) })
            var other = proof
            #expect(try other.mergeAnywhere(OTSTimestamp(message: root)))
        }
        // A round that is complete is not asked for again, and nothing waits.
        try await third.calendar?.turn()
        #expect(try third.store.openCalendarRounds(after: nil, limit: 10).isEmpty)
        #expect(upstream.submitted.withLock { $0.count } == 1)
    }

    @Test func manyAtOnceAreAllKept() async throws {
        let notary = try open { $0.digestsPerSecond = 1000 }
        defer { notary.close() }
        let commitments = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for number in 0..<200 {
                group.addTask { try await self.promised(SHA256.digest(of: [UInt8(number)]).bytes, by: notary) }
            }
            var all: Set<[UInt8]> = []
            for try await commitment in group { all.insert(commitment) }
            return all
        }
        #expect(commitments.count == 200)
        try await notary.calendar?.turn()
        let round = try #require(try notary.store.openCalendarRounds(after: nil, limit: 10).first)
        #expect(Set(round.commitments.map(\.bytes)) == commitments)
    }

    @Test func strangersAreHeldToLimits() async throws {
        let notary = try open { $0.digestsPerSecond = 2 }
        defer { notary.close() }
        await expect(.invalidRequest) { try await notary.calendarPromise(for: []) }
        await expect(.invalidRequest) { try await notary.calendarPromise(for: [UInt8](repeating: 0, count: 65)) }
        _ = try await promised([1], by: notary)
        _ = try await promised([UInt8](repeating: 1, count: 64), by: notary)
        await expect(.busy) { try await notary.calendarPromise(for: [2]) }
        office.clock.advance(seconds: 1)
        _ = try await promised([2], by: notary)
        for text in ["", "00", "zz", String(repeating: "0", count: 64)] {
            let answer = try await notary.calendarTimestamp(of: text)
            #expect(answer.bytes == nil && !answer.isKnown)
        }
    }

    @Test func aCalendarThatCannotWorkSaysSo() async throws {
        #expect(throws: NotaryError(.calendarUnusable, "")) { try open { $0.url = "http://a.example/?q" } }
        let lonely = try open { $0.upstreamURLs = [] }
        await expect(.calendarUnusable) { try await lonely.calendarPromise(for: [1]) }
        lonely.close()
        let closed = try office.open()
        defer { closed.close() }
        await expect(.calendarOff) { try await closed.calendarPromise(for: [1]) }
        await expect(.calendarOff) { try await closed.calendarTimestamp(of: "00") }
    }
}
