import Anchoring
import Bytes
import OpenSSL
import Synchronization
import Testing

struct OpenTimestampsTests {
    private let calendar = ScriptedCalendar()
    private let checkpoint = SmallLog(leaves: (0..<5).map { [$0] }).checkpoint

    private func outsider(_ urls: [String] = [ScriptedCalendar.url], minimum: Int = 1, hasHeaders: Bool = true) throws
        -> OpenTimestamps
    {
        OpenTimestamps(
            name: "bitcoin",
            calendars: Calendars(urls: urls, minimum: minimum, exchange: calendar.exchange),
            headers: hasHeaders
                ? try HeaderSource(.esplora, url: "http://explorer.example/api/", exchange: calendar.exchange) : nil
        )
    }

    private func expect(_ code: OutsiderError.Code, _ body: () async throws -> some Any) async {
        let error = await #expect(throws: OutsiderError.self) { _ = try await body() }
        #expect(error?.code == code)
    }

    @Test func promisesBecomeProofs() async throws {
        let outsider = try outsider()
        let prepared = try await outsider.prepare(checkpoint)
        #expect(prepared == SHA256.digest(of: checkpoint.root.bytes + checkpoint.signedDigest.bytes).bytes)
        guard case .pending(let state, let promised, 300) = try await outsider.submit(prepared, for: checkpoint) else {
            Issue.record("A calendar only promises at first.")
            return
        }
        #expect(promised.map(\.name) == ["bitcoin.ots"])
        let judgement = OpenTimestampsAnchor.judgement(
            of: promised[0],
            over: checkpoint,
            companions: promised,
            trust: AnchorTrust()
        )
        #expect(judgement.standing == .pending)
        #expect(judgement.found == "Promised by http://calendar.example")
        // Asked again before its time, it says the same.
        let still = try await outsider.advance(state, prepared: prepared, for: checkpoint)
        #expect(still == .pending(state: state, files: promised, pauseSeconds: 300))
        calendar.state.withLock { $0.isComplete = true }
        guard case .anchored(let files) = try await outsider.advance(state, prepared: prepared, for: checkpoint) else {
            Issue.record("A calendar that is done gives a proof.")
            return
        }
        #expect(files.map(\.name) == ["bitcoin.ots", "bitcoin.ots-headers.json"])
        let proof = try OTSProof(bytes: files[0].bytes)
        let headers = try BitcoinHeaders(json: files[1].bytes)
        #expect(try proof.verified(digest: checkpoint.signedDigest.bytes, headers: headers).height == 7)
        #expect(OpenTimestampsAnchor.joined(promised[0].bytes, files[0].bytes) == files[0].bytes)
    }

    @Test func asksAsTheStockClientDoes() async throws {
        let outsider = try outsider(["http://calendar.example/", "http://other.example/sub"])
        _ = try await outsider.submit(outsider.prepare(checkpoint), for: checkpoint)
        let asked = calendar.state.withLock { $0.asked }.sorted { $0.url < $1.url }
        #expect(asked.map(\.url) == ["http://calendar.example/digest", "http://other.example/sub/digest"])
        #expect(asked.allSatisfy { $0.method == "POST" && $0.body.count == 32 && $0.responseLimitBytes == 10_000 })
        #expect(asked.allSatisfy { $0.headers["accept"] == "application/vnd.opentimestamps.v1" })
    }

    @Test func calendarsThatFailAreNamed() async throws {
        let prepared = try await outsider().prepare(checkpoint)
        calendar.state.withLock { $0.isDown = true }
        await expect(.unreachable) { try await outsider().submit(prepared, for: checkpoint) }
        calendar.state.withLock { $0.isDown = false }
        for status in [302, 500] {
            calendar.state.withLock { $0.status = status }
            await expect(.refused) { try await outsider().submit(prepared, for: checkpoint) }
        }
        calendar.state.withLock { $0.status = 200 }
        await expect(.misconfigured) { try await outsider(minimum: 2).submit(prepared, for: checkpoint) }
        for answer: [UInt8] in [[], Array("<html>".utf8), [0x08], [UInt8](repeating: 8, count: 10_001)] {
            calendar.state.withLock { $0.answer = answer }
            await expect(.invalidAnswer) { try await outsider().submit(prepared, for: checkpoint) }
        }
    }

