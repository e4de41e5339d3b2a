import OpenSSL
import SwiftASN1

extension UnverifiedTimestamp {
    /// Parses a TimeStampToken (a CMS ContentInfo) without the response around it, as in an evidence record.
    ///
    /// - Throws: ``TimestampError`` as for a response.
    public init(token: [UInt8]) throws(TimestampError) {
        do { _ = try StrictDER.parse(token) } catch { throw TimestampError(error, of: "timestamp token") }
        var serializer = DER.Serializer()
        do {
            try serializer.appendConstructedNode(identifier: .sequence) { fields in
                // PKIStatusInfo: granted.
                try fields.appendConstructedNode(identifier: .sequence) { try $0.serialize(0) }
                fields.serializeRawBytes(token)
            }
        } catch {
            throw TimestampError(.malformed, "The timestamp token cannot be put in a response.")
        }
        try self.init(response: serializer.serializedBytes)
    }

    /// The TimeStampToken within the response, byte for byte; `nil` if the authority gave none.
    public var tokenDER: [UInt8]? {
        guard response.token != nil, let root = try? StrictDER.parse(der),
            case .constructed(let fields) = root.content
        else { return nil }
        var iterator = fields.makeIterator()
        _ = iterator.next()
        return iterator.next().map { Array($0.encodedBytes) }
    }
}
