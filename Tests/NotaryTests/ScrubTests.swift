import Evidence
import EvidenceStore
import Foundation
import Notary
import Testing

@Suite struct ScrubTests {
    private func open(_ office: Office, _ rows: StoreRows = StoreRows(), rate: Int = 0) throws -> Notary {
        try office.open { configuration in
            rows.attach(to: &configuration)
            configuration.scrubSettlingSeconds = 0
            configuration.scrubEntriesPerSecond = rate
        }
    }

    private func scrub(of notary: Notary) async -> JSONValue? { await notary.health().json["scrub"] }

    /// Waits until a scrub has come to its end.
    private func last(of notary: Notary) async throws -> JSONValue {
        while true {
            if let last = await scrub(of: notary)?["last"], last != .null { return last }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    private func whileRunning(_ notary: Notary, _ work: () async throws -> Void) async throws {
        let running = Task { try await notary.run() }
        try await work()
        running.cancel()
        try await running.value
    }

    @Test func itsResultIsToldAndSurvivesARestart() async throws {
        let office = try Office()
        let notary = try open(office)
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        for number in 0..<5 { _ = try await notary.register("\(number)", for: caller) }
        try await whileRunning(notary) {
            let last = try await last(of: notary)
            #expect(last["consistent"] == true && last["entries"]?.integerValue == 5)
            let metrics = notary.metrics()
            #expect(metrics.first { $0.name == "cinnabar_scrubs_total" }?.value == 1)
            #expect(metrics.first { $0.name == "cinnabar_scrub_findings" }?.value == 0)
        }
        let again = try open(office)
        defer { again.close() }
        #expect(await scrub(of: again)?["last"]?["entries"]?.integerValue == 5)
    }

    @Test func damageIsToldWhileRegistrationsGoOn() async throws {
        let office = try Office()
        let rows = StoreRows()
        let notary = try open(office, rows)
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        for number in 0..<5 { _ = try await notary.register("\(number)", for: caller) }
        try rows.delete(.digests, 2)
        try await whileRunning(notary) {
            let last = try await last(of: notary)
            #expect(last["consistent"] == false)
            #expect(last["findings"]?.arrayValue?.first?.stringValue?.contains("digests") == true)
            #expect(notary.metrics().first { $0.name == "cinnabar_scrub_findings" }?.value ?? 0 > 0)
            #expect(await notary.health().isHealthy)
            _ = try await notary.register("more", for: caller)
        }
    }

    @Test func itEndsAtOnceWhenTheServerDoes() async throws {
        let office = try Office()
        // Slow enough that it would take an hour.
        let notary = try open(office, rate: 1)
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        for number in 0..<20 { _ = try await notary.register("\(number)", for: caller) }
        let running = Task { try await notary.run() }
        while await scrub(of: notary)?["running"] == nil { try await Task.sleep(for: .milliseconds(10)) }
        running.cancel()
        try await running.value
        let again = try open(office)
        #expect(await scrub(of: again)?["last"] == .null)
        again.close()
    }

    @Test func itCanBeOff() async throws {
        let office = try Office()
        let notary = try office.open { $0.scrubIntervalSeconds = 0 }
        defer { notary.close() }
        #expect(await scrub(of: notary) == .null)
        #expect(!notary.metrics().contains { $0.name.hasPrefix("cinnabar_scrub") })
    }
}
