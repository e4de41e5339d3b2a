import OpenSSL

/// Random name of an original, since its registration's id is not known while it streams in.
struct ObjectID: Sendable, Equatable {
    static let byteCount = 16

    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    static func random() throws(StoreError) -> Self {
        do {
            return Self(bytes: try SecureRandom.bytes(byteCount))
        } catch {
            throw StoreError(.cryptography, "No random bytes for an original's name.", cause: error)
        }
    }
}
