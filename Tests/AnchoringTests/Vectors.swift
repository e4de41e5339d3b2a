import Foundation
import OpenSSL
import Testing

/// Files of the test's own vectors, and of those that stay outside the repository.
enum Vectors {
    static func bytes(_ path: String) throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: "Vectors/\(path)", withExtension: nil))
        return try Array(Data(contentsOf: url))
    }

    static func certificates(_ path: String) throws -> [SigningCertificate] {
        try SigningCertificate.list(pem: String(decoding: bytes(path), as: UTF8.self))
    }

    static func cases<Case: Decodable>(_ path: String) throws -> [Case] {
        try JSONDecoder().decode([Case].self, from: Data(bytes(path)))
    }

    /// Other people's vectors, by the environment variable CINNABAR_VECTORS or beside the repository.
    static let outside: URL = {
        if let path = ProcessInfo.processInfo.environment["CINNABAR_VECTORS"] { return URL(filePath: path) }
        let root = URL(filePath: #filePath).appending(path: "../../..").standardized
        return root.appending(path: "../shared/vectors").standardized
    }()

    static func hasOutside(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: outside.appending(path: path).path)
    }

    static func outsideBytes(_ path: String) throws -> [UInt8] {
        try Array(Data(contentsOf: outside.appending(path: path)))
    }

    static func outsideCases<Case: Decodable>(_ path: String) throws -> [Case] {
        try JSONDecoder().decode([Case].self, from: Data(outsideBytes(path)))
    }
}
