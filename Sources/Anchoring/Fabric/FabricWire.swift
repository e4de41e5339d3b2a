public import SwiftProtobuf

/// Fabric's messages as bytes, within limits.
public enum FabricWire {
    /// The deepest message has four levels.
    private static let depthLimit = 16

    /// - Parameter what: For the error's sentence: what the bytes should be.
    /// - Throws: ``FabricError`` with code `.malformed`.
    public static func message<Content: Message>(_ bytes: [UInt8], _ what: String) throws(FabricError) -> Content {
        var options = BinaryDecodingOptions()
        options.messageDepthLimit = depthLimit
        do {
            return try Content(serializedBytes: bytes, options: options)
        } catch {
            throw FabricError(.malformed, "What should be \(what) is not a message of Hyperledger Fabric.")
        }
    }

    /// Encoding fails only for required fields that are not set, and the third version of protobuf has none.
    public static func bytes(_ message: some Message) -> [UInt8] {
        guard let bytes: [UInt8] = try? message.serializedBytes() else {
            preconditionFailure("A message without required fields did not encode.")
        }
        return bytes
    }
}
