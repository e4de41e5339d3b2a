import Bytes
import MerkleLog
import OpenSSL

/// The files under `trust/`: keys and certificates as seen at stamping, each named by its fingerprint.
///
/// They let every check run at all; whether they are the right ones is for the checker to find out elsewhere.
enum TrustMember {
    /// DER of an Ed25519 SubjectPublicKeyInfo up to the 32 bytes of the key (RFC 8410, section 4).
    private static let ed25519Prefix: [UInt8] = [
        0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]

    static func members(of bundle: TrustBundle) -> [(name: String, bytes: [UInt8])] {
        bundle.logKeys.flatMap(members)
            + bundle.timestampRoots.map { (name(of: $0), Array($0.pem.utf8)) }
            + bundle.endorserRoots.map { (name(ofEndorser: $0), Array($0.pem.utf8)) }
    }

    /// The key in the log's own form, and as PEM for `openssl pkeyutl`.
    private static func members(of key: VerifierKey) -> [(name: String, bytes: [UInt8])] {
        let pem = [
            "-----BEGIN PUBLIC KEY-----", Base64.encode(ed25519Prefix + key.keyBytes), "-----END PUBLIC KEY-----", "",
        ].joined(separator: "\n")
        return [
            ("\(stem(of: key)).vkey", Array("\(key.text)\n".utf8)), ("\(stem(of: key)).pem", Array(pem.utf8)),
        ]
    }

    static func stem(of key: VerifierKey) -> String { stem(ofKeyID: key.keyID) }

    static func stem(ofKeyID keyID: UInt32) -> String {
        var id: [UInt8] = []
        id.append(bigEndian: keyID)
        return "log-\(Hex.encode(id))"
    }

    static func name(of root: SigningCertificate) -> String { "tsa-\(root.fingerprint.hex.prefix(16)).pem" }

    static func name(ofEndorser root: SigningCertificate) -> String {
        "endorser-\(root.fingerprint.hex.prefix(16)).pem"
    }

    /// What the members hold; `unreadable` names those that are not as this file writes them.
    static func bundle(of members: [(name: String, bytes: [UInt8])]) -> (bundle: TrustBundle, unreadable: [String]) {
        var bundle = TrustBundle()
        for (name, bytes) in members {
            let text = String(decoding: bytes, as: UTF8.self)
            if name.hasSuffix(".vkey"), text.hasSuffix("\n"), let key = try? VerifierKey(parsing: text.dropLast()) {
                bundle.logKeys.append(key)
            } else if name.hasPrefix("tsa-"), let roots = try? SigningCertificate.list(pem: text) {
                bundle.timestampRoots += roots
            } else if name.hasPrefix("endorser-"), let roots = try? SigningCertificate.list(pem: text) {
                bundle.endorserRoots += roots
            }
        }
        let expected = Dictionary(Self.members(of: bundle).map { ($0.name, $0.bytes) }) { first, _ in first }
        return (bundle, members.filter { expected[$0.name] != $0.bytes }.map(\.name))
    }
}
