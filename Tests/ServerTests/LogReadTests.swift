import Bytes
import Evidence
import Gzip
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MerkleLog
import OpenSSL
import Testing

@testable import Server

/// The log as C2SP tlog-tiles has it: every resource, its headers, and nothing else.
struct LogReadTests {
    static let size: UInt64 = 700
    let server: TestServer

    init() async throws {
        server = try TestServer()
        let lines = (0..<Self.size).map {
            #"{"digests": {"sha256": "\#(SHA256.digest(of: Array("file \($0)".utf8)).hex)"}}"# + "\n"
        }
        let answer = try await server.send(
            .post,
            "/v1/registrations:batch",
            token: server.token,
            type: BatchRoutes.mediaType,
            body: Array(lines.joined().utf8)
        )
        try #require(answer.status == .ok)
    }

    @Test func bundlesTilesAndCheckpointFitTogether() async throws {
        let note = try SignedNote(parsing: try await get("/log/checkpoint"))
        let checkpoint = try Checkpoint(parsing: note.text)
        try #require(checkpoint.size.value == Self.size)
        var writer = TileWriter()
        for index in 0..<UInt64(3) {
            let width = Int(min(256, Self.size - index * 256))
            let path = TilePath.entries(index: index, width: width).text
            let entries = try EntryBundle(decoding: try await get("/log/\(path)")).entries
            #expect(entries.count == width)
            for tile in writer.append(entries.map { LeafHash(entry: $0) }).changedTiles {
                let path = TilePath.tile(tile.id, width: tile.width).text
                #expect(try await get("/log/\(path)") == tile.bytes, "\(path)")
            }
        }
        #expect(writer.root == checkpoint.root)
    }

    @Test func aPartialResourceIsTheBeginningOfTheWiderOne() async throws {
        let full = try await get("/log/tile/0/000")
        let entries = try EntryBundle(decoding: try await get("/log/tile/entries/000")).entries
        for width in [1, 7, 255] {
            #expect(try await get("/log/tile/0/000.p/\(width)") == Array(full.prefix(32 * width)))
            let part = try EntryBundle(decoding: try await get("/log/tile/entries/000.p/\(width)")).entries
            #expect(part == Array(entries.prefix(width)))
        }
    }

    @Test func entriesComeCompressedWhereItIsAsked() async throws {
        let path = "/log/tile/entries/000"
        let plain = try await get(path)
        for (accepted, isCompressed) in [
            ("gzip", true), ("br, gzip;q=0.5", true), ("GZIP", true), ("gzip;q=0", false), ("identity", false),
            ("", false),
        ] {
            let answer = try await server.send(.get, path, headers: [.acceptEncoding: accepted])
            #expect(answer.headers[.vary] == "Accept-Encoding")
            #expect(answer.headers[.contentEncoding] == (isCompressed ? "gzip" : nil), "\(accepted)")
            #expect(answer.bytes == (isCompressed ? Gzip.compressed(plain) : plain), "\(accepted)")
        }
        // Hashes do not shrink.
        let tile = try await server.send(.get, "/log/tile/0/000", headers: [.acceptEncoding: "gzip"])
        #expect(tile.headers[.contentEncoding] == nil && tile.bytes.count == 8192)
    }

    @Test func whoHasTheCheckpointIsToldSo() async throws {
        let first = try await server.send(.get, "/log/checkpoint")
        let tag = try #require(first.headers[.eTag])
        for known in [tag, "\"other\", \(tag)", "W/\(tag)", "*"] {
            let again = try await server.send(.get, "/log/checkpoint", headers: [.ifNoneMatch: known])
            #expect(again.status == .notModified && again.bytes.isEmpty && again.headers[.eTag] == tag, "\(known)")
        }
        _ = try await server.register("one more", token: server.token)
        let newer = try await server.send(.get, "/log/checkpoint", headers: [.ifNoneMatch: tag])
        #expect(newer.status == .ok && newer.headers[.eTag] != tag)
    }

    @Test func anyPageMayReadTheLog() async throws {
        for path in ["/log/checkpoint", "/log/tile/0/000", "/log/tile/entries/000"] {
            let answer = try await server.send(.get, path)
            #expect(answer.headers[.accessControlAllowOrigin] == "*", "\(path)")
            let head = try await server.send(.head, path)
            #expect(head.status == .ok && head.bytes.isEmpty && head.headers[.cacheControl] != nil, "\(path)")
        }
        let own = try await server.send(.get, "/v1/registrations", token: server.token)
        #expect(own.headers[.accessControlAllowOrigin] == nil)
    }

    @Test func thereAreNoLanesUnderASingleLog() async throws {
        for path in ["/log/lanes/0/checkpoint", "/log/lanes/x/checkpoint", "/log/lanes/0/tile/0/000"] {
            try await server.send(.get, path).expectProblem(.notFound, "log.resourceUnknown", path)
        }
    }

    private func get(_ path: String) async throws -> [UInt8] {
        let answer = try await server.send(.get, path)
        try #require(answer.status == .ok, "\(path): \(answer.text)")
        return answer.bytes
    }
}
