/// How slowly a body may come. Silence ends by the connection's idle timeout; this ends bodies that drip.
struct BodyPace: Sendable {
    let graceSeconds: Int
    let bytesPerSecond: Int

    func isTooSlow(receivedBytes: Int, after elapsed: Duration) -> Bool {
        let seconds = elapsed.components.seconds - Int64(graceSeconds)
        return seconds > 0 && Int64(receivedBytes) < seconds * Int64(bytesPerSecond)
    }
}
