/// The calendars that one outsider asks, all of them each time.
public struct Calendars: Sendable {
    private let clients: [CalendarClient]
    private let minimum: Int
    private let exchange: HTTPExchange

    /// - Parameters:
    ///   - urls: At least one.
    ///   - minimum: How many must take a digest for it to count as handed in.
    public init(urls: [String], minimum: Int, exchange: @escaping HTTPExchange) {
        clients = urls.map { CalendarClient(url: $0, exchange: exchange) }
        self.minimum = minimum
        self.exchange = exchange
    }

    /// Hands a digest to all of them.
    ///
    /// - Throws: What the last one threw, if fewer than the minimum took it.
    public func submit(_ digest: [UInt8]) async throws -> OTSTimestamp {
        var timestamp = try OTSTimestamp(message: digest)
        var takenCount = 0
        var failure: (any Error)?
        for answer in await answers(clients, { try await $0.submit(digest) }) {
            switch answer {
            case .success(let promised):
                guard let merged = try Self.merged(promised, into: timestamp) else {
                    failure = OutsiderError(.invalidAnswer, "The calendars' answers are too long to be kept together.")
                    continue
                }
                timestamp = merged
                takenCount += 1
            case .failure(let error): failure = error
            }
        }
        guard takenCount >= minimum else {
            throw failure ?? OutsiderError(.misconfigured, "More calendars must answer than are configured.")
        }
        return timestamp
    }

    /// What has become of the promises in `timestamp`, merged into it. A calendar that does not answer leaves its part
    /// as it was, and so does one whose answer would make the whole too large to be read again.
    public func upgraded(_ timestamp: OTSTimestamp) async throws -> OTSTimestamp {
        var upgraded = timestamp
        let promises = timestamp.allAttestations.compactMap { message, attestation -> Promise? in
            guard case .pending(let url) = attestation, mayBeAsked(url) else { return nil }
            return Promise(commitment: message, client: CalendarClient(url: url, exchange: exchange))
        }
        for answer in await answers(promises, { try await $0.client.timestamp(of: $0.commitment) }) {
            if case .success(.some(let more)) = answer, let merged = try Self.merged(more, into: upgraded) {
                upgraded = merged
            }
        }
        return upgraded
    }

    /// A pool answers by the name of the calendar behind it. Others than those configured are asked only if the stock
    /// client asks them too: an answer must not send us to an address of its choice.
    func mayBeAsked(_ url: String) -> Bool {
        let url = url.hasSuffix("/") ? String(url.dropLast()) : url
        if clients.contains(where: { $0.url == url }) { return true }
        guard url.hasPrefix("https://") else { return false }
        let host = url.dropFirst("https://".count)
        return !host.contains("/") && !host.contains(":")
            && Self.knownDomains.contains { host.hasSuffix($0) && host.count > $0.count }
    }

    /// python-opentimestamps, `DEFAULT_CALENDAR_WHITELIST`.
    private static let knownDomains = [
        ".calendar.opentimestamps.org", ".calendar.eternitywall.com", ".calendar.catallaxy.com",
    ]

    /// `timestamp` with `more` wherever that belongs; `nil` if our own reader would not take it from the store again,
    /// with the steps before it.
    private static func merged(_ more: OTSTimestamp, into timestamp: OTSTimestamp) throws -> OTSTimestamp? {
        var merged = timestamp
        try merged.mergeAnywhere(more)
        let bytes = try stepsBefore + merged.bytes()
        return (try? OTSTimestamp(message: merged.message, bytes: bytes)) == nil ? nil : merged
    }

    /// Room for what our own proofs put before a calendar's: the way from a checkpoint to what calendars get of it, or
    /// from a digest through a round of our calendar, 26 steps. In each pair 32 zeros are appended, then SHA-256.
    private static let stepsBefore: [UInt8] = {
        let pair: [UInt8] = [0xF0, 32] + [UInt8](repeating: 0, count: 32) + [0x08]
        return Array(repeatElement(pair, count: 16).joined())
    }()

    private struct Promise: Sendable {
        let commitment: [UInt8]
        let client: CalendarClient
    }

    /// All asked at once, so that a slow one costs the others nothing; in the order of the questions.
    private func answers<Question: Sendable, Answer: Sendable>(
        _ questions: [Question],
        _ ask: @escaping @Sendable (Question) async throws -> Answer
    ) async -> [Result<Answer, any Error>] {
        await withTaskGroup(of: (Int, Result<Answer, any Error>).self) { group in
            for (position, question) in questions.enumerated() {
                group.addTask {
                    do { return (position, .success(try await ask(question))) } catch {
                        return (position, .failure(error))
                    }
                }
            }
            var answers: [(Int, Result<Answer, any Error>)] = []
            for await answer in group { answers.append(answer) }
            return answers.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
