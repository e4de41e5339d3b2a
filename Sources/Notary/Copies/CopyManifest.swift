public import Bytes
public import EvidenceStore

/// What one generation of a store copy is made of (`store-copy-1`).
public struct CopyManifest: Sendable, Equatable {
    public struct File: Sendable, Equatable {
        /// Path in a data folder: `store/` or `roots/` and a plain name.
        public let name: String
        public let byteCount: UInt64
        /// Also its name in the copy's folder of files.
        public let sha256: Digest256
        /// Of its first and last 64 KiB: by this, its name, its size and the database's identity a later copy sees
        /// that it has the file already.
        public let ends: Digest256
    }

    public struct Log: Sendable, Equatable {
        public let lane: LaneID
        public let origin: String
        /// Entries in the copy.
        public let size: UInt64
        /// The newest `checkpoint.signed`; `nil` of an empty log.
        public let checkpoint: [UInt8]?
    }

    public let generation: Int
    /// By the clock of the machine that made it.
    public let madeAt: UTCTime
    public let software: String
    /// Identity of the database that the files are of.
    public let database: String
    public let logs: [Log]
    public let files: [File]

    public var byteCount: UInt64 { Self.byteCount(of: files) }

    /// A hostile manifest must not end the program: a sum beyond any disk stays there.
    static func byteCount(of files: some Sequence<File>) -> UInt64 {
        files.reduce(0) { sum, file in
            let (next, isTooLarge) = sum.addingReportingOverflow(file.byteCount)
            return isTooLarge ? .max : next
        }
    }
}
