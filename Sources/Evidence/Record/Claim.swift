/// What the submitter declares about the work. Declared, never checked: every page that shows it says so.
///
/// All fields are optional free text. Dates are declared too, and kept as they were written.
public struct Claim: Sendable, Equatable {
    /// Every field of `claim` in `record-1`, in the order people read them.
    public enum Field: String, CaseIterable, Sendable {
        case title, author, owner, created, firstPublished, licence, originality, note
    }

    /// Text long enough for a licence's terms in a few sentences; whole contracts are registered as files.
    public static let fieldLimitBytes = 4096

    private var fields: [Field: String] = [:]

    public init() {}

    /// - Throws: ``EvidenceError`` with `.invalidField` for an empty text or a control character, `.tooLarge` past
    ///   ``fieldLimitBytes``.
    public init(_ fields: [Field: String]) throws(EvidenceError) {
        for (field, text) in fields { try set(field, text) }
    }

    public subscript(field: Field) -> String? { fields[field] }
    public var isEmpty: Bool { fields.isEmpty }

    private mutating func set(_ field: Field, _ text: String) throws(EvidenceError) {
        guard text.utf8.count <= Self.fieldLimitBytes else {
            throw EvidenceError(.tooLarge, "claim.\(field.rawValue) is longer than \(Self.fieldLimitBytes) bytes")
        }
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && $0.value != 0x7F || $0 == "\n" || $0 == "\t"
        }
        guard !text.isEmpty, isPlain else {
            throw EvidenceError(.invalidField, "claim.\(field.rawValue) is empty or holds a control character")
        }
        fields[field] = text
    }
}

extension Claim {
    /// - Throws: ``EvidenceError`` with `.invalidField` when `json` is no object of strings with the names of
    /// ``Field``.
    public init(json: JSONValue) throws(EvidenceError) {
        guard let members = json.objectValue else {
            throw EvidenceError(.invalidField, "claim is not a JSON object")
        }
        var fields: [Field: String] = [:]
        for (name, value) in members {
            guard let field = Field(rawValue: name) else {
                let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
                throw EvidenceError(.invalidField, "claim has no field \"\(name.prefix(64))\"; it has \(known)")
            }
            guard let text = value.stringValue else {
                throw EvidenceError(.invalidField, "claim.\(name) is not a string")
            }
            fields[field] = text
        }
        try self.init(fields)
    }

    public var json: JSONValue {
        .object(Dictionary(uniqueKeysWithValues: fields.map { ($0.key.rawValue, .string($0.value)) }))
    }
}
