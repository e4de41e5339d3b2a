import Bytes
import OpenSSL

/// Takes the fields of a `record-1` out of its JSON, each with its own error.
struct RecordFields {
    let json: JSONValue

    func value(_ name: String) throws(EvidenceError) -> JSONValue {
        guard let value = json[name] else { throw EvidenceError(.missingField, "record.json has no \"\(name)\"") }
        return value
    }

    func text(_ name: String) throws(EvidenceError) -> String {
        guard let text = try value(name).stringValue, Self.isPlain(text) else { throw invalid(name) }
        return text
    }

    /// Without control characters: these texts are one line each wherever they are shown. By their numbers, which never
    /// change, since asking Unicode for the category costs an eighth of an audit.
    private static func isPlain(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
    }

    func time(_ name: String) throws(EvidenceError) -> UTCTime {
        guard let time = UTCTime(try text(name)) else { throw invalid(name) }
        return time
    }

    func digests() throws(EvidenceError) -> [DocumentDigest] {
        guard let members = try value("digests").objectValue else { throw invalid("digests") }
        var digests: [DocumentDigest] = []
        for (name, member) in members.sorted(by: { $0.key < $1.key }) {
            guard let algorithm = DigestAlgorithm(rawValue: name), algorithm.byteCount == Digest256.byteCount else {
                continue
            }
            guard let hex = member["value"]?.stringValue, let value = Digest256(hex: hex),
                let how = member["how"]?.stringValue, let provenance = DocumentDigest.Provenance(rawValue: how)
            else { throw invalid("digests.\(name)") }
            digests.append(DocumentDigest(algorithm, value, provenance))
        }
        guard digests.contains(where: { $0.algorithm == .sha256 }) else {
            throw EvidenceError(.missingField, "record.json has no SHA-256 digest of the file")
        }
        return digests
    }

    func file() throws(EvidenceError) -> Record.File {
        guard let members = try value("file").objectValue else { throw invalid("file") }
        var file = Record.File(sizeBytes: nil, mediaType: nil)
        if let size = members["sizeBytes"] {
            guard let count = size.integerValue, count >= 0 else { throw invalid("file.sizeBytes") }
            file.sizeBytes = UInt64(count)
        }
        if let mediaType = members["mediaType"] {
            guard let text = mediaType.stringValue, Self.isPlain(text) else { throw invalid("file.mediaType") }
            file.mediaType = text
        }
        return file
    }

    func picture() throws(EvidenceError) -> Record.Picture? {
        guard let picture = json["picture"] else { return nil }
        guard let width = picture["widthPixels"]?.integerValue, let height = picture["heightPixels"]?.integerValue,
            let path = picture["decodePath"]?.stringValue, Self.isPlain(path), width > 0, height > 0
        else { throw invalid("picture") }
        return Record.Picture(widthPixels: Int(width), heightPixels: Int(height), decodePath: path)
    }

    func document() throws(EvidenceError) -> Record.Document? {
        guard let document = json["document"] else { return nil }
        guard let text = document["text"]?.stringValue, Self.isPlain(text) else { throw invalid("document.text") }
        var read = Record.Document(text: text)
        if let method = document["method"] {
            guard let name = method.stringValue, Self.isPlain(name) else { throw invalid("document.method") }
            read.method = name
        }
        if let pages = document["pages"] {
            guard let count = pages.integerValue, count >= 0 else { throw invalid("document.pages") }
            read.pages = Int(count)
        }
        if let charset = document["charset"] {
            guard let name = charset.stringValue, Self.isPlain(name) else { throw invalid("document.charset") }
            read.charset = name
        }
        return read
    }

    func fingerprints() throws(EvidenceError) -> [Record.Fingerprint] {
        guard let items = try value("fingerprints").arrayValue else { throw invalid("fingerprints") }
        var fingerprints: [Record.Fingerprint] = []
        for item in items {
            guard let algorithm = item["algorithm"]?.stringValue, let value = item["value"]?.stringValue,
                Self.isPlain(algorithm + value),
                let quality = item["quality"]?.integerValue, (0...100).contains(quality)
            else { throw invalid("fingerprints") }
            fingerprints.append(.init(algorithm: algorithm, value: value, quality: Int(quality)))
        }
        return fingerprints
    }

    func submitter() throws(EvidenceError) -> Record.Submitter {
        let submitter = try value("submitter")
        guard let account = submitter["account"]?.stringValue,
            let authentication = submitter["authentication"]?.stringValue, Self.isPlain(account + authentication)
        else { throw invalid("submitter") }
        return Record.Submitter(account: account, authentication: authentication)
    }

    func channel() throws(EvidenceError) -> Record.Channel {
        guard let channel = Record.Channel(rawValue: try text("how")) else { throw invalid("how") }
        return channel
    }

    func parents() throws(EvidenceError) -> [String] {
        guard let items = try value("parents").arrayValue, items.count <= Record.parentLimit else {
            throw invalid("parents")
        }
        var parents: [String] = []
        for item in items {
            guard let id = item.stringValue, Digest256(hex: id) != nil else { throw invalid("parents") }
            parents.append(id)
        }
        return parents
    }

    func salt() throws(EvidenceError) -> [UInt8] {
        guard let salt = Hex.decode(try text("salt")), salt.count == Record.saltByteCount else { throw invalid("salt") }
        return salt
    }

    private func invalid(_ name: String) -> EvidenceError {
        EvidenceError(.invalidField, "record.json holds a \"\(name)\" that is not as record-1 has it")
    }
}
