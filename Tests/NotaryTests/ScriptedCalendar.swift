import Anchoring
import Bytes
import Synchronization

/// An OpenTimestamps calendar as an exchange: it promises, and says that a block has it once it is told to.
final class ScriptedCalendar: Sendable {
    struct Down: Error {}

    static let url = "http://calendar.example"
    let isDown = Atomic<Bool>(false)
    let isComplete = Atomic<Bool>(false)
    let submitted = Mutex<[[UInt8]]>([])

    var exchange: HTTPExchange {
        { request in
            if self.isDown.load(ordering: .relaxed) { throw Down() }
            if request.url == Self.url + "/digest" {
                self.submitted.withLock { $0.append(request.body) }
                return IncomingResponse(
                    status: 200,
                    headers: [:],
                    body: try Self.leading(request.body, to: .pending(Self.url))
                )
            }
            guard self.isComplete.load(ordering: .relaxed), request.url.hasPrefix(Self.url + "/timestamp/"),
                let commitment = Hex.decode(request.url.suffix(64))
            else { return IncomingResponse(status: 404, headers: [:], body: []) }
            return IncomingResponse(
                status: 200,
                headers: [:],
                body: try Self.leading(commitment, to: .bitcoin(height: 11))
            )
        }
    }

    private static func leading(_ message: [UInt8], to attestation: OTSAttestation) throws -> [UInt8] {
        var end = try OTSTimestamp(message: OTSOperation.sha256.result(of: message))
        end.add(attestation)
        return try OTSTimestamp(message: message, by: [.sha256], to: end).bytes()
    }
}
