import OpenSSL

/// The key that wraps every record's key. Lives in a file outside the store, so that a stolen store says nothing.
public struct MasterKey: Sendable {
    let key: AESGCMKey

    private static let byteCount = AESGCMKey.byteCount
    /// What the check row seals; only opening it matters.
    private static let checkText = Array("cinnabar master key".utf8)

    /// - Parameter bytes: 32 random bytes.
    /// - Throws: ``StoreError`` with code `.corrupted` for any other length.
    public init(_ bytes: [UInt8]) throws(StoreError) {
        do {
            key = try AESGCMKey(bytes)
        } catch {
            throw StoreError(.corrupted, "A master key is \(Self.byteCount) bytes, not \(bytes.count).", cause: error)
        }
    }

    /// Makes a key and its file, readable by the owner alone.
    ///
    /// - Throws: ``StoreError`` with code `.alreadyExists`, `.cryptography`, `.full` or `.io`.
    public static func create(at path: String) throws(StoreError) -> Self {
        let bytes: [UInt8]
        do {
            bytes = try SecureRandom.bytes(byteCount)
        } catch {
            throw StoreError(.cryptography, "No random bytes for a master key.", cause: error)
        }
        // A crash before the key is whole leaves no file under its name; without the file nothing was sealed yet.
        try DurableFile.create(path, bytes, permissions: 0o600)
        return try Self(bytes)
    }

    /// - Throws: ``StoreError`` with code `.absent`, `.exposedKeyFile`, `.corrupted` or `.io`.
    public static func load(from path: String) throws(StoreError) -> Self {
        guard let (bytes, permissions) = try DurableFile.read(path, limitBytes: byteCount) else {
            throw StoreError(.absent, "There is no master key at its configured path.")
        }
        guard permissions & 0o077 == 0 else {
            throw StoreError(.exposedKeyFile, "Others may read the master key. Run `chmod 600` on its file.")
        }
        return try Self(bytes)
    }

    func sealedCheck() throws(StoreError) -> [UInt8] {
        try StoreError.sealing { () throws(OpenSSLError) in
            try key.seal(Self.checkText, authenticating: Keys.masterKeyCheck)
        }
    }

    func verify(_ sealedCheck: [UInt8]) throws(StoreError) {
        do {
            _ = try key.open(sealedCheck, authenticating: Keys.masterKeyCheck)
        } catch {
            throw StoreError(
                .wrongMasterKey,
                "The store was made with another master key than the one configured.",
                cause: error
            )
        }
    }
}
