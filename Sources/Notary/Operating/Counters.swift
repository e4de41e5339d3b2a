import Synchronization

/// What the notary has done since it was opened, for metrics.
final class Counters: Sendable {
    let registrations = Atomic<Int>(0)
    let replays = Atomic<Int>(0)
    let refusals = Atomic<Int>(0)
    let searches = Atomic<Int>(0)
    let matches = Atomic<Int>(0)
    /// Matches that accounts did not want to see.
    let ignored = Atomic<Int>(0)
    let overlays = Atomic<Int>(0)
    let rightMatches = Atomic<Int>(0)
    let wrongMatches = Atomic<Int>(0)
    let erasures = Atomic<Int>(0)
    let feedPictures = Atomic<Int>(0)
    let feedHits = Atomic<Int>(0)
    let evidenceFiles = Atomic<Int>(0)
    let verifications = Atomic<Int>(0)
}

extension Atomic<Int> {
    func increment(by count: Int = 1) { add(count, ordering: .relaxed) }
    var value: Int { load(ordering: .relaxed) }
}
