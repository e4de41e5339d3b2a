import Anchoring
public import OpenSSL
import Synchronization

/// A small timestamp authority (RFC 3161) in a folder of its own, apart from any log.
///
/// ```
/// tsa.key     the private key, mode 600
/// tsa.pem     its certificate, for timestamping alone
/// root.pem    who issued that: what others check the tokens with
/// lock
/// ```
///
/// Its tokens carry ``SelfOperatedAuthority/policy``: nobody outside vouches for the clock or the key, and evidence says
/// so. It takes imprints by SHA-256, SHA-384, SHA-512 and SM3.
public final class LocalAuthority: Sendable {
    private static let fileLimitBytes = 64 << 10

    private let authority: SelfOperatedAuthority
    private let lock: FolderLock
    private let counts = Mutex<(granted: UInt64, refused: UInt64)>((0, 0))

    /// The certificate that its tokens' chains end in.
    public var root: SigningCertificate { authority.root }
    public var certificate: SigningCertificate { authority.certificate }
    /// Requests that got a token, and others, since the start.
    public var answered: (granted: UInt64, refused: UInt64) { counts.withLock { $0 } }

    /// Makes a new authority's folder, with a key and certificates that name it.
    ///
    /// - Parameters:
    ///   - name: A URL without scheme, such as `tsa.example.org`.
    ///   - nowSeconds: Since 1970.
    /// - Returns: Its root.
    /// - Throws: ``WitnessingError`` with code `.alreadyExists`, `.invalidKey`, `.locked` or `.io`.
    public static func create(
        at path: String,
        name: String,
        nowSeconds: Int64
    ) throws(WitnessingError) -> SigningCertificate {
        guard !name.isEmpty, name.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }) else {
            throw WitnessingError(
                .invalidKey,
                "An authority's name is a URL without its scheme, such as tsa.example.org."
            )
        }
        let credentials: SelfOperatedAuthority.Credentials
        do {
            credentials = try SelfOperatedAuthority.generate(origin: name, nowSeconds: nowSeconds)
        } catch {
            throw WitnessingError(.invalidKey, error.message)
        }
        try SyncedFile.makeFolder(path)
        let lock = try FolderLock(path: "\(path)/lock")
        defer { withExtendedLifetime(lock) {} }
        for name in ["tsa.key", "tsa.pem", "root.pem"]
        where try SyncedFile.read("\(path)/\(name)", limitBytes: .max) != nil {
            throw WitnessingError(.alreadyExists, "There is an authority in \(path) already; it stays as it is.")
        }
        try SyncedFile.replace("\(path)/root.pem", Array(credentials.rootCertificatePEM.utf8), permissions: 0o644)
        try SyncedFile.replace("\(path)/tsa.pem", Array(credentials.certificatePEM.utf8), permissions: 0o644)
        // Last: without its key a folder is no authority.
        try SyncedFile.replace("\(path)/tsa.key", Array(credentials.privateKeyPEM.utf8), permissions: 0o600)
        do {
            return try SigningCertificate.list(pem: credentials.rootCertificatePEM)[0]
        } catch {
            throw WitnessingError(.invalidKey, error.message)
        }
    }

    /// - Parameter clock: Seconds since 1970. Times in tokens never go back while it runs.
    /// - Throws: ``WitnessingError`` with code `.absent`, `.damaged`, `.exposedKey`, `.locked` or `.io`.
    public init(folder path: String, clock: @escaping @Sendable () -> Int64) throws(WitnessingError) {
        guard let (_, permissions) = try SyncedFile.read("\(path)/tsa.key", limitBytes: Self.fileLimitBytes) else {
            throw WitnessingError(.absent, "There is no authority in \(path). Make one with `cinnabar authority init`.")
        }
        guard permissions & 0o077 == 0 else {
            throw WitnessingError(.exposedKey, "Others may read the key. Run: chmod 600 \(path)/tsa.key")
        }
        lock = try FolderLock(path: "\(path)/lock")
        let credentials = SelfOperatedAuthority.Credentials(
            rootCertificatePEM: try Self.text("\(path)/root.pem"),
            certificatePEM: try Self.text("\(path)/tsa.pem"),
            privateKeyPEM: try Self.text("\(path)/tsa.key")
        )
        let last = LastTime()
        do {
            authority = try SelfOperatedAuthority(credentials: credentials, clock: { last.advance(to: clock()) })
        } catch {
            throw WitnessingError(.damaged, "The authority in \(path) does not read: \(error.message)")
        }
    }

    /// The TimeStampResp to a TimeStampReq: a token, or a rejection that says why.
    public func response(to request: [UInt8]) -> [UInt8] {
        let response = authority.response(to: request)
        let isGranted = (try? UnverifiedTimestamp(response: response))?.response.token != nil
        counts.withLock { if isGranted { $0.granted += 1 } else { $0.refused += 1 } }
        return response
    }

    private static func text(_ path: String) throws(WitnessingError) -> String {
        guard let (bytes, _) = try SyncedFile.read(path, limitBytes: fileLimitBytes) else {
            throw WitnessingError(.damaged, "\(path) is missing. Put it back from a copy.")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private final class LastTime: Sendable {
        private let seconds = Mutex<Int64>(0)

        func advance(to now: Int64) -> Int64 {
            seconds.withLock { last in
                last = max(last, now)
                return last
            }
        }
    }
}
