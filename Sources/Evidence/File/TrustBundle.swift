public import MerkleLog
public import OpenSSL
import Bytes

/// What a checker chose to trust before looking at any evidence: a log's keys, and the roots of timestamp authorities.
///
/// As JSON (`trust-1`), a log publishes its own bundle; a court keeps the copy that it got by another way.
public struct TrustBundle: Sendable {
    public static let format = "trust-1"

    public var logKeys: [VerifierKey]
    public var timestampRoots: [SigningCertificate]

    public init(logKeys: [VerifierKey] = [], timestampRoots: [SigningCertificate] = []) {
        self.logKeys = logKeys
        self.timestampRoots = timestampRoots
    }

    public var isEmpty: Bool { logKeys.isEmpty && timestampRoots.isEmpty }

    /// - Throws: ``EvidenceError`` with `.malformedJSON`, `.unknownFormat` or `.invalidField`.
    public init(parsing bytes: [UInt8]) throws(EvidenceError) {
        let json: JSONValue
        do { json = try JSONValue(parsing: bytes) } catch {
            throw EvidenceError(.malformedJSON, "the trust bundle does not read: \(error.message)")
        }
        guard json["cinnabar"] == .string(Self.format) else {
            throw EvidenceError(.unknownFormat, "the trust bundle does not say \"cinnabar\": \"\(Self.format)\"")
        }
        guard Set(json.objectValue?.keys.map(\.self) ?? []) == ["cinnabar", "logKeys", "timestampRoots"],
            let keys = json["logKeys"]?.arrayValue, let roots = json["timestampRoots"]?.arrayValue
        else {
            throw EvidenceError(.invalidField, "the trust bundle has not exactly the lists logKeys and timestampRoots")
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
    }

    public var json: JSONValue {
        [
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
    }
}
