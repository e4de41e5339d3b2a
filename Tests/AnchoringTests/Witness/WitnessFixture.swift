import Anchoring
import Bytes
import MerkleLog
import OpenSSL

/// A log and witnesses with fixed keys. Seeds and names are constants that always make a key, so `try!` cannot fail.
enum WitnessFixture {
    // swift-format-ignore: NeverUseForceTry
    static let log = try! key("log.example/a", .ed25519, seed: 1)
    // swift-format-ignore: NeverUseForceTry
    static let witnesses = (1...4).map { try! key("witness.example/w\($0)", .cosignature, seed: UInt8(10 + $0)) }
    static let root = SHA256.digest(of: [7])

    static func key(_ name: String, _ algorithm: NoteAlgorithm, seed: UInt8) throws -> SignerKey {
        let seed = [UInt8](repeating: seed, count: 32)
        return try SignerKey(name: name, algorithm: algorithm, privateKey: Ed25519PrivateKey(seed: seed))
    }

    static func note(size: UInt64 = 5) throws -> SignedNote {
        try Checkpoint(origin: log.name, size: TreeSize(size), root: root).signed(by: log)
    }

    static func hash(_ byte: UInt8) -> Digest256 { SHA256.digest(of: [byte]) }
}
