import Bytes
import Foundation
import MerkleLog

/// Test vectors: those of this repository, and those kept outside it.
enum Vectors {
    static let bundled = Bundle.module.bundleURL.appending(path: "Vectors")

    /// By the environment variable CINNABAR_VECTORS, or beside the repository.
    static let outside: URL = {
        if let path = ProcessInfo.processInfo.environment["CINNABAR_VECTORS"] { return URL(filePath: path) }
        return URL(filePath: #filePath).appending(path: "../../../../shared/vectors").standardized
    }()

    static func hasOutside(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: outside.appending(path: path).path)
    }

    /// Says how many cases of a folder ran, for whoever reads the tests' output.
    static func count(_ folder: String, _ cases: Int, failing: Int) {
        print("vectors: \(folder): \(cases) cases, \(failing) of them must fail")
    }

    static func bytes(_ url: URL) throws -> [UInt8] { Array(try Data(contentsOf: url)) }

    static func text(_ url: URL) throws -> String { String(decoding: try bytes(url), as: UTF8.self) }

    static func json<Value: Decodable>(_ type: Value.Type, _ url: URL) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: Data(contentsOf: url))
    }

    /// One JSON value a line.
    static func jsonLines<Value: Decodable>(_ type: Value.Type, _ url: URL) throws -> [Value] {
        try text(url).split(separator: "\n").map { try JSONDecoder().decode(type, from: Data($0.utf8)) }
    }

    /// Entry `index` of the generated logs.
    static func entry(_ index: Int) -> [UInt8] { Array("cinnabar-shared leaf \(index)".utf8) }

    static func leaves(_ range: Range<Int>) -> [LeafHash] { range.map { LeafHash(entry: entry($0)) } }
}
