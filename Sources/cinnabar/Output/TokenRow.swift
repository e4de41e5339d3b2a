import Bytes
import Evidence
import EvidenceStore
import Notary

/// An API token as lists show it.
struct TokenRow {
    /// Enough of the digest to be unique and to be typed.
    static let idLength = 16

    let account: String
    let digest: Digest256
    let label: String
    let created: String
    let isRevoked: Bool

    var id: String { String(digest.hex.prefix(Self.idLength)) }

    var json: JSONValue {
        [
            "id": .string(id), "account": .string(account), "label": .string(label), "created": .string(created),
            "revoked": .bool(isRevoked),
        ]
    }

    /// The tokens of one account, or of all of them.
    static func all(in notary: Notary, account: String?) throws -> [TokenRow] {
        let accounts = try account.map { [$0] } ?? notary.accounts().map(\.name)
        return try accounts.flatMap { account in
            try notary.tokens(ofAccount: account).map { token in
                TokenRow(
                    account: account,
                    digest: token.digest,
                    label: token.label,
                    created: UTCTime(milliseconds: token.created).description,
                    isRevoked: token.revoked != nil
                )
            }
        }
    }
}
