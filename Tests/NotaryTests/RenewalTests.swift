import Anchoring
import Bytes
import Evidence
import OpenSSL
import Testing

@testable import Notary

/// Timestamps that are renewed before their certificates end, in the store and in what is exported from it.
@Suite struct RenewalTests {
    private let office: Office
    private let old: ScriptedAuthority
    private let fresh: ScriptedAuthority

    init() throws {
        office = try Office()
        old = try ScriptedAuthority("old", office: office, yearsAgo: 9.9)
        fresh = try ScriptedAuthority("fresh", office: office)
    }

    private func open() throws -> (Notary, Caller) {
        let authorities = [fresh, old]
        let notary = try office.open(exchange: ScriptedAuthority.exchange(authorities)) { configuration in
            configuration.authorities = authorities.map { $0.configured() }
        }
        return (notary, try notary.localCaller(account: Notary.defaultAccountName))
    }

    /// Three registrations, each with a token of its own by the authority whose certificate ends in five weeks.
    private func stamped(_ notary: Notary, _ caller: Caller) async throws -> [Registration] {
        var made: [Registration] = []
        for name in ["a", "b", "c"] {
            made.append(try await notary.register(name, for: caller))
            try await notary.anchoring["old"]?.turn(isForced: true)
        }
        return made
    }

    private func record(_ notary: Notary, _ caller: Caller, _ made: Registration) async throws -> VerifiedEvidenceRecord
    {
        let bytes = try #require(try await notary.evidenceFile(of: made.id, for: caller))
        let report = EvidenceVerifier(trust: notary.trustBundle).report(on: bytes)
        #expect(report.isConsistent, "\(report.text(showsCommands: false))")
        let (file, _) = try EvidenceFile.reading(bytes)
        let aging = try #require(file.agingRecords.first)
        return try aging.record.verified(over: aging.data, trust: .roots(file.timestampRoots))
    }

    @Test func oneTokenRenewsWhatEndsSoonAndTheExportCarriesIt() async throws {
        let (notary, caller) = try open()
        let made = try await stamped(notary, caller)
        var order = RenewalOrder(days: 90)
        order.isDryRun = true
        let planned = try await notary.renew(order)
        #expect(planned.groups.map(\.authority) == ["old"])
        #expect(planned.groups.first?.count == 3 && planned.groups.first?.isDue == true)
        #expect(planned.renewed == 0 && planned.tokens == 0)
        #expect(try await record(notary, caller, made[0]).renewalCount == 0)

        order.isDryRun = false
        let done = try await notary.renew(order)
        #expect(done.renewed == 3 && done.tokens == 1 && done.stampedBy == "fresh")
        #expect(done.failureCount == 0)
        for registration in made {
            let verified = try await record(notary, caller, registration)
            #expect(verified.renewalCount == 1)
            #expect(verified.newest.root == fresh.authority.root)
        }
        #expect(try notary.audit().findings.isEmpty)
        notary.close()

        // It outlasts a restart and the end of the first certificate; then the hash tree is renewed, too.
        office.clock.advance(seconds: ScriptedAuthority.year)
        let (later, same) = try open()
        defer { later.close() }
        #expect(try await later.renew(RenewalOrder(days: 90)).renewed == 0)
        var tree = RenewalOrder()
        tree.isOfHashTree = true
        #expect(try await later.renew(tree).renewed == 3)
        #expect(try await later.renew(tree).renewed == 0)
        let verified = try await record(later, same, made[1])
        #expect(verified.chains.map(\.count) == [2, 1])
        #expect(verified.newest.token.imprintAlgorithm == .sha512)
        #expect(try later.audit().findings.isEmpty)
    }

    @Test func withoutAnAuthorityNothingChanges() async throws {
        let (notary, caller) = try open()
        defer { notary.close() }
        let made = try await stamped(notary, caller)
        fresh.script(.down)
        old.script(.clock(3600))
        await #expect(throws: NotaryError(.authorityFailed, "")) { try await notary.renew(RenewalOrder(days: 90)) }
        var order = RenewalOrder(days: 90)
        order.authority = "none"
        await #expect(throws: NotaryError(.authorityFailed, "")) { try await notary.renew(order) }
        #expect(try await record(notary, caller, made[0]).renewalCount == 0)
        // Our own word only when it is asked for by name.
        order.authority = Notary.selfOperatedName
        #expect(try await notary.renew(order).stampedBy == Notary.selfOperatedName)
        #expect(try await record(notary, caller, made[0]).renewalCount == 1)
    }

    @Test func whatHasEndedCannotBeRenewedAndIsTold() async throws {
        let (notary, caller) = try open()
        _ = try await stamped(notary, caller)
        notary.close()
        office.clock.advance(seconds: ScriptedAuthority.year)
        let (later, _) = try open()
        defer { later.close() }
        let report = try await later.renew(RenewalOrder(days: 90))
        #expect(report.renewed == 0 && report.failureCount == 3)
        #expect(report.failures.first?.contains("not valid") == true)
    }
}
