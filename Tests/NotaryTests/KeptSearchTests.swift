import Bytes
import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import Testing

@testable import Notary

/// Searches that can be read again, what is left out of them, and what is said of them.
struct KeptSearchTests {
    private let office: Office

    init() throws { office = try Office() }

    private static func search(_ text: String, _ notary: Notary, _ caller: Caller) async throws -> SearchResult {
        let upload = notary.makeUpload()
        try upload.append(Array(text.utf8))
        return try await notary.search(upload, for: caller)
    }

    private static func expect(
        _ code: NotaryError.Code,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ work: () async throws -> Void
    ) async {
        var thrown: (any Error)?
        do { try await work() } catch { thrown = error }
        #expect((thrown as? NotaryError)?.code == code, sourceLocation: sourceLocation)
    }

    @Test func anAnswerIsReadAgainUntilItEndsByItsAccountAlone() async throws {
        let notary = try office.open { $0.searchKeepSeconds = 100 }
        defer { notary.close() }
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        _ = try notary.createAccount(named: "other")
        let other = try notary.localCaller(account: "other")
        let registration = try await notary.register("lease", for: caller)
        let result = try await Self.search("lease", notary, caller)
        let id = try #require(result.kept?.id)
        #expect(result.json["matches"]?.arrayValue?.first?["n"] == 1)
        #expect(result.json["matches"]?.arrayValue?.first?["id"]?.stringValue == registration.id.hex)
        #expect(try notary.keptSearch(id, for: caller).json == result.json)
        #expect(try notary.keptSearches(for: caller).arrayValue?.first?["id"]?.stringValue == id)
        #expect(try notary.keptSearches(for: other) == [])
        await Self.expect(.unknownSearch) { _ = try notary.keptSearch(id, for: other) }
        await Self.expect(.unknownSearch) { _ = try notary.keptSearch("nonsense", for: caller) }
        await Self.expect(.unknownSearch) { try await notary.eraseSearch(id, for: other) }
        office.clock.advance(seconds: 99)
        #expect(try notary.keptSearch(id, for: caller).json == result.json)
        office.clock.advance(seconds: 1)
        await Self.expect(.unknownSearch) { _ = try notary.keptSearch(id, for: caller) }
    }

    @Test func nothingIsKeptWhereItIsTurnedOff() async throws {
        let notary = try office.open { $0.searchKeepSeconds = 0 }
        defer { notary.close() }
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        let result = try await Self.search("lease", notary, caller)
        #expect(result.kept == nil && result.json["id"] == .null)
        #expect(try notary.keptSearches(for: caller) == [])
    }

    @Test func whatAnAccountIgnoresIsLeftOutForItAlone() async throws {
        let notary = try office.open()
        defer { notary.close() }
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        _ = try notary.createAccount(named: "other")
        let other = try notary.localCaller(account: "other")
        _ = try await notary.register("stock photo", for: other)
        let mine = try await notary.register("stock photo", for: caller)
        let search = try await Self.search("stock photo", notary, caller)
        #expect(search.matches.map(\.isYours) == [false, true])
        let id = try #require(search.kept?.id)
        await Self.expect(.unknownMatch) { _ = try notary.ignore(.match(search: id, 3), for: caller) }
        await Self.expect(.unknownMatch) { _ = try notary.ignore(.match(search: id, 0), for: caller) }
        await Self.expect(.unknownRegistration) { _ = try notary.ignore(.registration(mine.id), for: other) }
        await Self.expect(.invalidRequest) { _ = try notary.ignore(.fingerprint("ab"), for: caller) }
        let note = String(repeating: "x", count: 501)
        await Self.expect(.invalidRequest) { _ = try notary.ignore(.registration(mine.id), note: note, for: caller) }
        let entry = try notary.ignore(.match(search: id, 1), note: "maker's photo", for: caller)
        #expect(entry.json["id"] == .null, "Which registration of another account it is, is not told.")
        #expect(try notary.ignore(.match(search: id, 1), for: caller) == entry)
        let after = try await Self.search("stock photo", notary, caller)
        #expect(after.matches.map(\.isYours) == [true] && after.ignoredCount == 1)
        #expect(after.notes.contains { $0.contains("1 match is left out") })
        #expect(try await Self.search("stock photo", notary, other).matches.count == 2)
        _ = try notary.ignore(.registration(mine.id), for: caller)
        #expect(try await Self.search("stock photo", notary, caller).matches.isEmpty)
        #expect(try notary.ignored(by: caller).count == 2 && notary.ignored(by: other).isEmpty)
        await Self.expect(.unknownIgnored) { try notary.stopIgnoring(entry.name, for: other) }
        try notary.stopIgnoring(entry.name, for: caller)
        #expect(try await Self.search("stock photo", notary, caller).matches.map(\.isYours) == [false])
    }

