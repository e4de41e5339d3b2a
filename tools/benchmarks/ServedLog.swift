import AsyncHTTPClient
import Bytes
import Evidence
import Foundation
import NIOCore
import NIOHTTP1
import Notary

/// A fresh log behind `cinnabar serve` in a process of its own, with clients that keep their connections.
final class ServedLog: Sendable {
    let server: ProgramRun
    let url: String
    let authorization: String
    private let client: HTTPClient
    private let log: CommandLog

    /// More than any measurement has requests at once.
    private static let connections = 256
    private static let timeoutSeconds: Int64 = 60
    private static let answerLimitBytes = 16 << 20

    init(_ surroundings: Surroundings) throws {
        log = try CommandLog(surroundings)
        authorization = "Bearer " + (try log.token())
        let settings = ["--set", "metrics.port=0", "--set", "log.level=error"]
        let server = try log.run("serve", ["--port", "0", "--json"] + settings)
        let announced = server.output { (try? JSONValue(parsing: [UInt8]($0))) != nil }
        guard let url = (try? JSONValue(parsing: [UInt8](announced)))?["url"]?.stringValue else {
            server.stop()
            throw BenchmarkError("cinnabar serve did not say where it listens.")
        }
        self.url = url
        self.server = server
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = Self.connections
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func close() async throws {
        try await client.shutdown()
        server.stop()
    }

    func registerDigest(_ number: Int) async throws {
        let sha256 = DigestRegistrations.file(number).sha256.hex
        _ = try await post(Array("{\"digests\":{\"sha256\":\"\(sha256)\"}}".utf8), mediaType: "application/json")
    }

    /// - Parameter lines: NDJSON.
    func registerBatch(_ lines: [UInt8]) async throws {
        let path = "/v1/registrations:batch"
        let answer = try await post(lines, mediaType: "application/x-ndjson", path: path, expecting: 200)
        guard !String(buffer: answer).contains(#""code":"#) else {
            throw BenchmarkError("A line was refused.")
        }
    }

    func registerPhoto(_ path: String) async throws {
        let boundary = "cinnabar-bench-boundary"
        let head = """
            --\(boundary)\r\nContent-Disposition: form-data; name="file"; filename="photo.jpg"\r\n\
            Content-Type: image/jpeg\r\n\r\n
            """
        let body = Array(head.utf8) + (try contents(of: path)) + Array("\r\n--\(boundary)--\r\n".utf8)
        _ = try await post(body, mediaType: "multipart/form-data; boundary=\(boundary)")
    }

    /// - Throws: ``BenchmarkError`` unless the answer is 201, which carries the proof of inclusion.
    private func post(
        _ body: [UInt8],
        mediaType: String,
        path: String = "/v1/registrations",
        expecting status: UInt = 201
    ) async throws -> ByteBuffer {
        var request = HTTPClientRequest(url: url + path)
        request.method = .POST
        request.headers.add(name: "Authorization", value: authorization)
        request.headers.add(name: "Content-Type", value: mediaType)
        request.body = .bytes(ByteBuffer(bytes: body))
        let response = try await client.execute(request, timeout: .seconds(Self.timeoutSeconds))
        let answer = try await response.body.collect(upTo: Self.answerLimitBytes)
        guard response.status.code == status else {
            throw BenchmarkError("The server answered \(response.status.code): \(String(buffer: answer))")
        }
        return answer
    }
}
