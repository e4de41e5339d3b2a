import Bytes
import Evidence

/// A Cinnabar that commands talk to: a data folder in this process, or a server over HTTP.
///
/// Both answer in the JSON of the API, so that what is shown, and what scripts read, is the same.
protocol NotaryConnection: Sendable {
    /// Registers a file's bytes.
    ///
    /// - Parameter progress: Called with the bytes sent so far.
    /// - Returns: A registration, as `GET /v1/registrations/{id}` gives it.
    func register(_ file: any FileContent, _ request: RegistrationForm, progress: @escaping ByteProgress) async throws
        -> JSONValue

    /// Registers digests alone; the file stays home.
    func register(_ digests: FileDigests, _ request: RegistrationForm) async throws -> JSONValue

    /// Registers many files by their digests, a line each.
    ///
    /// - Parameter lines: NDJSON as `POST /v1/registrations:batch` takes it, within its limits.
    /// - Returns: Its answer: one line for each line that is not blank, in their order, then the checkpoints.
    func register(batch lines: [UInt8]) async throws -> [UInt8]

    /// Earlier registrations of this file or of the same picture.
    func search(_ file: any FileContent, mediaType: String?, progress: @escaping ByteProgress) async throws -> JSONValue

    /// The drawing that explains a match of a search, a PNG.
    ///
    /// - Parameters:
    ///   - search: The id that the search's answer named.
    ///   - match: Counted from 1.
    func overlay(search: String, match: Int, widthPixels: Int) async throws -> [UInt8]

    /// Leaves something out of the account's matches: `PUT /v1/ignored`.
    func ignore(_ what: IgnoreRequest) async throws -> JSONValue

    /// `{"ignored": […]}`.
    func ignored() async throws -> JSONValue

    func stopIgnoring(_ name: String) async throws

    /// Says whether a match of a search is right.
    func giveFeedback(isRight: Bool, note: String?, search: String, match: Int) async throws -> JSONValue

    /// `{"feedback": […]}` of the account.
    func feedback() async throws -> JSONValue

    func registration(_ id: Digest256) async throws -> JSONValue

    /// The evidence file's bytes.
    func evidenceFile(of id: Digest256, includingOriginal: Bool) async throws -> [UInt8]

    /// The newest published checkpoint, a signed note.
    func checkpoint() async throws -> [UInt8]

    /// The log's keys and its authorities' roots, `trust-1`.
    func trustBundle() async throws -> JSONValue

    /// What the logs say about themselves.
    func notices() async throws -> JSONValue

    /// - Returns: The watch with its secret, which is shown this once.
    func createWatch(_ order: WatchOrder) async throws -> JSONValue

    func watches() async throws -> JSONValue

    func deleteWatch(_ id: String) async throws

    /// Whether a watch has seen a file of this digest.
    func hasSeen(_ sha256: Digest256, watch id: String) async throws -> Bool

    /// Looks a picture of a feed up for a watch.
    func show(_ file: any FileContent, reference: String, to id: String) async throws -> JSONValue

    /// A page of what a watch has found.
    func hits(of id: String, after number: UInt64?) async throws -> JSONValue

    func close() async
}

/// Called with the bytes read so far.
typealias ByteProgress = @Sendable (UInt64) -> Void
