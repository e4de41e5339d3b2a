import Bytes
import Evidence
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MerkleLog
import Notary
import OpenSSL
import Testing

@testable import Server

/// Many registrations in one request.
struct BatchTests {
    let server: TestServer

    init() throws { server = try TestServer() }

    @Test func everyLineHasItsResultAndIsInTheLog() async throws {
        let lines = (0..<3000).map { #"{"digests": {"sha256": "\#(Self.digest($0))"}, "ref": "r\#($0)"}"# }
        let (results, checkpoints) = try await send(lines, query: "?proof=true")
        #expect(results.count == 3000)
        let key = try #require(server.notary.trustBundle.logKeys.first)
        let roots = try checkpoints.reduce(into: [Int64: Checkpoint]()) { roots, checkpoint in
            let note = try SignedNote(parsing: Array((checkpoint["note"]?.stringValue ?? "").utf8))
            let verified = try note.verifiedCheckpoint(log: key, witnesses: []).checkpoint
            roots[Int64(verified.size.value)] = verified
            #expect(checkpoint["size"]?.integerValue == Int64(verified.size.value))
        }
        var indexes: Set<Int64> = []
        for (offset, result) in results.enumerated() {
            #expect(result["line"]?.integerValue == Int64(offset + 1) && result["ref"] == .string("r\(offset)"))
            try #require(result["status"] == 201)
            let id = try #require(result["id"]?.stringValue.flatMap { LeafHash(hex: $0) })
            let index = try #require(result["index"]?.integerValue)
            indexes.insert(index)
            let checkpoint = try #require(roots[result["size"]?.integerValue ?? 0])
            let hashes = (result["hashes"]?.arrayValue ?? []).compactMap {
                $0.stringValue.flatMap { Base64.decode($0) }.flatMap { Digest256($0) }
            }
            let proof = InclusionProof(index: LeafIndex(UInt64(index)), size: checkpoint.size, hashes: hashes)
            _ = try proof.verify(leaf: id, root: checkpoint.root)
        }
        #expect(indexes == Set(0..<3000))
        let read = try await server.send(
            .get,
            "/v1/registrations/\(results[7]["id"]?.stringValue ?? "")",
            token: server.token
        )
        #expect(read.json["record"]?["digests"]?["sha256"]?["value"] == .string(Self.digest(7)))
    }

    @Test func aBadLineSpoilsNoOther() async throws {
        let good = #"{"digests": {"sha256": "\#(Self.digest(1))"}}"#
        let long = #"{"digests": {"sha256": "\#(Self.digest(1))"}, "ref": "\#(String(repeating: "x", count: 300))"}"#
        let (results, checkpoints) = try await send([
            good, "", "{", #"{"digests": {}}"#, #"{"digests": {"sha256": "x"}}"#, long, #"{"colour": 1}"#,
            #"{"digests": {"sha256": "\#(Self.digest(1))"}, "parents": ["\#(Self.digest(2))"]}"#,
            String(repeating: " ", count: BatchLine.limitBytes + 1), "\u{FEFF}{}", good,
        ])
        let expected: [(Int64, String?)] = [
            (1, nil), (3, "json.malformed"), (4, "field.missing"), (5, "field.invalid"), (6, "field.invalid"),
            (7, "field.unknown"), (8, "parent.unknown"), (9, "upload.tooLarge"), (10, "json.malformed"), (11, nil),
        ]
        #expect(results.count == expected.count && checkpoints.count == 1)
        for (result, (line, code)) in zip(results, expected) {
            #expect(result["line"]?.integerValue == line && result["code"]?.stringValue == code, "\(result)")
            #expect((result["status"]?.integerValue ?? 0 >= 400) == (code != nil))
        }
    }

    @Test func idempotencyKeysHoldWithinABatchAndBetweenBatches() async throws {
        func line(_ number: Int, _ key: String) -> String {
            #"{"digests": {"sha256": "\#(Self.digest(number))"}, "idempotencyKey": "\#(key)"}"#
        }
        let (first, _) = try await send([line(1, "a"), line(1, "a"), line(2, "a"), line(3, "b")])
        #expect(first.map { $0["status"]?.integerValue } == [201, 200, 409, 201])
        #expect(first[0]["id"] == first[1]["id"] && first[2]["code"] == "idempotency.conflict")
        let (again, _) = try await send([line(3, "b"), line(1, "a"), line(4, "c")])
        #expect(again.map { $0["status"]?.integerValue } == [200, 200, 201])
        #expect(again[1]["id"] == first[0]["id"] && again[1]["index"] == first[0]["index"])
    }

    @Test func refusesWhatIsNoBatch() async throws {
        let good = Array((#"{"digests": {"sha256": "\#(Self.digest(1))"}}"# + "\n").utf8)
        let path = "/v1/registrations:batch"
        try await server.send(.post, path, type: BatchRoutes.mediaType, body: good)
            .expectProblem(.unauthorized, "token.missing")
        try await server.send(.post, path, token: server.token, type: "application/json", body: good)
            .expectProblem(.unsupportedMediaType, "request.mediaTypeUnsupported")
        try await server.send(.post, path + "?proof=1", token: server.token, type: BatchRoutes.mediaType, body: good)
            .expectProblem(.badRequest, "request.invalid")
        let many = [UInt8](repeating: UInt8(ascii: "x"), count: 2 * DigestBatch.lineLimit + 2).enumerated().map {
            $0.offset % 2 == 0 ? $0.element : UInt8(ascii: "\n")
        }
        try await server.send(.post, path, token: server.token, type: BatchRoutes.mediaType, body: many)
            .expectProblem(.contentTooLarge, "upload.tooLarge")
        let large = [UInt8](repeating: UInt8(ascii: " "), count: DigestBatch.bodyLimitBytes + 1)
        try await server.send(.post, path, token: server.token, type: BatchRoutes.mediaType, body: large)
            .expectProblem(.contentTooLarge, "upload.tooLarge")
        let (none, checkpoints) = try await send([])
        #expect(none.isEmpty && checkpoints.isEmpty)
    }

    private static func digest(_ number: Int) -> String { SHA256.digest(of: Array("file \(number)".utf8)).hex }

    private func send(
        _ lines: [String],
        query: String = ""
    ) async throws -> (results: [JSONValue], checkpoints: [JSONValue]) {
        let answer = try await server.send(
            .post,
            "/v1/registrations:batch\(query)",
            token: server.token,
            type: BatchRoutes.mediaType,
            body: Array(lines.joined(separator: "\n").utf8)
        )
        try #require(answer.status == .ok, "\(answer.text)")
        #expect(answer.headers[.contentType] == BatchRoutes.mediaType)
        let documents = try answer.bytes.split(separator: UInt8(ascii: "\n")).map { try JSONValue(parsing: Array($0)) }
        return (Array(documents.dropLast()), try #require(documents.last?["checkpoints"]?.arrayValue))
    }
}
