import Anchoring
import FabricMessages

/// What is sent next, as the bytes that the caller keeps: a byte that says which call, and its request.
enum GatewayStep {
    /// Peers are asked to run the chaincode; nothing is committed to.
    case endorse(FabricEndorseRequest)
    /// The endorsed and signed transaction goes to be ordered: from here on as the same bytes, whatever happens.
    case submit(FabricSubmitRequest)

    /// - Throws: ``OutsiderError`` with code `.misconfigured` for bytes that no version of this adapter made.
    init(_ bytes: [UInt8]) throws(OutsiderError) {
        do throws(FabricError) {
            switch bytes.first {
            case 1: self = .endorse(try FabricWire.message(Array(bytes.dropFirst()), "a proposal"))
            case 2: self = .submit(try FabricWire.message(Array(bytes.dropFirst()), "a transaction"))
            default: throw FabricError(.malformed, "It is of no known step.")
            }
        } catch {
            throw OutsiderError(
                .misconfigured,
                "What was kept to be sent to the network is unreadable: \(error.message)"
            )
        }
    }

    var bytes: [UInt8] {
        switch self {
        case .endorse(let request): [1] + FabricWire.bytes(request)
        case .submit(let request): [2] + FabricWire.bytes(request)
        }
    }
}
