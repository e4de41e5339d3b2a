import Bytes
import OpenSSL

extension Record {
    /// The bytes of `record.json`: UTF-8 JSON, two-space indent, keys sorted, one final newline.
    public func encoded() -> [UInt8] {
        var members: [String: JSONValue] = [
            "cinnabar": .string(Self.format),
            "claim": claim.json,
            "digests": digestsJSON,
            "file": fileJSON,
            "fingerprints": .array(fingerprints.map(\.json)),
            "how": .string(channel.rawValue),
            "parents": .array(parents.map { .string($0) }),
            "receivedAt": .string(receivedAt.description),
            "salt": .string(Hex.encode(salt)),
            "software": .string(software),
            "submitter": ["account": .string(submitter.account), "authentication": .string(submitter.authentication)],
        ]
        if let picture {
            members["picture"] = [
                "decodePath": .string(picture.decodePath),
                "heightPixels": .integer(picture.heightPixels),
                "widthPixels": .integer(picture.widthPixels),
            ]
        }
        if let document { members["document"] = document.json }
        return JSONValue.object(members).encoded()
    }

    private var digestsJSON: JSONValue {
        .object(
            Dictionary(
                digests.map {
                    ($0.algorithm.rawValue, ["how": .string($0.provenance.rawValue), "value": .string($0.value.hex)])
                }
            ) { first, _ in first }
        )
    }

    private var fileJSON: JSONValue {
        var members: [String: JSONValue] = [:]
        if let size = file.sizeBytes { members["sizeBytes"] = .integer(size) }
        if let mediaType = file.mediaType { members["mediaType"] = .string(mediaType) }
        return .object(members)
    }
}

extension Record.Fingerprint {
    var json: JSONValue {
        ["algorithm": .string(algorithm), "quality": .integer(quality), "value": .string(value)]
    }
}

extension Record {
    /// Reads `record.json`.
    ///
    /// Digests by algorithms this version does not know are left out; members it does not know are ignored, since a
    /// later `record-1` may add some, but nothing it does know may be missing or of the wrong kind.
    ///
    /// - Throws: ``EvidenceError`` with `.tooLarge`, `.malformedJSON`, `.unknownFormat`, `.missingField` or
    /// `.invalidField`.
    public init(parsing bytes: [UInt8]) throws(EvidenceError) {
        guard bytes.count <= Self.sizeLimitBytes else {
            throw EvidenceError(.tooLarge, "record.json is larger than \(Self.sizeLimitBytes) bytes")
        }
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw EvidenceError(.malformedJSON, "record.json does not read: \(error.message)")
        }
        guard json["cinnabar"] == .string(Self.format) else {
            throw EvidenceError(.unknownFormat, "record.json does not say \"cinnabar\": \"\(Self.format)\"")
        }
        let fields = RecordFields(json: json)
        self.init(
            digests: try fields.digests(),
            file: try fields.file(),
            picture: try fields.picture(),
            document: try fields.document(),
            fingerprints: try fields.fingerprints(),
            claim: try Claim(json: try fields.value("claim")),
            submitter: try fields.submitter(),
            channel: try fields.channel(),
            software: try fields.text("software"),
            receivedAt: try fields.time("receivedAt"),
            parents: try fields.parents(),
            salt: try fields.salt()
        )
    }
}
