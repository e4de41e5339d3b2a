import Anchoring
import Evidence

/// Where alarms are posted as JSON.
struct Webhook: Sendable {
    /// What it answers is not read beyond this, and not looked at.
    private static let answerLimitBytes = 1 << 20
    private static let pausesSeconds = [1, 5]

    let url: String
    let exchange: HTTPExchange

    /// - Returns: Whether it was taken, at the latest at the third try.
    func post(_ document: JSONValue) async throws -> Bool {
        let request = OutgoingRequest(
            url: url,
            method: "POST",
            headers: ["content-type": "application/json"],
            body: document.encoded(.compact),
            responseLimitBytes: Self.answerLimitBytes
        )
        for pause in Self.pausesSeconds.map(Optional.some) + [nil] {
            if let response = try? await exchange(request), (200..<300).contains(response.status) {
                return true
            }
            if let pause { try await Task.sleep(for: .seconds(pause)) }
        }
        return false
    }
}
