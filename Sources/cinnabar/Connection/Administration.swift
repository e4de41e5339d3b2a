import Bytes
import Evidence
import Notary

/// What an operator does with a notary: on its data folder in this process, or by the control socket of the server that
/// holds the folder.
///
/// Both answer in the same JSON.
protocol Administration: Sendable {
    /// - Parameter keepsOriginals: `nil` for what the configuration says.
    /// - Returns: Name and policy.
    func createAccount(
        named name: String,
        keepsOriginals: Bool?,
        demanding authorities: [String]
    ) async throws -> JSONValue

    /// The account; no names let any authority do.
    func demandAuthorities(_ names: [String], ofAccount account: String) async throws -> JSONValue

    /// `{"accounts": [{"name", "originals", "authorities"}]}`.
    func accounts() async throws -> JSONValue

    /// `{"account", "label", "token"}`: the only time that the token is seen.
    func createToken(forAccount account: String, label: String) async throws -> JSONValue

    /// `{"tokens": [{"id", "account", "label", "created", "revoked"}]}` of one account, or of all.
    func tokens(account: String?) async throws -> JSONValue

    /// The token that opens nothing any more.
    func revokeToken(_ id: String) async throws -> JSONValue

    /// What is left of the registration, as `GET /v1/registrations/{id}` shows it: entry, proof, and the receipt.
    func erase(_ id: Digest256, reason: String) async throws -> JSONValue

    /// What ages when, and what was renewed, see `RenewalReport`.
    func renew(_ order: RenewalOrder) async throws -> JSONValue

    /// Whether no erased key's bytes are left in the store's files.
    func purgeErased() async throws -> Bool

    /// `{"feedback": […]}` of all accounts.
    func feedback() async throws -> JSONValue

    /// `{"floods": [{"fingerprint", "first", "last", "searches", "pictures"}]}`.
    func floods() async throws -> JSONValue

    /// `{"keys": [{"log", "key", "fromSize", "signs"}]}`.
    func logKeys() async throws -> JSONValue

    /// `{"key"}`: the key that signs the log from now on.
    ///
    /// - Parameter log: Its origin; `nil` for the log that outsiders see.
    func rotateLogKey(of log: String?) async throws -> JSONValue

    /// The entry that ends the log.
    func freeze(next: String?) async throws -> JSONValue

    /// `{"quorum", "logSize", "outsiders": […]}`, see `Notary.anchorStatus(of:)`.
    ///
    /// - Parameter outsider: `nil` for all.
    func anchorStatus(of outsider: String?) async throws -> JSONValue

    /// The same, after unfinished anchors were taken up.
    func retryAnchors(of outsider: String?) async throws -> JSONValue

    func setAnchorPause(of outsider: String?, isPaused: Bool) async throws -> JSONValue

    /// The report of a full audit.
    func audit(progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void) async throws -> JSONValue

    /// The report of one generation, see `StoreCopyReport`.
    func copyStore(
        _ request: StoreCopyRequest,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) async throws -> JSONValue

    func close() async
}
