import EvidenceStore
import Foundation

extension Notary {
    /// Copies the store as it is at one moment, beside the generations that are in the folder already. Registrations
    /// go on meanwhile. Blocks for as long as it takes: call it on a thread of its own.
    ///
    /// Neither the guard nor the key ring gets into a copy; records' keys lie apart from the rows that they open, in
    /// their newest state only.
    ///
    /// - Throws: ``NotaryError`` with `.copyRefused` when the folder is another log's, or of a later state of this one;
    ///   `.copyBusy` while another copy goes there; `.copyDamaged` when a manifest there does not read;
    ///   `.copyFailed`, with the earlier generations whole.
    public func copyStore(
        _ request: StoreCopyRequest,
        progress: (StoreCopyProgress) -> Void = { _ in }
    ) throws -> StoreCopyReport {
        try NotaryError.translatingCopy {
            try CopyWriter(
                store: store,
                lanes: lanes.all,
                request: request,
                stagingFolder: configuration.temporaryFolder + "/store-copy-\(UUID().uuidString)",
                rootsFolder: configuration.rootsFolder,
                erasuresFolder: configuration.resolvedErasuresFolder,
                now: clock()
            ).run(progress: progress)
        }
    }

    /// The generations of a store copy, oldest first.
    ///
    /// - Throws: ``NotaryError`` with `.copyAbsent`, `.copyDamaged` or `.copyFailed`.
    public static func copies(in folder: String) throws -> [CopyManifest] {
        try NotaryError.translatingCopy {
            let folder = CopyFolder(path: folder)
            let generations = try folder.generations()
            guard !generations.isEmpty else {
                throw NotaryError(.copyAbsent, "There is no store copy in \(folder.path).")
            }
            return try generations.map { try folder.manifest($0) }
        }
    }
}
