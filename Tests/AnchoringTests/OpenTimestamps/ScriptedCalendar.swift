import Anchoring
import Bytes
import Synchronization

/// A calendar and an explorer in one, as an exchange: it promises, and commits when told to.
final class ScriptedCalendar: Sendable {
    struct State {
        var isDown = false
        var isComplete = false
        var status = 200
        var answer: [UInt8]?
        var asked: [OutgoingRequest] = []
        var merkleRoot: [UInt8] = []
    }

    let state = Mutex(State())
    static let height: UInt64 = 7
    static let url = "http://calendar.example"

    struct Down: Error {}

    var exchange: HTTPExchange {
        { request in
            try self.state.withLock { state in
                state.asked.append(request)
                if state.isDown { throw Down() }
                guard state.status == 200 else { return Self.response(state.status, []) }
                return try Self.answer(request, &state)
            }
        }
    }

    private static func response(_ status: Int, _ body: [UInt8]) -> IncomingResponse {
        IncomingResponse(status: status, headers: [:], body: body)
    }

    private static func answer(_ request: OutgoingRequest, _ state: inout State) throws -> IncomingResponse {
        if let answer = state.answer { return response(200, answer) }
        if request.url.hasSuffix("/digest") {
            let promised = try OTSOperation.sha256.result(of: request.body)
            var end = try OTSTimestamp(message: promised)
            end.add(.pending(url))
            return response(200, try OTSTimestamp(message: request.body, by: [.sha256], to: end).bytes())
        }
        if request.url.contains("/timestamp/") {
            guard state.isComplete, let commitment = Hex.decode(request.url.suffix(64)) else {
                return response(404, [])
            }
            var end = try OTSTimestamp(message: OTSOperation.sha256.result(of: commitment))
            end.add(.bitcoin(height: height))
            state.merkleRoot = end.message
            return response(200, try OTSTimestamp(message: commitment, by: [.sha256], to: end).bytes())
        }
        let header = try minedHeader(over: state.merkleRoot)
        return response(
            200,
            Array((request.url.contains("/block-height/") ? header.hash : Hex.encode(header.bytes)).utf8)
        )
    }

    /// A header of the easiest target there is, with the first nonce that meets it.
    static func minedHeader(over merkleRoot: [UInt8]) throws -> BitcoinHeader {
        var bytes: [UInt8] = [0, 0, 0, 32] + [UInt8](repeating: 1, count: 32) + merkleRoot
        bytes += [0x00, 0x10, 0x00, 0x6B, 0xFF, 0xFF, 0x7F, 0x20, 0, 0, 0, 0]
        while true {
            let header = try BitcoinHeader(bytes: bytes)
            if header.meetsItsTarget { return header }
            bytes[76] += 1
        }
    }
}
