import COpenSSL

/// The digests Cinnabar computes. Raw values are the names used in records and on the wire.
public enum DigestAlgorithm: String, Sendable, CaseIterable {
    case sha256, sha384, sha512, sm3

    /// Length of the digest.
    public var byteCount: Int {
        switch self {
        case .sha256, .sm3: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    public func digest(of bytes: [UInt8]) -> [UInt8] {
        var stream = DigestStream(self)
        stream.update(bytes)
        return stream.finalize()
    }

    /// OpenSSL's method, looked up in the providers once for the life of the process.
    var method: OpaquePointer {
        switch self {
        case .sha256: Self.sha256Method
        case .sha384: Self.sha384Method
        case .sha512: Self.sha512Method
        case .sm3: Self.sm3Method
        }
    }

    // Safe: fetched methods are immutable and never freed. Freeing one would break every stream.
    nonisolated(unsafe) private static let sha256Method = fetch("SHA2-256")
    nonisolated(unsafe) private static let sha384Method = fetch("SHA2-384")
    nonisolated(unsafe) private static let sha512Method = fetch("SHA2-512")
    nonisolated(unsafe) private static let sm3Method = fetch("SM3")

    private static func fetch(_ name: String) -> OpaquePointer {
        guard let method = EVP_MD_fetch(nil, name, nil) else {
            preconditionFailure("This OpenSSL offers no \(name); Cinnabar needs the default provider.")
        }
        return method
    }
}
