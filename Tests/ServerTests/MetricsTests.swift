import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Server

struct MetricsTests {
    @Test func thePageReadsAsPrometheusText() async throws {
        let server = try TestServer()
        _ = try await server.register("a", token: server.token)
        _ = try await server.send(.get, "/made/up/path", token: server.token)
        _ = try await server.send(try #require(.init("BREW")), "/made/up/path")
        let answer = try await TestServer.send(server.applications.metrics, .get, "/metrics")
        #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        let sample = /[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+/
        var seen: Set<Substring> = []
        var current: Substring = ""
        for line in answer.text.split(separator: "\n") {
            if line.hasPrefix("# ") {
                let words = line.split(separator: " ")
                if words[1] == "HELP" { #expect(seen.insert(words[2]).inserted, "\(words[2]) stands twice") }
                current = words[2]
            } else {
                #expect(line.wholeMatch(of: sample) != nil, "\(line)")
                #expect(line.hasPrefix(current), "\(line) under \(current)")
            }
        }
        let route = #"route="/v1/registrations""#
        #expect(answer.text.contains("cinnabar_http_requests_total{\(route),method=\"POST\",status=\"201\"} 1\n"))
        #expect(answer.text.contains(#"{route="other",method="other",status="404"} 1"#))
        #expect(answer.text.contains("_duration_seconds_bucket{\(route),le=\"+Inf\"} 1\n"))
        #expect(answer.text.contains("_duration_seconds_count{\(route)} 1\n"))
        #expect(answer.text.contains("cinnabar_registrations_total 1\n"))
        #expect(answer.text.contains("cinnabar_http_requests_in_flight 1\n"))  // this very request
        #expect(!answer.text.contains("made/up"))
    }

    @Test func textIsEscaped() {
        let family = MetricFamily(
            name: "a",
            help: "b\\c\nd\"",
            kind: .gauge,
            samples: [.init(labels: [("e", "f\"g\\h\ni")], value: 0.5), .init(value: 7)]
        )
        #expect(family.text == "# HELP a b\\\\c\\nd\"\n# TYPE a gauge\na{e=\"f\\\"g\\\\h\\ni\"} 0.5\na 7\n")
    }

    @Test func bucketsAreCumulative() {
        let metrics = HTTPMetrics()
        for milliseconds in [1, 2, 3, 60_000] {
            metrics.requestStarted()
            metrics.requestEnded(route: "/", method: .get, status: 200, elapsed: .milliseconds(milliseconds))
        }
        let samples = metrics.snapshot.durations["/"]?.samples(route: "/") ?? []
        let counts = samples.filter { $0.suffix == "_bucket" }.map(\.value)
        #expect(counts.prefix(3) == [1, 2, 3])
        #expect(counts.suffix(2) == [3, 4])
        #expect(counts == counts.sorted())
        #expect(metrics.snapshot.inFlight == 0)
    }
}
