import SwiftASN1

/// A TimeStampResp that refuses: PKIStatusInfo without a token (RFC 3161, 2.4.2).
struct TimestampRejection {
    /// PKIFailureInfo: positions in its bit string.
    private enum FailureInfo: Int {
        case badAlg = 0, badRequest = 2, badDataFormat = 5, unacceptedPolicy = 15, unacceptedExtension = 16
        case systemFailure = 25
    }

    private let info: FailureInfo
    private let text: String

    init(_ error: TimestampError) {
        text = error.message
        info =
            switch error.code {
            case .unsupportedDigest: .badAlg
            case .policyMismatch: .unacceptedPolicy
            case .unsupportedExtension: .unacceptedExtension
            case .malformed, .trailingBytes: .badDataFormat
            default: .badRequest
            }
    }

    private init(info: FailureInfo, text: String) {
        self.info = info
        self.text = text
    }

    static let systemFailure = Self(info: .systemFailure, text: "The authority could not sign.")

    var der: [UInt8] {
        var serializer = DER.Serializer()
        serializer.appendConstructedNode(identifier: .sequence) { response in
            response.appendConstructedNode(identifier: .sequence) { status in
                // PKIStatus rejection.
                status.appendPrimitiveNode(identifier: .integer) { $0.append(2) }
                status.appendConstructedNode(identifier: .sequence) { texts in
                    texts.appendPrimitiveNode(identifier: .utf8String) { $0.append(contentsOf: Array(text.utf8)) }
                }
                status.appendPrimitiveNode(identifier: .bitString) { $0.append(contentsOf: bits) }
            }
        }
        return serializer.serializedBytes
    }

    /// One bit set; DER leaves out the zeros after it and counts those that fill its byte.
    private var bits: [UInt8] {
        let (byte, bit) = info.rawValue.quotientAndRemainder(dividingBy: 8)
        return [UInt8(7 - bit)] + [UInt8](repeating: 0, count: byte) + [0x80 >> UInt8(bit)]
    }
}
