import OpenSSL
import SwiftASN1

/// A TimeStampReq (RFC 3161, 2.4.1) without extensions.
public struct TimestampRequest: Sendable, Equatable {
    /// Real requests are 40 to 110 bytes.
    public static let byteLimit = 4096

    public let imprint: TimestampImprint
    /// Numbers joined by dots; `nil` leaves the choice to the authority.
    public let policy: String?
    /// An integer in two's complement, most significant byte first, in as few bytes as it needs.
    public let nonce: [UInt8]?
    /// Whether the authority shall embed its certificate.
    public let certReq: Bool

    /// - Parameter nonce: A number that is not negative, most significant byte first.
    public init(imprint: TimestampImprint, nonce: [UInt8]?, policy: String? = nil, certReq: Bool = true) {
        self.imprint = imprint
        self.policy = policy
        self.nonce = nonce.map { number in
            let magnitude = number.drop { $0 == 0 }
            // A set top bit would make the integer negative, and no bytes at all would be no integer.
            let needsZero = magnitude.first.map { $0 >= 0x80 } ?? true
            return (needsZero ? [0] : []) + magnitude
        }
        self.certReq = certReq
    }

    /// Parses what a stranger sent.
    ///
    /// - Throws: ``TimestampError`` with code `.tooLarge`, `.malformed`, `.trailingBytes`, `.unsupportedDigest` or
    ///   `.unsupportedExtension`.
    public init(der: [UInt8]) throws(TimestampError) {
        guard der.count <= Self.byteLimit else {
            throw TimestampError(.tooLarge, "A timestamp request is at most \(Self.byteLimit) bytes.")
        }
        let root: ASN1Node
        do { root = try StrictDER.parse(der) } catch { throw TimestampError(error, of: "timestamp request") }
        do {
            self = try DER.sequence(root, identifier: .sequence) { try Self(fields: &$0) }
        } catch let error as TimestampError {
            throw error
        } catch {
            throw TimestampError(.malformed, "The timestamp request is not a TimeStampReq of version 1.")
        }
    }

    private init(fields: inout ASN1NodeCollection.Iterator) throws {
        guard try Int(derEncoded: &fields) == 1, let imprintNode = fields.next() else {
            throw TimestampError(.malformed, "The timestamp request has another version than 1, or no imprint.")
        }
        imprint = try DER.sequence(imprintNode, identifier: .sequence) { try Self.imprint(fields: &$0) }
        policy = try Self.optional(.objectIdentifier, &fields).map { node in
            guard let policy = ObjectIdentifierText.text(der: Array(node.encodedBytes)) else {
                throw TimestampError(.malformed, "The requested policy is not an object identifier.")
            }
            return policy
        }
        nonce = try Self.optional(.integer, &fields).map { try IntegerContent(derEncoded: $0).bytes }
        certReq = try DER.decodeDefault(&fields, defaultValue: false)
        guard fields.next() == nil else {
            throw TimestampError(.unsupportedExtension, "Extensions in a timestamp request are not supported.")
        }
    }

    private static func imprint(fields: inout ASN1NodeCollection.Iterator) throws -> TimestampImprint {
        guard let node = fields.next() else { throw TimestampError(.malformed, "The imprint is empty.") }
        let algorithm = try AlgorithmIdentifier.digest(node)
        let digest = try ASN1OctetString(derEncoded: &fields)
        guard let imprint = TimestampImprint(algorithm: algorithm, digest: Array(digest.bytes)) else {
            throw TimestampError(.malformed, "The imprint has not the length of its algorithm's digests.")
        }
        return imprint
    }

    private static func optional(
        _ identifier: ASN1Identifier,
        _ fields: inout ASN1NodeCollection.Iterator
    ) throws -> ASN1Node? {
        var following = fields
        guard let node = following.next(), node.identifier == identifier else { return nil }
        fields = following
        return node
    }
}
