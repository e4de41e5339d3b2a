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
                    let key = try signer(of: origin, lane: lane, keys, store)
                    let opened = try LaneRecovery(
                        lane: lane,
                        origin: origin,
                        key: key.signer,
                        keys: key.keys,
                        guardFile: GuardFile(
                            path: configuration.guardPath(of: lane, in: lanes.count),
                            steps: configuration.guardSteps
                        ),
                        store: store,
                        clock: clock,
                        logger: logger
                    ).open()
                    if key.isNew {
                        try KeyRing.promoteNext(of: origin, in: configuration.resolvedKeysFolder)
                        logger.notice("finished a change of the log's key", metadata: ["origin": "\(origin)"])
                    }
                    return opened
                }
            )
        } catch {
            store.close()
            throw error
        }
    }

    /// The key that signs now: the one that the log announced last. A change of keys that was cut off after the
    /// announcement left it beside the one before.
    private func signer(
        of origin: String,
        lane: LaneID,
        _ ring: KeyRing,
        _ store: Store
    ) throws -> (signer: SignerKey, keys: LogKeys, isNew: Bool) {
        let inPlace = try ring.logKey(named: origin)
        let keys = try LogKeys(store.logKeys(of: lane), orNever: inPlace.verifierKey)
        if keys.current == inPlace.verifierKey { return (inPlace, keys, false) }
        guard let next = ring.nextLogKey(named: origin), next.verifierKey == keys.current else {
            throw NotaryError(
                .keyUnusable,
                "The log \(origin) announced the key \(keys.current.text), and the keys folder has another. Put the "
                    + "newest key back."
            )
        }
        return (next, keys, true)
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
