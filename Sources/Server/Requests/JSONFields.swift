import Bytes
import Evidence

/// The members of a JSON object that a client sent, read by name and shape.
struct JSONFields {
    private let members: [String: JSONValue]

    init(_ json: JSONValue) throws(ServerError) {
        guard let members = json.objectValue else {
            throw ServerError(.jsonMalformed, "The JSON is not an object.")
        }
        self.members = members
    }

    /// A misspelled member must not pass for an absent one.
    func allowOnly(_ names: Set<String>) throws(ServerError) {
        if let name = members.keys.sorted().first(where: { !names.contains($0) }) {
            throw ServerError(
                .fieldUnknown,
                "There is no field \"\(name.prefix(64))\" here; there are \(names.sorted().joined(separator: ", "))."
            )
        }
    }

    subscript(name: String) -> JSONValue? { members[name] == .null ? nil : members[name] }

    func fields(_ name: String) throws(ServerError) -> JSONFields {
        guard let value = self[name] else { throw ServerError(.fieldMissing, "The field \"\(name)\" is missing.") }
        guard value.objectValue != nil else { throw ServerError(.fieldInvalid, "\"\(name)\" is not an object.") }
        return try JSONFields(value)
    }

    func text(_ name: String) throws(ServerError) -> String? {
        guard let value = self[name] else { return nil }
        guard let text = value.stringValue else { throw ServerError(.fieldInvalid, "\"\(name)\" is not a string.") }
        return text
    }

    /// - Throws: ``ServerError`` with `.fieldMissing` too.
    func requiredText(_ name: String) throws(ServerError) -> String {
        guard let text = try text(name) else {
            throw ServerError(.fieldMissing, "The field \"\(name)\" is missing.")
        }
        return text
    }

    func flag(_ name: String) throws(ServerError) -> Bool? {
        guard let value = self[name] else { return nil }
        guard let flag = value.boolValue else {
            throw ServerError(.fieldInvalid, "\"\(name)\" is not true or false.")
        }
        return flag
    }

    func size(_ name: String) throws(ServerError) -> UInt64? {
        guard let value = self[name] else { return nil }
        guard let size = value.integerValue, size >= 0 else {
            throw ServerError(.fieldInvalid, "\"\(name)\" is not a count of bytes.")
        }
        return UInt64(size)
    }

    func digest(_ name: String) throws(ServerError) -> Digest256? {
        guard let text = try text(name) else { return nil }
        return try digestField(name, text)
    }
}

/// - Throws: ``ServerError`` with `.fieldInvalid` unless `text` is 64 lower-case hexadecimal digits.
func digestField(_ name: String, _ text: String) throws(ServerError) -> Digest256 {
    guard let digest = Digest256(hex: text) else {
        throw ServerError(.fieldInvalid, "\"\(name)\" is not 64 lower-case hexadecimal digits.")
    }
    return digest
}

/// - Throws: ``ServerError`` with `.fieldInvalid` unless `json` is an array of strings.
func idList(_ name: String, _ json: JSONValue) throws(ServerError) -> [String] {
    let ids = json.arrayValue.map { $0.compactMap(\.stringValue) }
    guard let ids, ids.count == json.arrayValue?.count else {
        throw ServerError(.fieldInvalid, "\"\(name)\" is not an array of ids.")
    }
    return ids
}
