import Anchoring
import Bytes
import Evidence
import EvidenceStore
import Foundation
import Logging
import OpenSSL
import Synchronization
import Testing

@testable import Notary

@Suite struct WatchTests {
    private static func sample(_ name: String) throws -> [UInt8] {
        let root = URL(filePath: #filePath).appending(path: "../../..").standardized
        return Array(try Data(contentsOf: root.appending(path: "Samples/\(name)")))
    }

    private static func register(_ name: String, in notary: Notary, for caller: Caller) async throws {
        let upload = notary.makeUpload()
        try upload.append(sample(name))
        _ = try await notary.register(upload, RegistrationRequest(), for: caller)
    }

    private static func show(_ name: String, to watch: Watch, in notary: Notary, for caller: Caller) async throws
        -> FeedAnswer
    {
        let upload = notary.makePassingUpload()
        try upload.append(sample(name))
        return try await notary.show(upload, reference: "https://shop.example/\(name)", to: watch.id, for: caller)
    }

    private static func hits(of watch: Watch, in notary: Notary, for caller: Caller) throws -> [JSONValue] {
        try notary.hits(of: watch.id, after: nil, limit: 10, for: caller)["hits"]?.arrayValue ?? []
    }

    @Test func picturesOfTheFeedAreLookedUpOnce() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            try await Self.register("photos/teapot.jpg", in: notary, for: caller)
            let watch = try notary.createWatch(WatchRequest(name: "shop"), for: caller)
            let copy = try await Self.show("altered/teapot-recompressed.jpg", to: watch, in: notary, for: caller)
            #expect(!copy.wasSeen && copy.matches.count == 1)
            let again = try await Self.show("altered/teapot-recompressed.jpg", to: watch, in: notary, for: caller)
            #expect(again.wasSeen && again.matches.isEmpty)
            #expect(try notary.hasSeen(copy.sha256, in: watch.id, for: caller))
            let other = try await Self.show("photos/vase.jpg", to: watch, in: notary, for: caller)
            #expect(!other.wasSeen && other.matches.isEmpty)
            // The service finds nothing that the pictures' own look-up did not.
            try await notary.compareFeed()
            let hits = try Self.hits(of: watch, in: notary, for: caller)
            #expect(hits.count == 1 && hits[0]["number"] == 1 && hits[0]["foundBy"] == "feed")
            #expect(hits[0]["picture"]?["reference"] == "https://shop.example/altered/teapot-recompressed.jpg")
            #expect(hits[0]["match"]?["yours"] == true)
            await #expect(throws: NotaryError(.notAPicture, "")) {
                try await Self.show("contracts/consignment-agreement-en.txt", to: watch, in: notary, for: caller)
            }
        }
    }

    /// Also when the server is restarted between the two, before it compared them.
    @Test(arguments: [false, true]) func whatIsRegisteredLaterIsFoundInTheFeed(restarts: Bool) async throws {
        let office = try Office()
        var watch: Watch?
        try await office.whileOpen { notary, caller in
            let made = try notary.createWatch(WatchRequest(name: "shop"), for: caller)
            watch = made
            #expect(
                try await Self.show("altered/handbag-flipped.jpg", to: made, in: notary, for: caller).matches.isEmpty
            )
            #expect(try await Self.show("photos/vase.jpg", to: made, in: notary, for: caller).matches.isEmpty)
            try await Self.register("photos/handbag.jpg", in: notary, for: caller)
            if !restarts { try await notary.compareFeed() }
        }
        try await office.whileOpen { notary, caller in
            let watch = try #require(watch)
            for _ in 0..<2 { try await notary.compareFeed() }
            let hits = try Self.hits(of: watch, in: notary, for: caller)
            #expect(hits.count == 1 && hits[0]["foundBy"] == "registration")
            #expect(hits[0]["picture"]?["reference"] == "https://shop.example/altered/handbag-flipped.jpg")
            #expect(try notary.audit().isConsistent)
        }
    }

    @Test func oldPicturesAreForgotten() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            let watch = try notary.createWatch(WatchRequest(name: "shop"), for: caller)
            _ = try await Self.show("altered/handbag-flipped.jpg", to: watch, in: notary, for: caller)
            office.clock.advance(seconds: 29 * 86_400)
            try notary.sweepFeed()
        }
        // Opened anew, since the clock may not leap under a running log.
        try await office.whileOpen { notary, caller in
            let watch = try #require(try notary.watches(for: caller).first)
            try await Self.register("photos/handbag.jpg", in: notary, for: caller)
            try await notary.compareFeed()
            #expect(try Self.hits(of: watch, in: notary, for: caller).isEmpty)
        }
    }

    @Test func aWatchSeesWhatItsAccountMay() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            let other = try notary.createAccount(named: "other")
            let stranger = Caller(account: other.id, name: "other", authentication: "test")
            try await Self.register("photos/teapot.jpg", in: notary, for: stranger)
            let own = try notary.createWatch(WatchRequest(name: "own"), for: caller)
            let all = try notary.createWatch(WatchRequest(name: "all", scope: .all), for: caller)
            let copy = "altered/teapot-recompressed.jpg"
            #expect(try await Self.show(copy, to: own, in: notary, for: caller).matches.isEmpty)
            let found = try await Self.show(copy, to: all, in: notary, for: caller).matches
            #expect(found.count == 1 && found[0].id == nil && !found[0].isYours)
            #expect(throws: NotaryError(.watchUnknown, "")) { try notary.watch(own.id, for: stranger) }
            #expect(throws: NotaryError(.watchUnknown, "")) { try notary.deleteWatch(own.id, for: stranger) }
            await #expect(throws: NotaryError(.watchUnknown, "")) {
                try await Self.show(copy, to: own, in: notary, for: stranger)
            }
            try notary.deleteWatch(all.id, for: caller)
            #expect(try notary.watches(for: caller).map(\.name) == ["own"])
        }
    }

    @Test func refusesWatchesThatMakeNoSense() throws {
        let office = try Office()
        let notary = try office.open()
        defer { notary.close() }
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        for request in [
            WatchRequest(name: ""), WatchRequest(name: "a\u{7}"), WatchRequest(name: "a", minimumScore: 1.5),
        ] {
            #expect(throws: NotaryError(.watchInvalid, "")) { try notary.createWatch(request, for: caller) }
        }
        for url in [
            "ftp://a.example/", "http://", "http://me:pw@a.example/", "http://localhost/", "http://127.0.0.1/",
            "https://10.0.0.7:8443/", "http://a.example/#x",
        ] {
            let request = WatchRequest(name: "a", webhook: url)
            #expect(throws: NotaryError(.webhookRefused, "")) { try notary.createWatch(request, for: caller) }
        }
    }
}
