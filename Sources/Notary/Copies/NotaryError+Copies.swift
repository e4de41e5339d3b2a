import EvidenceStore

extension NotaryError {
    /// Runs work on a store copy; what goes wrong with files is told as what it means for the copy.
    static func translatingCopy<Result>(_ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch let error as StoreError {
            switch error.code {
            case .full:
                throw NotaryError(
                    .copyFailed,
                    "The disk is full. Make room and run it again; earlier generations are whole.",
                    cause: error
                )
            case .lockedByAnotherProcess: throw NotaryError(.copyBusy, error.message, cause: error)
            case .absent: throw NotaryError(.copyAbsent, error.message, cause: error)
            case .wrongMasterKey, .exposedKeyFile: throw NotaryError(.keyUnusable, error.message, cause: error)
            default: throw NotaryError(.copyFailed, error.message, cause: error)
            }
        }
    }
}
