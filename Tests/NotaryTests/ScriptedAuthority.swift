import Anchoring
import Bytes
import Foundation
import Notary
import OpenSSL
import Synchronization

/// A timestamp authority outside, which the test makes wrong in one way or another.
final class ScriptedAuthority: Sendable {
    enum Fault: Sendable, Equatable {
        case down
        case status(Int)
        /// Seconds that its clock is ahead.
        case clock(Int64)
        /// Stamps what nobody asked for.
        case otherData
        case wrongNonce
        /// Answers every request by its first token.
        case replay
    }

    static let year: Int64 = 31_557_600

    let name: String
    let authority: SelfOperatedAuthority
    private let folder: String
    private let fault = Mutex<Fault?>(nil)
    private let first = Mutex<[UInt8]?>(nil)
    private let ahead: Ahead

    /// - Parameter yearsAgo: How long ago its certificate, good for ten years, was made.
    init(_ name: String, office: Office, yearsAgo: Double = 1) throws {
        self.name = name
        folder = office.folder
        let now = office.clock.now.seconds
        let ahead = Ahead()
        let clock = office.clock
        authority = try SelfOperatedAuthority(
            credentials: SelfOperatedAuthority.generate(
                origin: "\(name).example",
                nowSeconds: now - Int64(yearsAgo * Double(Self.year))
            ),
            clock: { clock.now.seconds + ahead.seconds.withLock { $0 } }
        )
        self.ahead = ahead
        try Data(authority.root.pem.utf8).write(to: URL(filePath: rootsPath))
    }

    private final class Ahead: Sendable {
        let seconds = Mutex<Int64>(0)
    }

    private var rootsPath: String { "\(folder)/\(name)-root.pem" }

    func script(_ next: Fault?) {
        fault.withLock { $0 = next }
        ahead.seconds.withLock { seconds in
            if case .clock(let off) = next { seconds = off } else { seconds = 0 }
        }
    }

    func configured(_ demands: TimestampDemands = TimestampDemands(clockSkewLimitSeconds: 300))
        -> NotaryConfiguration.Authority
    {
        NotaryConfiguration.Authority(name: name, url: "http://\(name)/tsa", rootsPath: rootsPath, demands: demands)
    }

    func answer(_ request: OutgoingRequest) throws -> IncomingResponse {
        let fault = fault.withLock { $0 }
        var body = request.body
        switch fault {
        case .down: throw URLError(.cannotConnectToHost)
        case .status(let status): return IncomingResponse(status: status, headers: [:], body: [])
        case .otherData:
            body = try TimestampRequest(
                imprint: TimestampImprint(of: [9, 9]),
                nonce: TimestampRequest(der: body).nonce
            ).der()
        case .wrongNonce:
            body = try TimestampRequest(imprint: TimestampRequest(der: body).imprint, nonce: [1, 2, 3]).der()
        case .clock, .replay, nil: break
        }
        var response = authority.response(to: body)
        if fault == .replay { response = first.withLock { $0 } ?? response }
        first.withLock { $0 = $0 ?? response }
        return IncomingResponse(
            status: 200,
            headers: ["content-type": "application/timestamp-reply"],
            body: response
        )
    }

    /// Reaches these by the hosts of their URLs.
    static func exchange(_ authorities: [ScriptedAuthority]) -> HTTPExchange {
        { request in
            guard let authority = authorities.first(where: { request.url == "http://\($0.name)/tsa" }) else {
                throw URLError(.cannotFindHost)
            }
            return try authority.answer(request)
        }
    }
}
