import Dispatch
import Evidence
import Hummingbird
import NIOCore
import ServiceLifecycle

extension Response {
    /// Work that takes its time and a thread of its own, told as it goes: lines of JSON (NDJSON), each
    /// `{"progress": …}`, and at the end one `{"result": …}` or `{"problem": {"code", "detail"}}`.
    ///
    /// A server that is told to stop does not wait for it: the lines end without a result.
    init(workLines work: @escaping @Sendable (_ progress: @escaping @Sendable (JSONValue) -> Void) throws -> JSONValue)
    {
        let body = ResponseBody { writer in
            let lines = AsyncStream<JSONValue>(bufferingPolicy: .bufferingNewest(16)) { lines in
                DispatchQueue(label: "cinnabar.control.work").async {
                    do {
                        lines.yield(["result": try work { lines.yield(["progress": $0]) }])
                    } catch {
                        let problem = Problem(error)
                        lines.yield(["problem": ["code": .string(problem.code), "detail": .string(problem.detail)]])
                    }
                    lines.finish()
                }
            }
            for try await line in lines.cancelOnGracefulShutdown() {
                try await writer.write(ByteBuffer(bytes: line.encoded(.compact) + [UInt8(ascii: "\n")]))
            }
            try await writer.finish(nil)
        }
        self.init(
            status: .ok,
            headers: [.contentType: "application/x-ndjson", .cacheControl: "no-store"],
            body: body
        )
    }
}
