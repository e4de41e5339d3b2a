import Evidence
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Server

/// What only a real connection shows.
struct LiveTests {
    let server: TestServer

    init() throws { server = try TestServer() }

    private func withPort(_ body: @Sendable @escaping (Int) async throws -> Void) async throws {
        try await server.applications.main.test(.live) { client in
            try await body(try #require(client.port))
        }
    }

    private func head(_ lines: String..., path: String = "/v1/registrations") -> [UInt8] {
        let first = ["POST \(path) HTTP/1.1", "Host: localhost", "Authorization: Bearer \(server.token)"]
        return Array(((first + lines).joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    private static let form = "Content-Type: \(TestPart.formType)"

    private static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
    }

    @Test func registersOverAConnection() async throws {
        try await server.applications.main.test(.live) { client in
            let answer = try await client.execute(
                uri: "/v1/registrations",
                method: .post,
                headers: [.authorization: "Bearer \(server.token)", .contentType: TestPart.formType],
                body: ByteBuffer(bytes: TestPart.form([.file("a")]))
            )
            #expect(answer.status == .created)
            // The connection is still good.
            let list = try await client.execute(
                uri: "/v1/registrations",
                method: .get,
                headers: [.authorization: "Bearer \(server.token)"]
            )
            #expect(list.json["registrations"]?.arrayValue?.count == 1)
        }
    }

    @Test func answersAHugeLengthBeforeTheBodyAndCloses() async throws {
        let head = head(Self.form, "Content-Length: 2147483648")
        try await withPort { port in
            let answer = try await RawConnection.exchange(port: port, [head])
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.lowercased().contains("connection: close"))
            #expect(answer.contains(#""code": "file.tooLarge""#))
        }
    }

    @Test func aChunkedBodyStopsAtTheLimit() async throws {
        let start = Array("--b0\r\n\(TestPart.file("").header)\r\n\r\n".utf8)
        let pieces =
            [head(Self.form, "Transfer-Encoding: chunked"), Self.chunk(start)]
            + [[UInt8]](repeating: Self.chunk([UInt8](repeating: 0x78, count: 8192)), count: 200)
        try await withPort { port in
            let answer = try await RawConnection.exchange(port: port, pieces)
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.lowercased().contains("connection: close"))
            #expect(answer.contains(#""code": "file.tooLarge""#))
        }
    }

    @Test func aChunkedBodyRegisters() async throws {
        let body = TestPart.form([.file("chunked")])
        let pieces =
            [head(Self.form, "Transfer-Encoding: chunked", "Connection: close")]
            + body.map { Self.chunk([$0]) } + [Array("0\r\n\r\n".utf8)]
        try await withPort { port in
            let answer = try await RawConnection.exchange(port: port, pieces)
            #expect(answer.hasPrefix("HTTP/1.1 201 "))
        }
    }

    @Test func asksForABodyThatIsHeldBack() async throws {
        let body = TestPart.form([.file("held back")])
        let head = head(Self.form, "Content-Length: \(body.count)", "Expect: 100-continue")
        try await withPort { port in
            let asked = try await RawConnection.exchange(port: port, [head]) { $0.hasSuffix("\r\n\r\n") }
            #expect(asked.hasPrefix("HTTP/1.1 100 "))
            let answer = try await RawConnection.exchange(port: port, [head, body]) { $0.contains("recordText") }
            #expect(answer.contains("HTTP/1.1 201 "))
        }
        // The first connection was closed in the middle: nothing of it stayed.
        let list = try await server.send(.get, "/v1/registrations", token: server.token)
        #expect(list.json["registrations"]?.arrayValue?.count == 1)
    }

    @Test func doesNotAskForABodyThatIsTooLarge() async throws {
        let head = head(Self.form, "Content-Length: 2147483648", "Expect: 100-continue")
        try await withPort { port in
            let answer = try await RawConnection.exchange(port: port, [head])
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test(arguments: [
        "GARBAGE\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET / HTTP/1.1\r\nX: " + String(repeating: "x", count: 100_000) + "\r\n\r\n",
    ])
    func refusesWhatIsNotHTTP(text: String) async throws {
        try await withPort { port in
            let answer = try await RawConnection.exchange(port: port, [Array(text.utf8)])
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
        }
    }
}
