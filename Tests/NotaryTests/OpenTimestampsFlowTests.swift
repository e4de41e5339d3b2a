import Anchoring
import Bytes
import Evidence
import Logging
import OpenSSL
import Synchronization
import Testing

@testable import Notary

/// Calendars under the scheduler, from a registration to the proof of its file.
@Suite struct OpenTimestampsFlowTests {
    private let office: Office
    private let calendar = ScriptedCalendar()

    init() throws { office = try Office() }

    private func whileOpen(_ work: (Notary, Caller, AnchorTrack) async throws -> Void) async throws {
        var configuration = office.configuration
        configuration.outsiders = [
            OutsiderPlan(name: "bitcoin", kind: .calendar, intervalSeconds: 600, deadlineSeconds: 900) {
                OpenTimestamps(
                    name: "bitcoin",
                    calendars: Calendars(urls: [ScriptedCalendar.url], minimum: 1, exchange: $0.exchange),
                    headers: nil
                )
            }
        ]
        let clock = office.clock
        let notary = try Notary(
            configuration,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            clock: { clock.now },
            exchange: calendar.exchange
        )
        defer { notary.close() }
        let track = try #require(notary.anchoring["bitcoin"])
        try await work(notary, notary.localCaller(account: Notary.defaultAccountName), track)
    }

    @Test func aRegisteredFileGetsAProofOfItsOwn() async throws {
        let text = "a contract that is stamped"
        try await whileOpen { notary, caller, track in
            let id = try await notary.register(text, for: caller).id
            let error = await #expect(throws: NotaryError.self) {
                try await notary.openTimestampsProof(of: id, for: caller)
            }
            #expect(error?.code == .proofUnavailable)
            _ = try await notary.register("another", for: caller)
            try await track.turn(isForced: true)
            let promise = try #require(await notary.openTimestampsProof(of: id, for: caller))
            #expect(try !OTSProof(bytes: promise).timestamp.isComplete)
            calendar.isComplete.store(true, ordering: .relaxed)
            try await track.turn(isForced: true)
            let proof = try OTSProof(bytes: #require(await notary.openTimestampsProof(of: id, for: caller)))
            #expect(proof.timestamp.message == SHA256.digest(of: Array(text.utf8)).bytes)
            #expect(proof.bitcoinClaims.map(\.height) == [11])
            // One digest went out for both of them, and none of it was a file's.
            #expect(calendar.submitted.withLock { $0.count } == 1)
            _ = try notary.createAccount(named: "other")
            let other = try notary.localCaller(account: "other")
            #expect(try await notary.openTimestampsProof(of: id, for: other) == nil)
        }
    }

    /// It took the digest and never says more: registrations go on, and the missed deadline is seen.
    @Test func aCalendarThatNeverConfirmsIsAnAlarm() async throws {
        try await whileOpen { notary, caller, track in
            _ = try await notary.register("stamped by nobody", for: caller)
            try await track.turn(isForced: true)
            #expect(await notary.health().json["anchors"]?["bitcoin"]?["late"] == false)
            office.clock.advance(seconds: 600 + 900 + 60)
            try await track.turn()
            let health = await notary.health()
            #expect(health.json["anchors"]?["bitcoin"]?["late"] == true)
            #expect(health.isHealthy)
            _ = try await notary.register("and registrations go on", for: caller)
            calendar.isComplete.store(true, ordering: .relaxed)
            try await track.turn(isForced: true)
            try await track.turn(isForced: true)
            #expect(await notary.health().json["anchors"]?["bitcoin"]?["late"] == false)
        }
    }
}
