import SwiftASN1

extension ArchiveTimestamp {
    /// The AlgorithmIdentifier of a token's imprint, byte for byte: with NULL parameters or without, as the authority
    /// wrote it. Bouncy Castle takes a chain for one of two algorithms when these differ.
    ///
    /// - Parameter token: A TimeStampToken that read before.
    static func algorithmIdentifier(ofToken token: [UInt8]) -> [UInt8]? {
        // ContentInfo → content → SignedData → encapContentInfo → eContent → OCTET STRING → TSTInfo → messageImprint.
        guard let root = try? StrictDER.parse(token),
            let octets = child([1, 0, 2, 1, 0], of: root).flatMap({ try? ASN1OctetString(derEncoded: $0) }),
            let info = try? StrictDER.parse(Array(octets.bytes))
        else { return nil }
        return child([2, 0], of: info).map { Array($0.encodedBytes) }
    }

    private static func child(_ path: [Int], of root: ASN1Node) -> ASN1Node? {
        var node = root
        for position in path {
            guard case .constructed(let children) = node.content else { return nil }
            var iterator = children.makeIterator()
            for _ in 0..<position { _ = iterator.next() }
            guard let next = iterator.next() else { return nil }
            node = next
        }
        return node
    }
}
