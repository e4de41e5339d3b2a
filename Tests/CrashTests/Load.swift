import Evidence
import Programs

/// Clients that register as fast as they are answered, until the server is gone: most of them one by one, some in
/// batches.
struct Load: Sendable {
    private static let clientCount = 12
    private static let batchClientCount = 2
    private static let batchSize = 60

    let client: Client
    let ledger: Ledger
    let photo: [UInt8]

    func run() async {
        await withTaskGroup { group in
            for _ in 0..<Self.clientCount {
                group.addTask { while await register(ledger.nextAttempt()) {} }
            }
            for _ in 0..<Self.batchClientCount {
                group.addTask { while await registerBatch() {} }
            }
        }
    }

    /// - Returns: Whether there is a server to go on with.
    func register(_ attempt: Attempt) async -> Bool {
        do {
            let body = attempt.body(photo: photo)
            let answer = try await client.send("POST", "/v1/registrations", body, key: attempt.key)
            guard let acknowledgement = Ledger.Acknowledgement(answer) else {
                ledger.refuse(attempt, "\(answer.status): \(answer.text)")
                return false
            }
            ledger.acknowledge(attempt, acknowledgement)
            return true
        } catch {
            ledger.leaveUnanswered(attempt)
            return false
        }
    }

    private func registerBatch() async -> Bool {
        let attempts = (0..<Self.batchSize).map { _ in ledger.nextAttempt(isLine: true) }
        ledger.countBatch(1)
        do {
            let body = Client.Body.bytes(attempts.flatMap(\.line), mediaType: "application/x-ndjson")
            let answer = try await client.send("POST", "/v1/registrations:batch", body)
            ledger.countBatch(-1)
            return read(answer, of: attempts)
        } catch {
            // Left in flight: the kill met it.
            for attempt in attempts { ledger.leaveUnanswered(attempt) }
            return false
        }
    }

    private func read(_ answer: Client.Answer, of attempts: [Attempt]) -> Bool {
        let lines = answer.text.split(separator: "\n").compactMap { try? JSONValue(parsing: Array($0.utf8)) }
        guard answer.status == 200, lines.count == attempts.count + 1 else {
            ledger.refuse(attempts[0], "\(answer.status): \(answer.text.prefix(500))")
            return false
        }
        var checkpoints: [Int64: String] = [:]
        for checkpoint in lines.last?["checkpoints"]?.arrayValue ?? [] {
            if let size = checkpoint["size"]?.integerValue { checkpoints[size] = checkpoint["note"]?.stringValue }
        }
        for (attempt, line) in zip(attempts, lines) {
            if let acknowledgement = Ledger.Acknowledgement(line: line, checkpoints: checkpoints) {
                ledger.acknowledge(attempt, acknowledgement)
            } else {
                ledger.refuse(attempt, String(decoding: line.encoded(.compact), as: UTF8.self))
            }
        }
        return ledger.refusals.isEmpty
    }
}
