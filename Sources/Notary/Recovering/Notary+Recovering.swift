extension Notary {
    /// Tells what recovering a store with a damaged write-ahead log would keep and drop, and does it if asked to.
    ///
    /// Only what comes before the damage is kept, and only if the guard's checkpoint of every log is among it. The
    /// damaged store is kept beside the new one.
    ///
    /// - Throws: ``NotaryError`` with `.notInitialized`, `.lockedByAnotherProcess`, `.keyUnusable`, `.guardMismatch` or
    ///   `.storeFailed`; then nothing was changed.
    public static func recoverStore(
        _ configuration: NotaryConfiguration,
        applies: Bool
    ) throws -> StoreRecoveryReport {
        try StoreRecovery(configuration: configuration).recover(applies: applies)
    }
}
