import Bytes
import Foundation

/// Headers of blocks beside a proof, by height: `{"800001": "<160 hexadecimal digits>"}`.
///
/// Who looks at a proof later needs no node then; they compare one hash with a node or explorer of their choice.
public struct BitcoinHeaders: Sendable, Equatable {
    public var byHeight: [UInt64: BitcoinHeader]

    /// More headers than one proof needs.
    public static let countLimit = 64
    /// Its JSON, with room for white space.
    public static let byteLimit = 32_768

    public init(_ byHeight: [UInt64: BitcoinHeader] = [:]) { self.byHeight = byHeight }

    /// - Throws: ``OTSError`` with `.malformedHeader` or `.tooLarge`.
    public init(json: [UInt8]) throws(OTSError) {
        guard json.count <= Self.byteLimit else {
            throw OTSError(.tooLarge, "Headers of \(json.count) bytes are past the limit of \(Self.byteLimit).")
        }
        guard let texts = try? JSONDecoder().decode([String: String].self, from: Data(json)),
            texts.count <= Self.countLimit
        else { throw OTSError(.malformedHeader, "Headers are an object from heights to hexadecimal text.") }
        byHeight = [:]
        for (key, text) in texts {
            guard let height = UInt64(key), String(height) == key, let bytes = Hex.decode(text) else {
                throw OTSError(.malformedHeader, "The header under \"\(key.prefix(20))\" is not readable.")
            }
            byHeight[height] = try BitcoinHeader(bytes: bytes)
        }
    }

    /// In the order of heights, one line each.
    public var json: [UInt8] {
        let lines = byHeight.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\(Hex.encode($0.value.bytes))\"" }
        return Array("{\(lines.joined(separator: ",\n"))}\n".utf8)
    }

    /// Both together; `nil` when they differ at some height.
    public func union(_ other: Self) -> Self? {
        for (height, header) in other.byHeight where byHeight[height] ?? header != header { return nil }
        return Self(byHeight.merging(other.byHeight) { first, _ in first })
    }
}
