import Bytes
import NIOHPACK

/// How a call of gRPC ended, from its trailers.
///
/// Source: gRPC's "PROTOCOL-HTTP2" and "Status codes and their use".
struct GRPCStatus: Error {
    /// The published codes that are told apart here; every other number is kept as it is.
    enum Code {
        static let cancelled = 1
        static let unknown = 2
        static let invalidArgument = 3
        static let deadlineExceeded = 4
        static let permissionDenied = 7
        static let unimplemented = 12
        static let `internal` = 13
        static let unavailable = 14
        static let unauthenticated = 16
    }

    let code: Int
    let message: String
    /// The bytes of a google.rpc.Status.
    let details: [UInt8]?

    init(_ code: Int, _ message: String) {
        self.code = code
        self.message = message
        details = nil
    }

    /// - Returns: `nil` if there is no status among `trailers`.
    init?(trailers: HPACKHeaders) {
        guard let code = trailers.first(name: "grpc-status").flatMap({ Int($0) }) else { return nil }
        self.code = code
        message = trailers.first(name: "grpc-message").map(Self.decoded) ?? ""
        details = trailers.first(name: "grpc-status-details-bin").flatMap { text in
            Base64.decode(text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4))
        }
    }

    /// Bytes that are not printable ASCII come as `%` and two hex digits.
    private static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), let value = Hex.decode(digits.lowercased())?.first {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
