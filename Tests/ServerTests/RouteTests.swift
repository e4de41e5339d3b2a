import Evidence
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Server

/// What holds for all routes.
struct RouteTests {
    let server: TestServer
    var main: [Route] { server.applications.main.responder.table.routes }
    var metrics: [Route] { server.applications.metrics.responder.table.routes }

    init() throws { server = try TestServer() }

    /// Everything but these demands a token. Whoever adds a route without one says so here too.
    static let open: Set<String> = [
        "GET /v1/registrations/{id}", "POST /v1/verifications", "GET /v1/trust", "GET /v1/notices",
        "GET /log/checkpoint",
        "GET /log/witnessed-checkpoint",
        "GET /log/tile/{path}",
        "GET /log/lanes/{lane}/checkpoint", "GET /log/lanes/{lane}/tile/{path}", "POST /tsa", "GET /tsa/root.pem",
        "GET /healthz", "GET /openapi.json", "POST /digest", "GET /timestamp/{commitment}",
    ]

    static func isPage(_ route: Route) -> Bool {
        let path = route.path.text
        return path == "/" || [".css", ".js", ".svg"].contains { path.hasSuffix($0) }
    }

    @Test func everyRouteHasItsAccessRule() async throws {
        for route in main where !Self.isPage(route) {
            let name = "\(route.method.rawValue) \(route.path.text)"
            #expect((route.access == .token) != Self.open.contains(name), "\(name)")
            let path = route.path.text.replacing("{id}", with: RegistrationTests.zeros)
            let answer = try await server.send(route.method, path)
            #expect((answer.status == .unauthorized) == (route.access == .token), "\(name)")
        }
        let names = Set(main.map { "\($0.method.rawValue) \($0.path.text)" })
        #expect(Self.open.isSubset(of: names))
        #expect(metrics.map(\.path.text).sorted() == ["/healthz", "/metrics"])
    }

    @Test func noTwoRoutesAreTheSame() {
        for routes in [main, metrics] {
            let names = routes.map { "\($0.method.rawValue) \($0.path.text)" }
            #expect(Set(names).count == names.count)
        }
    }

    @Test func theDocumentNamesEveryRouteAndNoOther() async throws {
        let document = try await server.send(.get, "/openapi.json").json
        #expect(document["openapi"] == "3.1.0")
        var documented: [String: JSONValue] = [:]
        for (path, methods) in document["paths"]?.objectValue ?? [:] {
            for (method, operation) in methods.objectValue ?? [:] {
                documented["\(method.uppercased()) \(path)"] = operation
            }
        }
        #expect(Set(documented.keys) == Set(main.map { "\($0.method.rawValue) \($0.path.text)" }))
        let token: JSONValue = ["token": []]
        for route in main {
            let name = "\(route.method.rawValue) \(route.path.text)"
            let security = documented[name]?["security"]
            let expected: JSONValue =
                switch route.access {
                case .anyone: []
                case .anyoneOrToken: [[:], token]
                case .token: [token]
                }
            #expect(security == expected, "\(name)")
        }
    }

    @Test func everyReferenceInTheDocumentResolves() async throws {
        let document = try await server.send(.get, "/openapi.json").json
        func check(_ value: JSONValue) {
            if let reference = value["$ref"]?.stringValue {
                var target: JSONValue? = document
                for name in reference.split(separator: "/").dropFirst() { target = target?[String(name)] }
                #expect(target != nil, "\(reference)")
            }
            for inner in value.objectValue?.values ?? [:].values { check(inner) }
            for inner in value.arrayValue ?? [] { check(inner) }
        }
        check(document)
    }

    @Test func unknownPaths() async throws {
        for path in [
            "/v2", "/v1", "/v1/registrations/", "/v1/registrations/a/b", "//", "/log", "/log/tile", "/metrics",
            "/index.html",
            "/../etc/passwd", "/%2e%2e/etc/passwd", "/v1/registrations/a/evidence/",
        ] {
            try await server.send(.get, path, token: server.token).expectProblem(.notFound, "route.unknown", path)
        }
    }

    @Test func wrongMethods() async throws {
        for (method, path, allowed) in [
            (HTTPRequest.Method.delete, "/v1/registrations", "GET, HEAD, POST"),
            (.put, "/v1/searches", "GET, HEAD, POST"),
            (.put, "/log/checkpoint", "GET, HEAD"), (.head, "/tsa", "POST"), (.post, "/healthz", "GET, HEAD"),
        ] {
            let answer = try await server.send(method, path)
            #expect(answer.status == .methodNotAllowed)
            #expect(answer.headers[.allow] == allowed)
            if method != .head { answer.expectProblem(.methodNotAllowed, "method.notAllowed") }
        }
    }

    @Test func headIsGetWithoutItsBody() async throws {
        for path in ["/log/checkpoint", "/v1/trust", "/nothing"] {
            let get = try await server.send(.get, path)
            let head = try await server.send(.head, path)
            #expect(head.status == get.status)
            #expect(head.bytes.isEmpty)
            #expect(head.headers[.contentLength] == "\(get.bytes.count)")
        }
    }

    @Test func everyAnswerForbidsSniffing() async throws {
        for path in ["/log/checkpoint", "/nothing", "/openapi.json", "/v1/registrations"] {
            let answer = try await server.send(.get, path)
            #expect(answer.headers[.xContentTypeOptions] == "nosniff")
            #expect(answer.headers[.requestID]?.count == 16)
        }
    }

    /// Every code has a status, and none two meanings.
    @Test func codesAreOneOfAKind() {
        let codes = ServerError.Code.allCases.map(\.rawValue)
        #expect(Set(codes).count == codes.count)
        for code in codes { #expect(code.contains(".")) }
    }
}
