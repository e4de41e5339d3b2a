import Anchoring
import Bytes
import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix

/// What a witness answers over HTTP.
struct WitnessRoutes: Sendable {
    let witness: Witness
    /// Where writes to disk wait.
    let threads: NIOThreadPool

    var router: Router<BasicRequestContext> {
        let router = Router()
        router.post("/\(AddCheckpointRequest.path)") { request, _ in try await add(request) }
        router.get("/checkpoint/:origin") { _, context in
            guard let note = witness.checkpoint(ofOriginDigest: context.parameters.get("origin") ?? "") else {
                return Self.response(.notFound, Self.text, Array("Nothing of such a log was cosigned yet.\n".utf8))
            }
            return Self.response(.ok, Self.text, note)
        }
        router.get("/healthz") { _, _ in health }
        router.get("/metrics") { _, _ in metrics }
        return router
    }

    private func add(_ request: Request) async throws -> Response {
        // Larger ones end here, with status 413.
        let body = try await request.body.collect(upTo: AddCheckpointRequest.limitBytes)
        let bytes = Array(body.readableBytesView)
        do {
            let answer = try await threads.runIfActive { try witness.answer(to: bytes) }
            return Self.response(.init(code: answer.status), answer.contentType, answer.body)
        } catch is WitnessingError {
            return Self.response(.serviceUnavailable, Self.text, Array("The witness cannot cosign now.\n".utf8))
        }
    }

    private var health: Response {
        let failed = witness.status.filter { $0.failure != nil }
        let body =
            #"{"status":"\#(failed.isEmpty ? "ok" : "failing")","logs":\#(witness.status.count),"#
            + #""failing":\#(failed.count)}"# + "\n"
        let status: HTTPResponse.Status = failed.isEmpty ? .ok : .serviceUnavailable
        return Self.response(status, "application/json", Array(body.utf8))
    }

    /// Prometheus's text format.
    private var metrics: Response {
        let families: [(String, String, String, (LogStatus) -> UInt64)] = [
            ("size", "gauge", "Leaves of the checkpoint cosigned last.", { $0.size }),
            ("cosigned_total", "counter", "Checkpoints cosigned since the start.", { UInt64($0.cosignedCount) }),
            ("conflicts_total", "counter", "Requests from another size or root.", { UInt64($0.conflictCount) }),
            ("refused_total", "counter", "Requests that are wrong or prove nothing.", { UInt64($0.refusedCount) }),
            ("forks_total", "counter", "Checkpoints that contradict one cosigned.", { UInt64($0.forkCount) }),
            ("failing", "gauge", "1 when nothing is cosigned until a restart.", { $0.failure == nil ? 0 : 1 }),
        ]
        let status = witness.status
        let text = families.map { name, kind, help, value in
            let name = "cinnabar_witness_\(name)"
            return "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
                + status.map { "\(name){origin=\"\(Self.escaped($0.origin))\"} \(value($0))\n" }.joined()
        }
        return Self.response(.ok, "text/plain; version=0.0.4; charset=utf-8", Array(text.joined().utf8))
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }

    private static let text = "text/plain; charset=utf-8"

    private static func response(_ status: HTTPResponse.Status, _ type: String, _ body: [UInt8]) -> Response {
        Response(
            status: status,
            headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        )
    }
}
