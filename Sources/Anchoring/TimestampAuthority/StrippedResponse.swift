import SwiftASN1

/// A timestamp response without the revocation data that was put beside the signature.
///
/// Archives add OCSP responses there (RFC 5652, 10.2.1: `crls`), and OpenSSL's PKCS #7 reader, which its RFC 3161 code
/// uses, refuses them. Nothing there is signed, so the token says the same without. All other bytes stay as they are.
enum StrippedResponse {
    /// TimeStampResp → ContentInfo → content → SignedData: the position of each in the one before.
    private static let signedDataPath = [1, 1, 0]
    private static let revocationTag = ASN1Identifier(tagWithNumber: 1, tagClass: .contextSpecific)

    /// - Parameter root: Of a TimeStampResp; another structure is copied as it is.
    static func der(_ root: ASN1Node) -> [UInt8] {
        var serializer = DER.Serializer()
        copy(root, to: signedDataPath[...], into: &serializer)
        return serializer.serializedBytes
    }

    private static func copy(_ node: ASN1Node, to path: ArraySlice<Int>, into coder: inout DER.Serializer) {
        guard case .constructed(let children) = node.content else {
            coder.serializeRawBytes(node.encodedBytes)
            return
        }
        coder.appendConstructedNode(identifier: node.identifier) { coder in
            for (position, child) in children.enumerated() {
                if position == path.first {
                    copy(child, to: path.dropFirst(), into: &coder)
                } else if !path.isEmpty || child.identifier != revocationTag {
                    coder.serializeRawBytes(child.encodedBytes)
                }
            }
        }
    }
}
