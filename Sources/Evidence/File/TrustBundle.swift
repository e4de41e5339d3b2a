public import Anchoring
public import MerkleLog
public import OpenSSL
import Bytes

/// What a checker chose to trust before looking at any evidence: a log's keys, the roots of timestamp authorities, and
/// which witnesses must have cosigned.
///
/// As JSON (`trust-1`), a log publishes its own bundle; a court keeps the copy that it got by another way.
public struct TrustBundle: Sendable {
    public static let format = "trust-1"

    public var logKeys: [VerifierKey]
    public var timestampRoots: [SigningCertificate]
    /// `nil` when no witnesses were chosen. As JSON the text of a C2SP tlog-policy, an optional member.
    public var witnessPolicy: TlogPolicy?

    public init(
        logKeys: [VerifierKey] = [],
        timestampRoots: [SigningCertificate] = [],
        witnessPolicy: TlogPolicy? = nil
    ) {
        self.logKeys = logKeys
        self.timestampRoots = timestampRoots
        self.witnessPolicy = witnessPolicy
    }

    public var isEmpty: Bool { logKeys.isEmpty && timestampRoots.isEmpty && witnessPolicy == nil }

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
        guard members.subtracting(["witnessPolicy"]) == ["cinnabar", "logKeys", "timestampRoots"],
            let keys = json["logKeys"]?.arrayValue, let roots = json["timestampRoots"]?.arrayValue
        else {
            throw EvidenceError(
                .invalidField,
                "the trust bundle has not exactly the lists logKeys and timestampRoots, and perhaps a witnessPolicy"
            )
        }
        self.init()
        for key in keys {
            guard let text = key.stringValue, let parsed = try? VerifierKey(parsing: text) else {
                throw EvidenceError(.invalidField, "the trust bundle holds a log key that does not read")
            }
            logKeys.append(parsed)
        }
        for root in roots {
            guard let pem = root["certificate"]?.stringValue, let parsed = try? SigningCertificate.list(pem: pem) else {
                throw EvidenceError(.invalidField, "the trust bundle holds a certificate that does not read")
            }
            timestampRoots += parsed
        }
        if let policy = json["witnessPolicy"] { witnessPolicy = try Self.policy(policy) }
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
            "timestampRoots": .array(
                timestampRoots.map {
                    [
                        "certificate": .string($0.pem), "sha256": .string($0.fingerprint.hex),
                        "subject": .string($0.subject),
                    ]
                }
            ),
        ]
        members["witnessPolicy"] = witnessPolicy.map { .string(String(decoding: $0.bytes, as: UTF8.self)) }
        return .object(members)
    }
}
