import Secp256k1

extension EVMLedger {
    /// - Parameter key: 32 secret bytes.
    /// - Throws: ``OutsiderError`` with code `.misconfigured` for bytes that are no key.
    public init(
        settings: EVMLedgerSettings,
        key: [UInt8],
        exchange: @escaping HTTPExchange,
        seconds: @escaping @Sendable () -> Int64
    ) throws {
        do {
            self.init(
                settings: settings,
                key: try Secp256k1PrivateKey(bytes: key),
                exchange: exchange,
                seconds: seconds
            )
        } catch {
            throw OutsiderError(.misconfigured, "The key of ledger \(settings.name) is none: \(error.message)")
        }
    }

    /// Where the contract stands when the account's first transaction makes it; `nil` for bytes that are no key.
    public static func firstContract(ofKey key: [UInt8]) -> EVMAddress? {
        (try? Secp256k1PrivateKey(bytes: key)).map { EVMAddress(createdBy: EVMAddress($0.publicKey), nonce: 0) }
    }
}
