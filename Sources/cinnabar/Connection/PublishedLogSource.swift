import MerkleLog
import Monitoring
import Notary

/// A log of a data folder that is open in this process.
struct PublishedLogSource: LogSource {
    let log: PublishedLog

    func checkpoint() async throws -> [UInt8] { log.checkpoint }

    func resource(_ path: TilePath) async throws -> [UInt8]? { try log.resource(path.text) }
}
