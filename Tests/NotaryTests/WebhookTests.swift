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

@Suite struct WebhookTests {
    /// A receiver that answers as it is told, and keeps what it got.
    private final class Receiver: Sendable {
        let status = Mutex(500)
        let address = Mutex<[UInt8]>([93, 184, 216, 34])
        let requests = Mutex<[OutgoingRequest]>([])

        var transport: WebhookTransport {
            WebhookTransport(
                resolve: { _, _ in .init(text: "", bytes: self.address.withLock { $0 }) },
                send: { request, _, _ in
                    self.requests.withLock { $0.append(request) }
                    return IncomingResponse(status: self.status.withLock { $0 }, headers: [:], body: [])
                }
            )
        }
    }

    private static func open(_ office: Office, _ receiver: Receiver) throws -> Notary {
        let clock = office.clock
        return try Notary(
            office.configuration,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            clock: { clock.now },
            webhooks: receiver.transport
        ) { _ in throw NotaryError(.authorityFailed, "No network in this test.") }
    }

    private static func sample(_ name: String) throws -> [UInt8] {
        let root = URL(filePath: #filePath).appending(path: "../../..").standardized
        return Array(try Data(contentsOf: root.appending(path: "Samples/\(name)")))
    }

    /// A notary with one hit that waits.
    private static func withHit(_ office: Office, _ receiver: Receiver) async throws -> (Notary, Watch) {
        let notary = try open(office, receiver)
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        let upload = notary.makeUpload()
        try upload.append(sample("photos/teapot.jpg"))
        _ = try await notary.register(upload, RegistrationRequest(), for: caller)
        let request = WatchRequest(name: "shop", webhook: "https://hooks.example/cinnabar")
        let watch = try notary.createWatch(request, for: caller)
        let picture = notary.makePassingUpload()
        try picture.append(sample("altered/teapot-recompressed.jpg"))
        _ = try await notary.show(picture, reference: "r", to: watch.id, for: caller)
        return (notary, watch)
    }

    @Test func aHitIsPostedUntilItIsTakenAlsoAfterARestart() async throws {
        let office = try Office()
        let receiver = Receiver()
        let (first, watch) = try await Self.withHit(office, receiver)
        try await first.compareFeed()
        try await first.compareFeed()
        #expect(receiver.requests.withLock { $0.count } == 1, "again only after a pause")
        first.close()

        office.clock.advance(seconds: WebhookSender.pausesSeconds[0])
        receiver.status.withLock { $0 = 204 }
        let second = try Self.open(office, receiver)
        defer { second.close() }
        for _ in 0..<2 { try await second.compareFeed() }
        let requests = receiver.requests.withLock { $0 }
        #expect(requests.count == 2)
        let request = try #require(requests.last)
        #expect(request.url == "https://hooks.example/cinnabar" && request.method == "POST")
        let body = try JSONValue(parsing: request.body)
        #expect(body["watch"]?.stringValue == "\(watch.id)" && body["hit"]?["number"] == 1)
        let signature = try #require(request.headers[WebhookSender.signatureHeader])
        let parts = signature.split(separator: ",")
        let time = try #require(parts.first?.dropFirst(2))
        let code = HMAC.sha256(of: Array("\(time).".utf8) + request.body, key: Array(watch.secret.utf8))
        #expect(parts.last == "v1=\(code.hex)")
    }

    @Test func aHitIsGivenUpAfterSomeDays() async throws {
        let office = try Office()
        let receiver = Receiver()
        let (notary, _) = try await Self.withHit(office, receiver)
        notary.close()
        for pause in WebhookSender.pausesSeconds + [0, 0] {
            let notary = try Self.open(office, receiver)
            try await notary.compareFeed()
            notary.close()
            office.clock.advance(seconds: pause)
        }
        #expect(receiver.requests.withLock { $0.count } == WebhookSender.pausesSeconds.count + 1)
    }

    /// The name may lead elsewhere by the time of the post.
    @Test func nothingIsPostedIntoAPrivateNetwork() async throws {
        let office = try Office()
        let receiver = Receiver()
        receiver.address.withLock { $0 = [10, 0, 0, 7] }
        let (notary, _) = try await Self.withHit(office, receiver)
        defer { notary.close() }
        try await notary.compareFeed()
        #expect(receiver.requests.withLock { $0.isEmpty })
    }

    @Test(
        arguments: [
            [0, 0, 0, 0], [10, 1, 2, 3], [100, 64, 0, 1], [127, 0, 0, 1], [169, 254, 169, 254], [172, 16, 0, 1],
            [172, 31, 255, 255], [192, 0, 0, 1], [192, 168, 1, 1], [198, 18, 0, 1], [224, 0, 0, 1],
            [255, 255, 255, 255], [],
            [1, 2, 3], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1],
            [0xFC, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            [0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            [0xFF, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1],
            [0x20, 2, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        ] as [[UInt8]]
    )
    func privateAddressesAreRefusedUnlessTheHostIsAllowed(address: [UInt8]) {
        #expect(!WebhookHosts().allows("a.example", at: address))
        #expect(WebhookHosts("b.example, a.example").allows("A.example", at: address))
    }

    @Test(
        arguments: [
            [1, 1, 1, 1], [172, 15, 0, 1], [172, 32, 0, 1], [192, 0, 3, 1], [100, 128, 0, 1],
            [0x26, 6, 0x47, 0, 0x47, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x11, 0x11],
            [0x20, 1, 0x48, 0x60, 0x48, 0x60, 0, 0, 0, 0, 0, 0, 0, 0, 0x88, 0x88],
        ] as [[UInt8]]
    )
    func publicAddressesAreNot(address: [UInt8]) { #expect(WebhookHosts().allows("a.example", at: address)) }
}
