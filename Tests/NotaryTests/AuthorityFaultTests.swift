import Anchoring
import Bytes
import Evidence
import Foundation
import OpenSSL
import Testing

@testable import Notary

/// Timestamp authorities that are down or wrong: registrations go on, nothing wrong is kept, and the operator is told.
@Suite struct AuthorityFaultTests {
    private let office: Office

    init() throws { office = try Office() }

    private func open(_ authorities: [ScriptedAuthority]) throws -> (Notary, Caller) {
        let notary = try office.open(exchange: ScriptedAuthority.exchange(authorities)) { configuration in
            configuration.authorities = authorities.map { $0.configured() }
        }
        return (notary, try notary.localCaller(account: Notary.defaultAccountName))
    }

    @Test(
        arguments: [
            (.down, "reached"), (.status(503), "HTTP status 503"), (.clock(3600), "3600 seconds ahead of ours"),
            (.clock(-3600), "3600 seconds behind ours"), (.otherData, "for other data"), (.wrongNonce, "nonce differs"),
        ] as [(ScriptedAuthority.Fault, String)]
    )
    func aFaultStopsNothingAndIsTold(fault: ScriptedAuthority.Fault, sentence: String) async throws {
        let authority = try ScriptedAuthority("tsa", office: office)
        let (notary, caller) = try open([authority])
        defer { notary.close() }
        authority.script(fault)
        let made = try await notary.register("a", for: caller)
        let track = try #require(notary.anchoring["tsa"])
        try await track.turn(isForced: true)
        #expect(try notary.registration(made.id, for: caller)?.timestamps.isEmpty == true)
        #expect(track.standing.failures == 1)
        let told = try #require(track.standing.lastFailure)
        #expect(told.contains(sentence), "\(told)")
        _ = try await notary.register("b", for: caller)

        authority.script(nil)
        try await track.turn(isForced: true)
        #expect(track.standing.lastFailure == nil)
        #expect(try notary.registration(made.id, for: caller)?.timestamps.map(\.authority) == ["tsa"])
    }

    @Test func aCertificateThatEndedIsNotBelieved() async throws {
        let authority = try ScriptedAuthority("tsa", office: office, yearsAgo: 11)
        let (notary, caller) = try open([authority])
        defer { notary.close() }
        _ = try await notary.register("a", for: caller)
        let track = try #require(notary.anchoring["tsa"])
        try await track.turn(isForced: true)
        #expect(track.standing.lastFailure?.contains("not valid") == true)
    }

    @Test func anOldTokenIsNoNewOne() async throws {
        let authority = try ScriptedAuthority("tsa", office: office)
        let (notary, caller) = try open([authority])
        defer { notary.close() }
        let track = try #require(notary.anchoring["tsa"])
        _ = try await notary.register("a", for: caller)
        try await track.turn(isForced: true)
        _ = try await notary.register("b", for: caller)
        authority.script(.replay)
        try await track.turn(isForced: true)
        #expect(track.standing.anchors == 1 && track.standing.failures == 1)
    }

    @Test func aCertificateThatEndsSoonIsWarnedOf() async throws {
        let fresh = try ScriptedAuthority("fresh", office: office)
        let old = try ScriptedAuthority("old", office: office, yearsAgo: 9.95)
        let (notary, caller) = try open([fresh, old])
        defer { notary.close() }
        #expect(await notary.health().warnings.isEmpty)
        _ = try await notary.register("a", for: caller)
        for track in notary.anchoring.tracks { try await track.turn(isForced: true) }
        let warnings = await notary.health().warnings
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("certificate of old ends on") == true)
        let metric = notary.metrics().filter { $0.name == "cinnabar_authority_certificate_end_seconds" }
        #expect(Set(metric.compactMap { $0.labels["authority"] }) == ["self-operated", "fresh", "old"])
    }

    @Test func whatAnAccountDemandsDecidesItsState() async throws {
        let (one, two) = try (ScriptedAuthority("one", office: office), ScriptedAuthority("two", office: office))
        let (notary, caller) = try open([one, two])
        defer { notary.close() }
        #expect(throws: NotaryError(.invalidRequest, "")) {
            try notary.demandAuthorities(["none"], ofAccount: caller.name)
        }
        let document = try notary.demandAuthorities(["two"], ofAccount: caller.name)
        #expect(document["authorities"] == ["two"])
        let made = try await notary.register("a", for: caller)
        #expect(made.json["demandedAuthorities"] == ["two"])
        try await notary.anchoring["one"]?.turn(isForced: true)
        let waiting = try #require(try notary.registration(made.id, for: caller))
        #expect(waiting.state == .published)
        #expect(waiting.stateMeans.contains("(two) has not stamped it yet"))
        try await notary.anchoring["two"]?.turn(isForced: true)
        // Tokens of this authority say that it is run by the operator: then order is proved, and no outsider is named.
        #expect(try notary.registration(made.id, for: caller)?.state == .timestamped)
        let other = try notary.createAccount(named: "other", demanding: ["one", "two"])
        #expect(try notary.json(of: other)["authorities"] == ["one", "two"])
    }
}
