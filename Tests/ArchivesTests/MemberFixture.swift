import Archives
import Foundation

/// What a stream gave: members as "path=text" or "path!code", and the code it ended with.
struct MemberFixture {
    var members: [String] = []
    var failure: ArchiveError.Code?

    init(_ path: String, limits: ArchiveLimits = ArchiveLimits()) async {
        do throws(ArchiveError) {
            for try await member in MemberStream(path, limits: limits) { members.append(Self.line(member)) }
        } catch {
            failure = error.code
        }
    }

    /// A file of `Vectors/zip`.
    static func zip(_ name: String) -> String {
        Bundle.module.bundleURL.appending(path: "Vectors/zip/\(name)").path(percentEncoded: false)
    }

    /// A new folder, removed after `body`.
    static func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "cinnabar-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }

    private static func line(_ member: Member) -> String {
        switch member.content {
        case .success(let bytes) where bytes.count < 100: "\(member.path)=\(String(decoding: bytes, as: UTF8.self))"
        case .success(let bytes): "\(member.path)=\(bytes.count) bytes"
        case .failure(let error): "\(member.path)!\(error.code)"
        }
    }
}
