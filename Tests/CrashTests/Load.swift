import Programs

/// Clients that register as fast as they are answered, until the server is gone.
struct Load: Sendable {
    static let clientCount = 16

    let client: Client
    let ledger: Ledger
    let photo: [UInt8]

    func run() async {
        await withTaskGroup { group in
            for _ in 0..<Self.clientCount {
                group.addTask { while await register(ledger.nextAttempt()) {} }
            }
        }
    }

    /// - Returns: Whether there is a server to go on with.
    func register(_ attempt: Attempt) async -> Bool {
        do {
            let body = attempt.body(photo: photo)
            let answer = try await client.send("POST", "/v1/registrations", body, key: attempt.key)
            guard let acknowledgement = Ledger.Acknowledgement(answer) else {
                ledger.refuse(attempt, answer)
                return false
            }
            ledger.acknowledge(attempt, acknowledgement)
            return true
        } catch {
            ledger.leaveUnanswered(attempt)
            return false
        }
    }
}
