import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Server

struct LimitTests {
    @Test func slotsRefuseWhenAllAreTaken() async throws {
        let slots = Slots(2)
        try await slots.withSlot {
            try await slots.withSlot {
                let error = await #expect(throws: ServerError.self) { try await slots.withSlot {} }
                #expect(error?.code == .busy)
            }
            try await slots.withSlot {}
        }
        // A failure gives its slot back.
        for _ in 0..<3 {
            await #expect(throws: CancellationError.self) { try await slots.withSlot { throw CancellationError() } }
        }
    }

    @Test func aBusyServerSaysWhenToComeBack() async throws {
        let server = try TestServer { configuration in
            configuration.uploadsInFlight = 0
            configuration.verificationsInFlight = 0
        }
        for path in ["/v1/registrations", "/v1/searches", "/v1/verifications"] {
            let answer = try await server.send(path, token: server.token, form: [.file("a")])
            answer.expectProblem(.serviceUnavailable, "server.busy")
            #expect(answer.headers[.retryAfter] == "2")
        }
    }

    @Test(arguments: [
        (0, 30, false), (1, 30, false), (0, 31, true), (4095, 31, true), (4096, 31, false), (10 * 4096, 40, false),
        (10 * 4096 - 1, 40, true), (1 << 30, 100_000, false),
    ])
    func bodiesThatDripAreTooSlow(bytes: Int, seconds: Int, isTooSlow: Bool) {
        let pace = BodyPace(graceSeconds: 30, bytesPerSecond: 4096)
        #expect(pace.isTooSlow(receivedBytes: bytes, after: .seconds(seconds)) == isTooSlow)
    }

    @Test(
        arguments: [
            ("a/b", "a/b", [:]), ("A/B ; C=d", "a/b", ["c": "d"]), ("a;b=\"c;d\\\"e\"", "a", ["b": "c;d\"e"]),
            ("a;", "a", [:]), ("a; b=\"\"", "a", ["b": ""]), ("a;\tb=c ; d=e", "a", ["b": "c", "d": "e"]),
        ] as [(String, String, [String: String])]
    )
    func readsHeaderValues(text: String, value: String, parameters: [String: String]) {
        let header = HeaderValue(parsing: text)
        #expect(header?.value == value)
        #expect(header?.parameters == parameters)
    }

    @Test(arguments: [
        "", ";", " ; a=b", "a b", "a;b", "a;b=", "a;=b", "a;b=\"c", "a;b=\"c\\", "a;b=c;B=d", "ü", "a;b=c d",
    ])
    func refusesHeaderValues(text: String) {
        #expect(HeaderValue(parsing: text) == nil)
    }
}
