import Bytes
import Foundation

@testable import Fingerprints

/// The reference's `conformance.json`: functions, their cases, inputs and outputs.
enum Conformance {
    struct Case: Decodable {
        let inputs: [Value]
        let outputs: Value
    }

    /// Whatever JSON says.
    struct Value: Decodable {
        let json: CanonicalJSON

        init(from decoder: any Decoder) throws { json = try Self.json(decoder.singleValueContainer()) }

        private static func json(_ container: any SingleValueDecodingContainer) throws -> CanonicalJSON {
            if container.decodeNil() { return .null }
            if let value = try? container.decode(Bool.self) { return .bool(value) }
            if let value = try? container.decode(Double.self) { return .number(value) }
            if let value = try? container.decode(String.self) { return .string(value) }
            if let values = try? container.decode([Value].self) { return .array(values.map(\.json)) }
            return .object(try container.decode([String: Value].self).mapValues(\.json))
        }
    }

    static var isThere: Bool { FileManager.default.fileExists(atPath: file.path) }

    static func cases(of function: String) throws -> [String: Case] {
        let root = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        let cases = try JSONSerialization.data(withJSONObject: root?[function] ?? [:])
        return try JSONDecoder().decode([String: Case].self, from: cases)
    }

    private static let file: URL = {
        let root = URL(fileURLWithPath: #filePath).appending(path: "../../../..").standardized
        let named = ProcessInfo.processInfo.environment["CINNABAR_VECTORS"].map { URL(fileURLWithPath: $0) }
        let vectors = named ?? root.appending(path: "../shared/vectors").standardized
        return vectors.appending(path: "iscc/conformance.json")
    }()
}

extension CanonicalJSON {
    var text: String {
        if case .string(let value) = self { value } else { "" }
    }

    var int: Int {
        if case .number(let value) = self { Int(value) } else { 0 }
    }

    var array: [CanonicalJSON] {
        if case .array(let values) = self { values } else { [] }
    }

    var object: [String: CanonicalJSON] {
        if case .object(let members) = self { members } else { [:] }
    }

    /// Bytes are written as `stream:` or `bytes:` and hex digits.
    var bytes: [UInt8]? { Hex.decode(text.drop { $0 != ":" }.dropFirst()) }
}
