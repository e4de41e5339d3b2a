import Anchoring
import FabricMessages
import FoundationEssentials
import SwiftProtobuf

/// A call that the gateway refused or did not answer, with what the peers and orderers behind it said.
struct GatewayFailure: Error {
    let outsider: OutsiderError
    /// It took longer than it may.
    let isTimeout: Bool

    /// So many of the peers' own texts are named.
    private static let detailLimit = 5
    /// Characters of a text that came from outside.
    private static let textLimit = 300

    init(_ status: GRPCStatus, method: String) {
        typealias Code = GRPCStatus.Code
        isTimeout = status.code == Code.deadlineExceeded
        let code: OutsiderError.Code =
            switch status.code {
            case Code.unavailable, Code.deadlineExceeded, Code.cancelled, Code.internal, Code.unknown: .unreachable
            case Code.unauthenticated, Code.permissionDenied, Code.invalidArgument, Code.unimplemented: .misconfigured
            default: .refused
            }
        let details = Self.details(status.details).joined(separator: "; ")
        outsider = OutsiderError(
            code,
            "The gateway's \(method) failed (gRPC status \(status.code)): \(Self.text(status.message))"
                + (details.isEmpty ? "" : ": \(details)") + Self.advice(code)
        )
    }

    private static func advice(_ code: OutsiderError.Code) -> String {
        switch code {
        case .unreachable: ". Look whether the peer runs and the URL, the TLS roots and the server name are right."
        case .misconfigured: ". Look at the organization, its certificate and key, the channel and the chaincode."
        case .refused, .invalidAnswer: ". Look at the channel, the chaincode and the peers' logs."
        }
    }

    /// google.rpc.Status in a trailer holds an EndpointError of each peer that failed.
    private static func details(_ bytes: [UInt8]?) -> [String] {
        guard let bytes, let status: RPCStatus = try? FabricWire.message(bytes, "a status") else { return [] }
        return status.details.prefix(detailLimit).compactMap { detail in
            guard detail.typeURL.hasSuffix("/gateway.EndpointError"),
                let error: FabricEndpointError = try? FabricWire.message(Array(detail.value), "an error")
            else { return nil }
            return "\(text(error.address)) (\(text(error.mspID))): \(text(error.message))"
        }
    }

    /// One line of printable characters.
    private static func text(_ text: String) -> String {
        String(text.prefix(textLimit).map { $0.isNewline || $0.asciiValue.map { $0 < 0x20 } == true ? " " : $0 })
    }
}
