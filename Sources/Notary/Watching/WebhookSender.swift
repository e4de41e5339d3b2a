import Anchoring
import Bytes
import Evidence
import EvidenceStore
import Logging
import OpenSSL
import Synchronization

/// Posts hits to their watches' webhooks until each was taken, or given up after some days. What waits lies in the store,
/// so that a restart goes on with it.
final class WebhookSender: Sendable {
    /// Hits that wait at once; more are listed and not posted.
    static let queueLimit = 10_000
    /// After each try that failed: together about four days.
    static let pausesSeconds: [Int64] = [5, 30, 120, 600, 3600, 4 * 3600, 12 * 3600, 24 * 3600, 24 * 3600, 24 * 3600]
    static let signatureHeader = "cinnabar-signature"

    private static let intervalSeconds = 1
    /// Posted side by side, so that a slow receiver holds others up no longer than its time limit.
    private static let batchSize = 16
    /// What a receiver answers is not looked at.
    private static let answerLimitBytes = 64 << 10

    private let store: Store
    private let hosts: WebhookHosts
    /// `nil` where nothing is posted: in a command on the data folder.
    private let transport: WebhookTransport?
    private let clock: @Sendable () -> UTCTime
    private let logger: Logger

    init(
        store: Store,
        hosts: WebhookHosts,
        transport: WebhookTransport?,
        clock: @escaping @Sendable () -> UTCTime,
        logger: Logger
    ) {
        self.store = store
        self.hosts = hosts
        self.transport = transport
        self.clock = clock
        self.logger = logger
    }

    /// Whether so many more may wait. Also true where nothing is posted: the next server on the folder will.
    func hasRoom(for count: Int) -> Bool {
        let waiting = (try? store.deliveryCount(upTo: Self.queueLimit)) ?? Self.queueLimit
        if waiting + count > Self.queueLimit { logger.warning("too many hits wait for webhooks: some are not posted") }
        return waiting + count <= Self.queueLimit
    }

    /// Until the task is cancelled.
    func run() async {
        guard transport != nil else { return }
        while !Task.isCancelled {
            do {
                try await sendDue()
            } catch {
                logger.error("hits could not be posted", metadata: ["why": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(Self.intervalSeconds))  // only throws when cancelled
        }
    }

    /// Posts what is due now, once each.
    func sendDue() async throws {
        let due = try store.deliveries(due: clock().milliseconds, limit: Self.batchSize)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for delivery in due { group.addTask { try await self.send(delivery) } }
            try await group.waitForAll()
        }
    }

    private func send(_ delivery: StoredDelivery) async throws {
        guard let stored = try store.watch(delivery.watch, of: delivery.account),
            let hit = try store.hits(
                of: delivery.watch,
                of: delivery.account,
                after: delivery.hit - 1,
                limit: 1
            ).first, hit.number == delivery.hit
        else { return try store.finish(delivery, tryAgainAt: nil) }
        let watch = try Watch(stored)
        do {
            try await post(try Hit.json(hit.number, hit.bytes), of: watch)
            try store.finish(delivery, tryAgainAt: nil)
        } catch {
            let attempt = Int(delivery.attempts)
            let pause = attempt < Self.pausesSeconds.count ? Self.pausesSeconds[attempt] : nil
            logger.warning(
                pause == nil ? "a webhook did not take a hit: given up" : "a webhook did not take a hit",
                metadata: ["watch": "\(watch.id)", "attempts": "\(attempt + 1)", "why": "\(error)"]
            )
            try store.finish(delivery, tryAgainAt: pause.map { clock().milliseconds + $0 * 1000 })
        }
    }

    private func post(_ hit: JSONValue, of watch: Watch) async throws {
        guard let transport, let webhook = watch.webhook else { return }
        let url = try WebhookURL(webhook, hosts: hosts)
        let address = try await transport.resolve(url.host, url.port)
        guard hosts.allows(url.host, at: address.bytes) else {
            throw NotaryError(.webhookRefused, WebhookURL.refusal)
        }
        let document: JSONValue = ["watch": .string("\(watch.id)"), "name": .string(watch.name), "hit": hit]
        let body = document.encoded(.compact)
        let request = OutgoingRequest(
            url: url.text,
            method: "POST",
            headers: [
                "content-type": "application/json",
                Self.signatureHeader: Self.signature(of: body, at: clock(), secret: watch.secret),
            ],
            body: body,
            responseLimitBytes: Self.answerLimitBytes
        )
        let response = try await transport.send(request, url.host, address)
        guard (200..<300).contains(response.status) else {
            throw NotaryError(.webhookRefused, "The webhook answered with status \(response.status).")
        }
    }

    /// `t=<milliseconds>,v1=<HMAC-SHA256 of the time, a point and the body>`: the time keeps old posts from being sent
    /// again.
    static func signature(of body: [UInt8], at time: UTCTime, secret: String) -> String {
        let stamp = String(time.milliseconds)
        let code = HMAC.sha256(of: Array(stamp.utf8) + Array(".".utf8) + body, key: Array(secret.utf8))
        return "t=\(stamp),v1=\(code.hex)"
    }
}
