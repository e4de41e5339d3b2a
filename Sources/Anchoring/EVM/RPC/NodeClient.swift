import Bytes
import FoundationEssentials

/// Asks one node of a chain by JSON-RPC over HTTP. What nodes write differently is told apart in ``NodeRefusal``,
/// ``HexNumber`` and the optional members of what they give; nobody above this sees a difference.
struct NodeClient: Sendable {
    /// Where a question about the chain's state is asked.
    enum Tag: String, Sendable {
        case latest, pending, finalized
    }

    enum Parameter: Encodable, Sendable {
        case text(String)
        case flag(Bool)
        case members([String: String])

        func encode(to encoder: any Encoder) throws {
            var content = encoder.singleValueContainer()
            switch self {
            case .text(let text): try content.encode(text)
            case .flag(let flag): try content.encode(flag)
            case .members(let members): try content.encode(members)
            }
        }
    }

    private struct Question: Encodable {
        let jsonrpc = "2.0"
        let id = 1
        let method: String
        let params: [Parameter]
    }

    private struct Reply<Result: Decodable>: Decodable {
        struct Failure: Decodable {
            let message: String?
            /// A text in some nodes, an object in others: only texts are looked at.
            let data: Loose?
        }

        struct Loose: Decodable {
            let text: String?

            init(from decoder: any Decoder) throws { text = try? decoder.singleValueContainer().decode(String.self) }
        }

        let result: Result?
        let error: Failure?
    }

    /// Small answers: numbers, one receipt.
    static let answerLimitBytes = 1 << 20
    /// A block with its transactions: 10 MiB of them are twice as many digits, and names.
    static let blockLimitBytes = 64 << 20

    let url: String
    let exchange: HTTPExchange

    /// The answer; `nil` for `null`.
    ///
    /// - Throws: ``NodeRefusal`` when the node says no; ``OutsiderError`` with code `.unreachable` or
    ///   `.invalidAnswer`.
    func ask<Result: Decodable>(
        _ method: String,
        _ parameters: [Parameter] = [],
        limitBytes: Int = answerLimitBytes
    ) async throws -> Result? {
        let body = try JSONEncoder().encode(Question(method: method, params: parameters))
        let response: IncomingResponse
        do {
            response = try await exchange(
                OutgoingRequest(
                    url: url,
                    method: "POST",
                    headers: ["content-type": "application/json", "accept": "application/json"],
                    body: Array(body),
                    responseLimitBytes: limitBytes
                )
            )
        } catch {
            throw OutsiderError(.unreachable, "The node did not answer \(method). Look whether it runs. \(error)")
        }
        // Errors come with any status, so the body decides; without one the status is all there is.
        let reply: Reply<Result>
        do {
            reply = try JSONDecoder().decode(Reply<Result>.self, from: Data(response.body))
        } catch {
            guard response.status == 200 else {
                throw OutsiderError(.unreachable, "The node answered \(method) with HTTP status \(response.status).")
            }
            throw OutsiderError(.invalidAnswer, "What the node answered to \(method) does not read: \(error)")
        }
        if let failure = reply.error {
            throw NodeRefusal(message: failure.message ?? "", data: failure.data?.text)
        }
        guard response.status == 200 else {
            throw OutsiderError(.unreachable, "The node answered \(method) with HTTP status \(response.status).")
        }
        return reply.result
    }

    /// The answer, which may not be `null`.
    func need<Result: Decodable>(_ method: String, _ parameters: [Parameter] = []) async throws -> Result {
        guard let result: Result = try await ask(method, parameters) else {
            throw OutsiderError(.invalidAnswer, "The node answered nothing to \(method).")
        }
        return result
    }
}
