import Bytes
import EvidenceStore
import Foundation
import OpenSSL

/// The key of our account on a ledger: a file of its own in the folder of keys, readable by the owner alone.
public enum LedgerKeyFile {
    /// Of secp256k1.
    private static let byteCount = 32
    /// Its digits and some white space.
    private static let limitBytes = 256

    public static func path(ofLedger name: String, in folder: String) -> String { "\(folder)/ledger-\(name).key" }

    /// The key, made at its first use.
    ///
    /// - Returns: 32 secret bytes. Never log them.
    /// - Throws: ``NotaryError`` with `.keyUnusable`.
    public static func bytes(ofLedger name: String, in folder: String) throws -> [UInt8] {
        let path = path(ofLedger: name, in: folder)
        if !FileManager.default.fileExists(atPath: path) {
            let text = Hex.encode(try SecureRandom.bytes(byteCount)) + "\n"
            do {
                try DurableFile.create(path, Array(text.utf8), permissions: 0o600)
            } catch {
                // Another process may have made it in between: then its key counts.
                guard FileManager.default.fileExists(atPath: path) else { throw error }
            }
        }
        guard let file = try DurableFile.read(path, limitBytes: limitBytes), file.permissions & 0o077 == 0,
            let key = Hex.decode(
                String(decoding: file.bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            ),
            key.count == byteCount
        else {
            throw NotaryError(
                .keyUnusable,
                "\(path) does not hold 64 hexadecimal digits readable by its owner alone, the key of ledger \(name). Put it "
                    + "back from where keys are kept; without it the account's coins are lost."
            )
        }
        return key
    }
}
