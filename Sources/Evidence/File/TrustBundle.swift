public import Anchoring
public import MerkleLog
public import OpenSSL
import Bytes

/// What a checker chose to trust before looking at any evidence: a log's keys, the roots of timestamp authorities,
/// which witnesses must have cosigned, and what they know of ledgers.
///
/// As JSON (`trust-1`), a log publishes its own bundle; a court keeps the copy that it got by another way.
public struct TrustBundle: Sendable {
    public static let format = "trust-1"

    public var logKeys: [VerifierKey]
    public var timestampRoots: [SigningCertificate]
    /// `nil` when no witnesses were chosen. As JSON the text of a C2SP tlog-policy, an optional member.
    public var witnessPolicy: TlogPolicy?
    /// Blocks that the checker knows to be in their chains. An optional member.
    public var blocks: Set<AnchorTrust.Block>
    /// Roots of the organizations that endorse on permissioned ledgers. An optional member.
    public var endorserRoots: [SigningCertificate]

    public init(
        logKeys: [VerifierKey] = [],
        timestampRoots: [SigningCertificate] = [],
        witnessPolicy: TlogPolicy? = nil,
        blocks: Set<AnchorTrust.Block> = [],
        endorserRoots: [SigningCertificate] = []
    ) {
        self.logKeys = logKeys
        self.timestampRoots = timestampRoots
        self.witnessPolicy = witnessPolicy
        self.blocks = blocks
        self.endorserRoots = endorserRoots
    }

    public var isEmpty: Bool {
        logKeys.isEmpty && timestampRoots.isEmpty && witnessPolicy == nil && blocks.isEmpty && endorserRoots.isEmpty
    }

    /// - Throws: ``EvidenceError`` with `.malformedJSON`, `.unknownFormat` or `.invalidField`.
    public init(parsing bytes: [UInt8]) throws(EvidenceError) {
        let json: JSONValue
        do { json = try JSONValue(parsing: bytes) } catch {
            throw EvidenceError(.malformedJSON, "the trust bundle does not read: \(error.message)")
        }
        guard json["cinnabar"] == .string(Self.format) else {
            throw EvidenceError(.unknownFormat, "the trust bundle does not say \"cinnabar\": \"\(Self.format)\"")
        }
        let members = Set(json.objectValue?.keys.map(\.self) ?? [])
        guard members.subtracting(Self.optionalMembers) == ["cinnabar", "logKeys", "timestampRoots"],
            let keys = json["logKeys"]?.arrayValue, let roots = json["timestampRoots"]?.arrayValue
        else {
            throw EvidenceError(
                .invalidField,
                "the trust bundle has not exactly the lists logKeys and timestampRoots, and perhaps "
                    + Self.optionalMembers.sorted().joined(separator: ", ")
            )
        }
        self.init()
        for key in keys {
            guard let text = key.stringValue, let parsed = try? VerifierKey(parsing: text) else {
                throw EvidenceError(.invalidField, "the trust bundle holds a log key that does not read")
            }
            logKeys.append(parsed)
        }
        timestampRoots = try Self.certificates(roots)
        if let policy = json["witnessPolicy"] { witnessPolicy = try Self.policy(policy) }
        if let known = json["blocks"] { blocks = try Self.blocks(known) }
        if let roots = json["endorserRoots"] {
            guard let list = roots.arrayValue else {
                throw EvidenceError(.invalidField, "the trust bundle's endorserRoots is not a list")
            }
            endorserRoots = try Self.certificates(list)
        }
    }

    private static let optionalMembers: Set<String> = ["witnessPolicy", "blocks", "endorserRoots"]

    private static func certificates(_ list: [JSONValue]) throws(EvidenceError) -> [SigningCertificate] {
        var certificates: [SigningCertificate] = []
        for root in list {
            guard let pem = root["certificate"]?.stringValue, let parsed = try? SigningCertificate.list(pem: pem) else {
                throw EvidenceError(.invalidField, "the trust bundle holds a certificate that does not read")
            }
            certificates += parsed
        }
        return certificates
    }

    private static func policy(_ json: JSONValue) throws(EvidenceError) -> TlogPolicy {
        guard let text = json.stringValue else {
            throw EvidenceError(.invalidField, "the trust bundle's witnessPolicy is not a text")
        }
        do throws(PolicyError) {
            return try TlogPolicy(parsing: Array(text.utf8))
        } catch {
            throw EvidenceError(.invalidField, "the trust bundle's witnessPolicy does not read: \(error.message)")
        }
    }

    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "cinnabar": .string(Self.format),
            "logKeys": .array(logKeys.map { .string($0.text) }),
            "timestampRoots": Self.json(of: timestampRoots),
        ]
        members["witnessPolicy"] = witnessPolicy.map { .string(String(decoding: $0.bytes, as: UTF8.self)) }
        if !blocks.isEmpty { members["blocks"] = blocksJSON }
        if !endorserRoots.isEmpty { members["endorserRoots"] = Self.json(of: endorserRoots) }
        return .object(members)
    }

    private static func json(of certificates: [SigningCertificate]) -> JSONValue {
        .array(
            certificates.map {
                [
                    "certificate": .string($0.pem), "sha256": .string($0.fingerprint.hex),
                    "subject": .string($0.subject),
                ]
            }
        )
    }
}
