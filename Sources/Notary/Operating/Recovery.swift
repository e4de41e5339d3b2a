import Bytes
import EvidenceStore
import Foundation
import Logging
import MerkleLog

/// Opens a data folder and decides whether what survived is the log that was shown to the world.
struct Recovery {
    struct Opened {
        let store: Store
        let keys: KeyRing
        let lanes: [OpenedLane]
    }

    let configuration: NotaryConfiguration
    let clock: @Sendable () -> UTCTime
    let logger: Logger

    func open() throws -> Opened {
        guard FileManager.default.fileExists(atPath: configuration.storeFolder) else {
            throw NotaryError(
                .notInitialized,
                "There is no log in \(configuration.dataFolder). Make one with: cinnabar init --data "
                    + "\(configuration.dataFolder) --origin ORIGIN"
            )
        }
        let keys = try KeyRing.load(from: configuration.resolvedKeysFolder)
        let store = try openStore(keys.masterKey)
        do {
            try sweepTemporaryFolder()
            let lanes = try store.lanes()
            guard !lanes.isEmpty else {
                throw NotaryError(
                    .notInitialized,
                    "The store names no log. Its folder was not made whole; make it anew."
                )
            }
            return Opened(
                store: store,
                keys: keys,
                lanes: try lanes.map { lane, origin in
                    try LaneRecovery(
                        lane: lane,
                        origin: origin,
                        key: keys.logKey(named: origin),
                        guardFile: GuardFile(
                            path: configuration.guardPath(of: lane, in: lanes.count),
                            steps: configuration.guardSteps
                        ),
                        store: store,
                        clock: clock,
                        logger: logger
                    ).open()
                }
            )
        } catch {
            store.close()
            throw error
        }
    }

    /// What a killed process left there belongs to nobody: the store's lock says that no other process is at work.
    private func sweepTemporaryFolder() throws {
        let files = FileManager.default
        if files.fileExists(atPath: configuration.temporaryFolder) {
            try files.removeItem(atPath: configuration.temporaryFolder)
        }
        try files.createDirectory(
            atPath: configuration.temporaryFolder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    private func openStore(_ masterKey: MasterKey) throws -> Store {
        do {
            return try Store.open(
                on: configuration.openBackend(configuration.storeFolder),
                masterKey: masterKey
            )
        } catch {
            switch error.code {
            case .lockedByAnotherProcess:
                throw NotaryError(
                    .lockedByAnotherProcess,
                    "Another process has \(configuration.dataFolder) open. If that is `cinnabar serve`, use "
                        + "--server and a token.",
                    cause: error
                )
            case .wrongMasterKey, .exposedKeyFile:
                throw NotaryError(.keyUnusable, error.message, cause: error)
            default:
                throw NotaryError(.storeFailed, "The store does not open: \(error.message)", cause: error)
            }
        }
    }
}
