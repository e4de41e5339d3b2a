import Anchoring
import FabricMessages
import SwiftProtobuf

/// Calls of gateway.Gateway.
struct GatewayConnection: Sendable {
    let connection: GRPCConnection

    func endorse(_ request: FabricEndorseRequest) async throws -> FabricEndorseResponse {
        try await call("Endorse", request)
    }

    func submit(_ request: FabricSubmitRequest) async throws {
        let _: FabricSubmitResponse = try await call("Submit", request)
    }

    /// Waits until the transaction is committed; `nil` if it was not in time.
    func commitStatus(_ request: FabricSignedCommitStatusRequest) async throws -> FabricCommitStatusResponse? {
        do {
            return try await call("CommitStatus", request)
        } catch let failure as GatewayFailure {
            guard failure.isTimeout else { throw failure }
            return nil
        }
    }

    private func call<Answer: Message>(_ method: String, _ request: some Message) async throws -> Answer {
        let bytes: [UInt8]
        do {
            bytes = try await connection.answer(to: FabricWire.bytes(request), at: "/gateway.Gateway/\(method)")
        } catch let status as GRPCStatus {
            throw GatewayFailure(status, method: method)
        }
        do {
            return try FabricWire.message(bytes, "the gateway's answer to \(method)")
        } catch {
            throw OutsiderError(.invalidAnswer, error.message)
        }
    }
}
