import Bytes
import MerkleLog
import OpenSSL

/// The key of one record and its original. Stored wrapped by the master key; deleting that row erases what it sealed.
struct RecordKey: Sendable {
    private let bytes: [UInt8]
    private let key: AESGCMKey

    init() throws(StoreError) {
        do {
            try self.init(bytes: SecureRandom.bytes(AESGCMKey.byteCount))
        } catch {
            throw StoreError(.cryptography, "No random bytes for a record's key.", cause: error)
        }
    }

    private init(bytes: [UInt8]) throws(OpenSSLError) {
        self.bytes = bytes
        key = try AESGCMKey(bytes)
    }

    /// - Parameter id: Of the record; a wrapped key moved to another record does not open.
    init(wrapped: [UInt8], by master: MasterKey, id: LeafHash) throws(StoreError) {
        try self.init(wrapped: wrapped, by: master, authenticating: id.digest.bytes)
    }

    /// - Parameter associated: What the key belongs to, as ``wrapped(by:authenticating:)`` was told.
    init(wrapped: [UInt8], by master: MasterKey, authenticating associated: [UInt8]) throws(StoreError) {
        do {
            try self.init(bytes: master.key.open(wrapped, authenticating: associated))
        } catch {
            throw StoreError(.corrupted, "A record's key does not open under the master key.", cause: error)
        }
    }

    func wrapped(by master: MasterKey, id: LeafHash) throws(StoreError) -> [UInt8] {
        try wrapped(by: master, authenticating: id.digest.bytes)
    }

    func wrapped(by master: MasterKey, authenticating associated: [UInt8]) throws(StoreError) -> [UInt8] {
        try StoreError.sealing { () throws(OpenSSLError) in
            try master.key.seal(bytes, authenticating: associated)
        }
    }

    func seal(_ plaintext: [UInt8], authenticating associated: [UInt8]) throws(StoreError) -> [UInt8] {
        try StoreError.sealing { () throws(OpenSSLError) in try key.seal(plaintext, authenticating: associated) }
    }

    func open(_ sealed: [UInt8], authenticating associated: [UInt8]) throws(StoreError) -> [UInt8] {
        do {
            return try key.open(sealed, authenticating: associated)
        } catch {
            throw StoreError(.corrupted, "Stored ciphertext was changed. Restore it from a store copy.", cause: error)
        }
    }
}

extension StoreError {
    static func sealing(_ body: () throws(OpenSSLError) -> [UInt8]) throws(StoreError) -> [UInt8] {
        do {
            return try body()
        } catch {
            throw StoreError(.cryptography, "The bytes could not be sealed.", cause: error)
        }
    }
}
