/// Why a file is not decoded to a picture.
public struct MediaError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable, CaseIterable {
        /// The signature bytes are of no format that Cinnabar decodes, or the format's variant is not one of them.
        case unsupportedFormat
        /// Truncated or damaged. A part of a picture is never fingerprinted.
        case malformed
        /// More pixels than ``DecodeLimits/pixels``.
        case tooManyPixels
        /// A side is shorter than ``Fingerprints/LumaPlane/minimumSide``: no fingerprint is defined for it.
        case tooFewPixels
        /// More bytes than ``DecodeLimits/inputBytes``.
        case tooManyBytes
        /// Decoding asked for more memory than ``DecodeLimits/memoryBytes``.
        case outOfMemory
        /// Decoding took longer than ``DecodeLimits/seconds``.
        case timedOut
        /// The decoder process ended or answered nonsense while it worked on this file.
        case decoderDied
        /// No decoder process can be started, or the pool is shut down.
        case decoderUnavailable
        /// Too many files wait already.
        case busy
    }

    public let code: Code
    /// What happened, for a person.
    public let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "MediaError.\(code): \(message)" }
}
