import EvidenceStore
import MerkleLog
import Synchronization

/// The keys of all logs of this notary, past ones too, and what signs now.
final class KeyBook: Sendable {
    private struct Page: Sendable {
        let origin: String
        var keys: LogKeys
        var signer: SignerKey
    }

    /// The log that outsiders see comes first.
    private let pages: Mutex<[Page]>

    init(_ lanes: [OpenedLane]) {
        // With several lanes the top log is the last of them, and the one that outsiders see.
        let sorted = lanes.filter { $0.id == .top } + lanes.filter { $0.id != .top }
        pages = Mutex(sorted.map { Page(origin: $0.origin, keys: $0.keys, signer: $0.key) })
    }

    /// Every key of every log: for each log from the newest to the oldest.
    var all: [VerifierKey] { pages.withLock { $0.flatMap(\.keys.all) } }

    /// - Returns: `nil` for a log that is not ours.
    func keys(of origin: String) -> LogKeys? { pages.withLock { $0.first { $0.origin == origin }?.keys } }

    /// - Returns: `nil` for a log that is not ours.
    func signer(of origin: String) -> SignerKey? { pages.withLock { $0.first { $0.origin == origin }?.signer } }

    func change(_ origin: String, to signer: SignerKey, from firstSize: TreeSize) {
        pages.withLock { pages in
            guard let place = pages.firstIndex(where: { $0.origin == origin }) else { return }
            pages[place].keys.append(signer.verifierKey, from: firstSize)
            pages[place].signer = signer
        }
    }
}
