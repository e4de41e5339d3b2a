import Bytes
import Foundation

extension ISCC {
    /// A Meta-Code, and what it was made of after cleaning.
    public struct Meta: Sendable {
        public let unit: ISCCUnit
        /// One line of at most 128 bytes.
        public let name: String
        /// At most 4,096 bytes; empty without one.
        public let description: String
        /// `data:` URL of the metadata; `nil` without any.
        public let metadataURL: String?
        /// BLAKE3 of the metadata, or else of name and description, as a multihash in hexadecimal digits.
        public let metadataHash: String
    }

    /// The Meta-Code of a work's title with its description or metadata.
    ///
    /// - Parameter bits: A multiple of 32, at most 256.
    /// - Throws: ``FingerprintError`` with code `.noISCC` when no title is left after cleaning, or the metadata is longer
    ///   than 128,000 bytes.
    public static func metaCode(
        name: String,
        description: String = "",
        metadata: ISCCMetadata? = nil,
        bits: Int = digestBits
    ) throws(FingerprintError) -> Meta {
        let name = DisplayText.trimmed(DisplayText.oneLine(DisplayText.cleaned(name)), toBytes: nameBytes)
        guard !name.isEmpty else { throw .noISCC("A Meta-Code needs a title.") }
        let description = DisplayText.trimmed(DisplayText.cleaned(description), toBytes: descriptionBytes)
        let nameDigest = SimHash.digest(of: textFeatures(name))
        var digest = nameDigest
        let hashed: [UInt8]
        if let metadata {
            guard metadata.payload.count <= payloadBytes else {
                throw .noISCC("The metadata has \(metadata.payload.count) bytes; a Meta-Code takes \(payloadBytes).")
            }
            hashed = metadata.payload
            if !hashed.isEmpty { digest = woven(nameDigest, SimHash.digest(of: byteFeatures(hashed))) }
        } else {
            hashed = Array(DisplayText.stripped(name + " " + description).utf8)
            if !description.isEmpty { digest = woven(nameDigest, SimHash.digest(of: textFeatures(description))) }
        }
        return Meta(
            unit: ISCCUnit(.meta, digest: digest, bits: bits),
            name: name,
            description: description,
            metadataURL: metadata?.url,
            metadataHash: Hex.encode(multihashPrefix + BLAKE3.hash(hashed))
        )
    }

    /// The multihash prefix of a BLAKE3 digest of 32 bytes.
    static let multihashPrefix: [UInt8] = [0x1E, 0x20]

    private static let nameBytes = 128
    private static let descriptionBytes = 4096
    private static let payloadBytes = 128_000
    private static let textWindow = 3
    private static let byteWindow = 4

    private static func textFeatures(_ text: String) -> [[UInt8]] {
        let (bytes, starts) = CollapsedText(text).encoded
        let count = starts.count - 1
        return (0..<max(count - textWindow + 1, 1)).map { first in
            BLAKE3.hash(Array(bytes[starts[first]..<starts[min(first + textWindow, count)]]))
        }
    }

    private static func byteFeatures(_ bytes: [UInt8]) -> [[UInt8]] {
        (0..<max(bytes.count - byteWindow + 1, 1)).map { first in
            BLAKE3.hash(Array(bytes[first..<min(first + byteWindow, bytes.count)]))
        }
    }

    /// Four bytes of one and four of the other in turn, from the first half of each.
    private static func woven(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
        stride(from: 0, to: first.count / 2, by: 4).flatMap { first[$0..<$0 + 4] + second[$0..<$0 + 4] }
    }
}
