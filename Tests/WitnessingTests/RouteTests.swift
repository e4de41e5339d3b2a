import Anchoring
import Bytes
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import MerkleLog
import NIOCore
import OpenSSL
import Testing
import Witnessing

struct RouteTests {
    private func withClient(
        _ logs: TestLog...,
        body: @escaping @Sendable (any TestClientProtocol, Witness) async throws -> Void
    ) async throws {
        let scratch = try WitnessScratch()
        for log in logs { try Witness.add(log: log.key.verifierKey.text, to: scratch.path, nowSeconds: 1) }
        let witness = try scratch.open()
        let application = makeWitnessApplication(witness, host: "127.0.0.1", port: 0, logger: Logger(label: "test"))
        try await application.test(.live) { try await body($0, witness) }
    }

    @Test func speaksTheProtocol() async throws {
        let log = try TestLog()
        try await withClient(log) { client, witness in
            let exchange: HTTPExchange = { outgoing in
                #expect(outgoing.url == "http://witness/add-checkpoint")
                let body = ByteBuffer(bytes: outgoing.body)
                let answer = try await client.executeRequest(
                    uri: "/add-checkpoint",
                    method: .post,
                    headers: [:],
                    body: body
                )
                return IncomingResponse(
                    status: answer.status.code,
                    headers: ["content-type": answer.headers[.contentType] ?? ""],
                    body: Array(answer.body.readableBytesView)
                )
            }
            let logClient = WitnessClient(submissionPrefix: "http://witness", keys: [witness.key], exchange: exchange)
            guard case .cosigned(let cosignatures) = try await logClient.submit(log.request(0, 70)) else {
                Issue.record("no cosignature")
                return
            }
            #expect(cosignatures.map(\.key) == [witness.key])
            #expect(try await logClient.submit(log.request(0, 90)) == .conflict(TreeSize(70)))
            #expect(try await logClient.submit(TestLog("other.example").request(0, 9)) == .refused(.unknownLog))
            #expect(try await logClient.submit(TestLog(seed: 9).request(70, 80)) == .refused(.untrustedSignature))
            #expect(try await logClient.submit(TestLog(fork: 9).request(70, 80)) == .refused(.invalidProof))
        }
    }

    @Test func showsWhatItCosignedLast() async throws {
        let log = try TestLog()
        try await withClient(log) { client, witness in
            let path = "/checkpoint/\(SHA256.digest(of: Array(log.key.name.utf8)).hex)"
            let before = try await client.executeRequest(uri: path, method: .get, headers: [:], body: nil)
            #expect(before.status == .notFound)
            _ = try witness.answer(to: log.request(0, 70).bytes)
            let after = try await client.executeRequest(uri: path, method: .get, headers: [:], body: nil)
            let note = try SignedNote(parsing: Array(after.body.readableBytesView))
            let verified = try note.verifiedCheckpoint(log: log.key.verifierKey, witnesses: [witness.key])
            #expect(verified.checkpoint.size == TreeSize(70) && verified.cosignatures.count == 1)
            let other = try await client.executeRequest(uri: "/checkpoint/x", method: .get, headers: [:], body: nil)
            #expect(other.status == .notFound)
        }
    }

    @Test func bodiesHaveALimit() async throws {
        try await withClient(try TestLog()) { client, _ in
            for (count, status) in [(AddCheckpointRequest.limitBytes, 400), (AddCheckpointRequest.limitBytes + 1, 413)]
            {
                let body = ByteBuffer(repeating: 0x0A, count: count)
                let answer = try await client.executeRequest(
                    uri: "/add-checkpoint",
                    method: .post,
                    headers: [:],
                    body: body
                )
                #expect(answer.status.code == status)
            }
        }
    }

    @Test func tellsItsHealthAndMetrics() async throws {
        let log = try TestLog()
        try await withClient(log) { client, witness in
            _ = try witness.answer(to: log.request(0, 70).bytes)
            let health = try await client.executeRequest(uri: "/healthz", method: .get, headers: [:], body: nil)
            #expect(health.status == .ok)
            #expect(String(buffer: health.body) == #"{"status":"ok","logs":1,"failing":0}"# + "\n")
            let metrics = try await client.executeRequest(uri: "/metrics", method: .get, headers: [:], body: nil)
            #expect(String(buffer: metrics.body).contains(#"cinnabar_witness_size{origin="log.example/a"} 70"#))
            let other = try await client.executeRequest(uri: "/add-checkpoint", method: .get, headers: [:], body: nil)
            #expect(other.status.code == 404 || other.status.code == 405)
        }
    }
}
