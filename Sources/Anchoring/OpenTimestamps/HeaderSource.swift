import Bytes
import Foundation

/// Where block headers are fetched: an explorer's API or a node of one's own. It is believed about nothing but
/// availability: a header that a proof leads to is kept beside the proof for others to compare.
public struct HeaderSource: Sendable {
    public enum API: String, Sendable, CaseIterable {
        /// `GET /block-height/<n>`, `GET /block/<hash>/header`.
        case esplora
        /// Bitcoin's JSON-RPC: `getblockhash`, `getblockheader`; user and password may stand in the URL.
        case node
    }

    private let api: API
    private let url: String
    private let authorization: String?
    private let exchange: HTTPExchange

    /// A hash or a header with its wrapping.
    private static let answerLimitBytes = 4_096

    /// - Throws: ``OutsiderError`` with `.misconfigured`.
    public init(_ api: API, url: String, exchange: @escaping HTTPExchange) throws {
        self.api = api
        self.exchange = exchange
        let url = url.hasSuffix("/") ? String(url.dropLast()) : url
        guard let schemeEnd = url.firstRange(of: "://")?.upperBound else {
            throw OutsiderError(.misconfigured, "The source of headers needs a URL with http:// or https://.")
        }
        let authority = url[schemeEnd...].prefix { $0 != "/" }
        if let at = authority.lastIndex(of: "@") {
            let credentials = authority[..<at].removingPercentEncoding ?? String(authority[..<at])
            authorization = "Basic \(Base64.encode(Array(credentials.utf8)))"
            self.url = String(url[..<schemeEnd] + url[url.index(after: at)...])
        } else {
            authorization = nil
            self.url = url
        }
    }

    /// The header of the block of this height in the chain that the source follows.
    ///
    /// - Throws: ``OutsiderError`` with `.unreachable`, `.refused` or `.invalidAnswer`.
    public func header(at height: UInt64) async throws -> BitcoinHeader {
        let hash: String
        let text: String
        switch api {
        case .esplora:
            hash = try await fetched("block-height/\(height)")
            guard Digest256(hex: hash) != nil else { throw Self.unreadable }
            text = try await fetched("block/\(hash)/header")
        case .node:
            hash = try await called("getblockhash", [.number(height)])
            text = try await called("getblockheader", [.text(hash), .flag(false)])
        }
        guard let bytes = Hex.decode(text), let header = try? BitcoinHeader(bytes: bytes), header.hash == hash else {
            throw Self.unreadable
        }
        return header
    }

    private func fetched(_ path: String) async throws -> String {
        let body = try await answer("GET", "\(url)/\(path)", [])
        return String(decoding: body, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func called(_ method: String, _ parameters: [Parameter]) async throws -> String {
        let call = Call(method: method, params: parameters)
        let body = try await answer("POST", "\(url)/", Array(JSONEncoder().encode(call)))
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(body)) else { throw Self.unreadable }
        return answer.result
    }

    private func answer(_ method: String, _ url: String, _ body: [UInt8]) async throws -> [UInt8] {
        var headers: [String: String] = [:]
        if method == "POST" { headers["content-type"] = "application/json" }
        if let authorization { headers["authorization"] = authorization }
        let request = OutgoingRequest(
            url: url,
            method: method,
            headers: headers,
            body: body,
            responseLimitBytes: Self.answerLimitBytes
        )
        let response: IncomingResponse
        do { response = try await exchange(request) } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw OutsiderError(.unreachable, "The source of block headers did not answer; it is asked again.")
        }
        guard response.status == 200 else {
            throw OutsiderError(
                .refused,
                "The source of block headers answered with HTTP status \(response.status); a new block may not have reached it."
            )
        }
        return response.body
    }

    private static let unreadable = OutsiderError(
        .invalidAnswer,
        "The source of block headers answered by something that is no header with the hash it named."
    )

    private struct Call: Encodable {
        let jsonrpc = "1.0"
        let id = "cinnabar"
        let method: String
        let params: [Parameter]
    }

    private enum Parameter: Encodable {
        case number(UInt64)
        case text(String)
        case flag(Bool)

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .number(let number): try container.encode(number)
            case .text(let text): try container.encode(text)
            case .flag(let flag): try container.encode(flag)
            }
        }
    }

    private struct Answer: Decodable { let result: String }
}
