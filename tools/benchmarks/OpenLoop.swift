/// Sends requests by the clock, whether or not earlier ones were answered: what users do. A time counts from when its
/// request was due, so that a stall shows in every request that it held up.
struct OpenLoop {
    let perSecond: Double
    let seconds: Double

    /// - Parameter request: Given the request's number, from 0.
    /// - Returns: Milliseconds from due to answered, of every request.
    func milliseconds(_ request: @escaping @Sendable (Int) async throws -> Void) async throws -> Percentiles {
        let count = max(1, Int(perSecond * seconds))
        let start = ContinuousClock.now
        return try await withThrowingTaskGroup(of: Double.self) { group in
            for number in 0..<count {
                let due = start + .seconds(Double(number) / perSecond)
                if due > .now { try await Task.sleep(until: due, clock: .continuous) }
                group.addTask {
                    try await request(number)
                    return (ContinuousClock.now - due) / .milliseconds(1)
                }
            }
            var times: [Double] = []
            for try await time in group { times.append(time) }
            return Percentiles(times)
        }
    }
}