    /// While it is down, what it promised stays as it was.
    @Test func aCalendarThatIsDownLosesNothing() async throws {
        let outsider = try outsider()
        let prepared = try await outsider.prepare(checkpoint)
        guard case .pending(let state, let files, _) = try await outsider.submit(prepared, for: checkpoint) else {
            return
        }
        calendar.state.withLock { $0.isDown = true }
        let later = try await outsider.advance(state, prepared: prepared, for: checkpoint)
        #expect(later == .pending(state: state, files: files, pauseSeconds: 300))
    }

    /// An answer must not send us anywhere: only calendars that were configured, or that the stock client asks too.
    @Test func othersAreNotAsked() async throws {
        let calendars = Calendars(urls: [ScriptedCalendar.url], minimum: 1, exchange: calendar.exchange)
        var timestamp = try OTSTimestamp(message: [1])
        for url in [
            "http://127.0.0.1:8080", "https://evil.example", "http://alice.btc.calendar.opentimestamps.org",
            "https://.calendar.opentimestamps.org", "https://evil.example/a.calendar.opentimestamps.org",
            "https://alice.btc.calendar.opentimestamps.org:8443",
        ] { timestamp.add(.pending(url)) }
        #expect(try await calendars.upgraded(timestamp) == timestamp)
        #expect(calendar.state.withLock { $0.asked.isEmpty })
        timestamp.add(.pending("https://alice.btc.calendar.opentimestamps.org/"))
        timestamp.add(.pending(ScriptedCalendar.url))
        _ = try await calendars.upgraded(timestamp)
        #expect(
            calendar.state.withLock { $0.asked.map(\.url) }.sorted() == [
                "http://calendar.example/timestamp/01", "https://alice.btc.calendar.opentimestamps.org/timestamp/01",
            ]
        )
    }

    @Test func aHeaderThatDoesNotFitIsNoProof() async throws {
        let outsider = try outsider()
        let prepared = try await outsider.prepare(checkpoint)
        guard case .pending(let state, _, _) = try await outsider.submit(prepared, for: checkpoint) else { return }
        calendar.state.withLock { $0.isComplete = true }
        let lying: HTTPExchange = { [calendar] request in
            if !request.url.contains("/block") { return try await calendar.exchange(request) }
            let header = try ScriptedCalendar.minedHeader(over: [UInt8](repeating: 3, count: 32))
            let text = request.url.contains("/block-height/") ? header.hash : Hex.encode(header.bytes)
            return IncomingResponse(status: 200, headers: [:], body: Array(text.utf8))
        }
        let misled = OpenTimestamps(
            name: "bitcoin",
            calendars: Calendars(urls: [ScriptedCalendar.url], minimum: 1, exchange: lying),
            headers: try HeaderSource(.esplora, url: "http://explorer.example", exchange: lying)
        )
        await expect(.invalidAnswer) { try await misled.advance(state, prepared: prepared, for: checkpoint) }
        // Without a source of headers the proof is as complete as it will be.
        guard
            case .anchored(let files) = try await self.outsider(hasHeaders: false)
                .advance(state, prepared: prepared, for: checkpoint)
        else {
            Issue.record("Not anchored.")
            return
        }
        let judgement = OpenTimestampsAnchor.judgement(
            of: files[0],
            over: checkpoint,
            companions: files,
            trust: AnchorTrust()
        )
        #expect(judgement.standing == .sound)
        #expect(judgement.remains?.contains("Merkle root") == true)
    }

    @Test func headersComeFromANodeToo() async throws {
        let header = try ScriptedCalendar.minedHeader(over: [UInt8](repeating: 3, count: 32))
        let source = try HeaderSource(.node, url: "http://user:p%40ss@127.0.0.1:18443/") { request in
            #expect(request.url == "http://127.0.0.1:18443/")
            #expect(request.headers["authorization"] == "Basic \(Base64.encode(Array("user:p@ss".utf8)))")
            let isHash = String(decoding: request.body, as: UTF8.self).contains("getblockhash")
            let result = isHash ? header.hash : Hex.encode(header.bytes)
            return IncomingResponse(
                status: 200,
                headers: [:],
                body: Array(#"{"result":"\#(result)","error":null,"id":"cinnabar"}"#.utf8)
            )
        }
        #expect(try await source.header(at: 5) == header)
        let other = try HeaderSource(.node, url: "http://127.0.0.1/") { _ in
            IncomingResponse(status: 200, headers: [:], body: Array(#"{"result":"00","error":null}"#.utf8))
        }
        await expect(.invalidAnswer) { try await other.header(at: 5) }
        await expect(.misconfigured) { try HeaderSource(.node, url: "node") { _ in throw CancellationError() } }
    }
}
