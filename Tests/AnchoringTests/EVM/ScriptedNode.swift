import Anchoring
import Foundation
import Synchronization

/// A node that answers what a test says, in JSON, by method; a method without an answer is a connection that breaks.
final class ScriptedNode: Sendable {
    private let answers: Mutex<[String: String]>
    private let asked = Mutex<[String]>([])

    /// - Parameter answers: Whole replies begin with `{"jsonrpc"` or `{"error"`; anything else is a result.
    init(_ answers: [String: String] = [:]) {
        let standard = [
            "eth_chainId": "\"0x5\"", "eth_estimateGas": "\"0xc350\"", "eth_gasPrice": "\"0x3b9aca00\"",
            "eth_getTransactionCount": "\"0x05\"", "eth_getTransactionReceipt": "null",
            "eth_getTransactionByHash": "null", "eth_sendRawTransaction": "\"0x00\"", "eth_getCode": "\"0x00\"",
            "eth_getBlockReceipts": #"{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}}"#,
        ]
        self.answers = Mutex(standard.merging(answers) { $1 })
    }

    func set(_ method: String, _ answer: String?) { answers.withLock { $0[method] = answer } }

    /// The methods asked so far.
    var methods: [String] { asked.withLock(\.self) }

    struct Broken: Error {}

    var exchange: HTTPExchange {
        { [self] request in
            let question = try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
            let method = question?["method"] as? String ?? ""
            asked.withLock { $0.append(method) }
            guard let answer = answers.withLock({ $0[method] }) else { throw Broken() }
            let isWhole = answer.hasPrefix("{\"jsonrpc\"") || answer.hasPrefix("{\"error\"")
            let reply = isWhole ? answer : #"{"jsonrpc":"2.0","id":1,"result":\#(answer)}"#
            return IncomingResponse(status: 200, headers: [:], body: Array(reply.utf8))
        }
    }
}
