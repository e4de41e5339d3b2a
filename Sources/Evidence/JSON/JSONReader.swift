/// Why bytes are not a JSON document that Cinnabar accepts.
public struct JSONError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        case malformed, duplicateKey, notUTF8, tooDeep, trailingBytes
    }

    public let code: Code
    public let message: String
    /// Where reading stopped, in bytes from the start.
    public let offsetBytes: Int

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "JSONError.\(code): \(message) (at byte \(offsetBytes))" }
}

extension JSONValue {
    /// Reads one whole document (RFC 8259).
    ///
    /// - Throws: ``JSONError`` for anything malformed, for a key that stands twice in one object, for bytes that are
    /// not   UTF-8, for nesting deeper than 32, and for bytes after the document.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        var reader = JSONReader(bytes)
        self = try reader.readDocument()
    }
}

/// A recursive reader over UTF-8 bytes with a bounded depth.
struct JSONReader {
    /// Records nest four deep; 32 leaves room and keeps the stack small.
    static let depthLimit = 32

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func readDocument() throws(JSONError) -> JSONValue {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw failure(.notUTF8, "the document is not UTF-8")
        }
        let value = try readValue(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw failure(.trailingBytes, "there are bytes after the document") }
        return value
    }

    private mutating func readValue(depth: Int) throws(JSONError) -> JSONValue {
        guard depth < Self.depthLimit else { throw failure(.tooDeep, "nested deeper than \(Self.depthLimit)") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try readObject(depth: depth)
        case UInt8(ascii: "["): return try readArray(depth: depth)
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        default: return try readNumber()
        }
    }

    private mutating func readObject(depth: Int) throws(JSONError) -> JSONValue {
        var members: [String: JSONValue] = [:]
        position += 1
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw failure(.malformed, "an object's key is missing") }
            let key = try readString()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw failure(.malformed, "a colon is missing after a key") }
            let value = try readValue(depth: depth + 1)
            guard members.updateValue(value, forKey: key) == nil else {
                throw failure(.duplicateKey, "the key \"\(key.prefix(64))\" stands twice in one object")
            }
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw failure(.malformed, "an object is not closed") }
        return .object(members)
    }

    private mutating func readArray(depth: Int) throws(JSONError) -> JSONValue {
        var items: [JSONValue] = []
        position += 1
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(items) }
        repeat {
            items.append(try readValue(depth: depth + 1))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw failure(.malformed, "an array is not closed") }
        return .array(items)
    }

    private mutating func readWord(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw failure(.malformed, "an unknown word") }
        position += word.utf8.count
        return value
    }

    private mutating func readNumber() throws(JSONError) -> JSONValue {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try readDigits() }
        if take(UInt8(ascii: ".")) { try readDigits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try readDigits()
        }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func readDigits() throws(JSONError) {
        let start = position
        while let byte = peek, (0x30...0x39).contains(byte) { position += 1 }
        guard position > start else { throw failure(.malformed, "a value is missing or no JSON") }
    }

    private mutating func readString() throws(JSONError) -> String {
        position += 1
        var beforeEscape: [UInt8] = []
        while true {
            let start = position
            while position < bytes.count, Self.standsForItself(bytes[position]) { position += 1 }
            let plain = bytes[start..<position]
            switch peek {
            case UInt8(ascii: "\""):
                position += 1
                // Most strings have no escape: they are made in one step.
                return String(decoding: beforeEscape.isEmpty ? plain : beforeEscape[...] + plain, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                beforeEscape += plain
                beforeEscape += try readEscape()
            case nil: throw failure(.malformed, "a string is not closed")
            default: throw failure(.malformed, "a control character inside a string")
            }
        }
    }

    /// Whether a byte inside a string is neither its end nor an escape nor forbidden.
    private static func standsForItself(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private mutating func readEscape() throws(JSONError) -> [UInt8] {
        guard let byte = peek else { throw failure(.malformed, "a string is not closed") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"): return try readUnicodeEscape()
        default: throw failure(.malformed, "an unknown escape in a string")
        }
    }

    private mutating func readUnicodeEscape() throws(JSONError) -> [UInt8] {
        var scalar = try readFourDigits()
        if (0xD800..<0xDC00).contains(scalar) {
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
                throw failure(.malformed, "half of a surrogate pair")
            }
            let low = try readFourDigits()
            guard (0xDC00..<0xE000).contains(low) else { throw failure(.malformed, "half of a surrogate pair") }
            scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let character = Unicode.Scalar(scalar) else { throw failure(.malformed, "half of a surrogate pair") }
        return Array(String(Character(character)).utf8)
    }

    private mutating func readFourDigits() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw failure(.malformed, "four hexadecimal digits are missing")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private func failure(_ code: JSONError.Code, _ message: String) -> JSONError {
        JSONError(code: code, message: message, offsetBytes: position)
    }
}