    @Test func feedbackIsKeptWithItsMatch() async throws {
        let notary = try office.open()
        defer { notary.close() }
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        _ = try notary.createAccount(named: "other")
        let other = try notary.localCaller(account: "other")
        _ = try await notary.register("lease", for: caller)
        let id = try #require(try await Self.search("lease", notary, other).kept?.id)
        let given = try notary.recordFeedback(.wrong, note: "not mine", onSearch: id, match: 1, for: other)
        #expect(given["verdict"] == "wrong" && given["place"] == nil && given["account"] == nil)
        await Self.expect(.unknownMatch) {
            _ = try notary.recordFeedback(.right, note: nil, onSearch: id, match: 2, for: other)
        }
        await Self.expect(.unknownSearch) {
            _ = try notary.recordFeedback(.right, note: nil, onSearch: id, match: 1, for: caller)
        }
        await Self.expect(.invalidRequest) {
            _ = try notary.recordFeedback(.right, note: "a\nb", onSearch: id, match: 1, for: other)
        }
        #expect(try notary.feedback(for: caller) == [])
        #expect(try notary.feedback(for: other) == [given])
        let all = try #require(try notary.feedback(for: nil).arrayValue)
        #expect(all.count == 1 && all[0]["account"] == "other" && all[0]["place"] == "0.0")
        #expect(all[0]["match"]?["kind"] == "same bytes")
        let wrong = notary.metrics().first { $0.name == "cinnabar_feedback_total" && $0.labels["verdict"] == "wrong" }
        #expect(wrong?.value == 1)
    }

    /// What an account searched for goes with the registration that it met.
    @Test func erasingARegistrationErasesSearchesThatNameIt() async throws {
        let notary = try office.open()
        defer { notary.close() }
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        let lease = try await notary.register("lease", claim: Claim(), for: caller)
        let met = try #require(try await Self.search("lease", notary, caller).kept?.id)
        let unrelated = try #require(try await Self.search("other", notary, caller).kept?.id)
        _ = try await notary.erase(lease.id, reason: "Asked for.", for: caller)
        await Self.expect(.unknownSearch) { _ = try notary.keptSearch(met, for: caller) }
        #expect(try notary.keptSearch(unrelated, for: caller).json["id"]?.stringValue == unrelated)
    }

    @Test func overlaysAreOfOnesOwnPicturesAlone() async throws {
        let notary = try office.open()
        defer { notary.close() }
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        _ = try notary.createAccount(named: "other")
        let other = try notary.localCaller(account: "other")
        _ = try await notary.register("lease", for: caller)
        let mine = try #require(try await Self.search("lease", notary, caller).kept?.id)
        let theirs = try #require(try await Self.search("lease", notary, other).kept?.id)
        func expect(_ code: NotaryError.Code, _ search: String, _ number: Int, _ caller: Caller, width: Int = 800) async
        {
            await Self.expect(code) {
                _ = try await notary.overlay(ofSearch: search, match: number, widthPixels: width, for: caller)
            }
        }
        await expect(.overlayNotYours, theirs, 1, other)
        await expect(.unknownSearch, mine, 1, other)
        await expect(.unknownMatch, mine, 2, caller)
        await expect(.overlayImpossible, mine, 1, caller)
        await expect(.invalidRequest, mine, 1, caller, width: 100)
    }
}
