import Evidence
import Foundation
import Programs
import Testing

/// `cinnabar watch` as a platform runs it, against a server and on a data folder.
@Suite struct WatchTests {
    @Test func hitsGoToTheWebhookOfAServer() async throws {
        let office = try await DataFolder()
        let hook = try await Listener()
        let server = try await office.server("--set", "watch.webhookHosts=127.0.0.1")
        let made = try await office.cinnabar("watch", "create", "shop", "--webhook", hook.url + "/hits")
        let secret = try #require(try made.json["secret"]?.stringValue, "\(made.errors)")
        #expect(secret.count == 64)
        let registered = try await office.cinnabar("register", SampleShop.path(of: "teapot.jpg"))
        try #require(registered.status == 0, "\(registered.errors)")

        let manifest = office.scratch["feed.ndjson"]
        let copy = Repository.path("Samples/altered/teapot-recompressed.jpg")
        let line = #"{"file": "\#(copy)", "reference": "https://shop.example/1"}"#
        try office.scratch.write(Array((line + "\n").utf8), to: "feed.ndjson")
        let run = try await office.cinnabar("watch", manifest, "--name", "shop")
        #expect(run.status == 1, "\(run.output)\(run.errors)")
        #expect(try run.jsonLines.last?["summary"]?["copies"] == 1)

        // Its original comes later.
        let early = Repository.path("Samples/altered/handbag-flipped.jpg")
        try office.scratch.write(Array("\(early),https://shop.example/2\n".utf8), to: "feed.csv")
        let second = try await office.cinnabar("watch", office.scratch["feed.csv"], "--name", "shop")
        #expect(second.status == 0, "\(second.output)\(second.errors)")
        _ = try await office.cinnabar("register", SampleShop.path(of: "handbag.jpg"))
        for _ in 0..<600 where !hook.text.contains("https://shop.example/2") || !hook.text.contains("shop.example/1") {
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(hook.text.contains("https://shop.example/1") && hook.text.contains("https://shop.example/2"))
        #expect(hook.text.lowercased().contains("cinnabar-signature: t="))
        let hits = try await office.cinnabar("watch", "hits", "shop")
        #expect(try hits.json["hits"]?.arrayValue?.map { $0["foundBy"]?.stringValue } == ["feed", "registration"])
        #expect(server.stop() == 0)
    }

    @Test func aRunThatWasStoppedGoesOn() async throws {
        let office = try await DataFolder()
        _ = try await office.cinnabar("register", SampleShop.path(of: "teapot.jpg"))
        let folder = office.scratch["feed"]
        for name in ["altered/teapot-recompressed.jpg", "photos/vase.jpg", "contracts/consignment-agreement-en.txt"] {
            let bytes = try Scratch.bytes(at: Repository.path("Samples/\(name)"))
            try office.scratch.write(bytes, to: "feed/" + name)
        }
        let first = try await office.cinnabar("watch", folder)
        let summary = try #require(try first.jsonLines.last?["summary"], "\(first.output)\(first.errors)")
        #expect(first.status == 1 && summary["shown"] == 2 && summary["copies"] == 1 && summary["noPictures"] == 1)
        let again = try await office.cinnabar("watch", folder)
        #expect(try again.jsonLines.last?["summary"]?["seen"] == 2)
        #expect(again.status == 0)
        _ = try await office.cinnabar("register", SampleShop.path(of: "vase.jpg"))
        let hits = try await office.cinnabar("watch", "hits", "feed")
        #expect(try hits.json["hits"]?.arrayValue?.count == 2)
        #expect(try await office.cinnabar("watch", "delete", "feed").status == 0)
        #expect(try await office.cinnabar("watch", "hits", "feed").status == 1)
        #expect(try await office.audit().status == 0)
    }

    @Test func refusesWebhooksToThisMachineAndWhatIsNoFeed() async throws {
        let office = try await DataFolder()
        let local = try await office.cinnabar("watch", "create", "a", "--webhook", "http://localhost:1/")
        #expect(local.status == 2)
        #expect(try local.json["error"]?["code"] == "webhook.refused")
        #expect(try await office.cinnabar("watch", office.scratch["nothing"]).status == 2)
        try office.scratch.write([1], to: "feed.bin")
        #expect(try await office.cinnabar("watch", office.scratch["feed.bin"]).status == 2)
        try office.scratch.write(Array("no JSON\n".utf8), to: "feed.ndjson")
        #expect(try await office.cinnabar("watch", office.scratch["feed.ndjson"]).status == 2)
    }
}
