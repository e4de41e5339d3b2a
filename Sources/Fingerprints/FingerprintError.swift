/// Why something has no fingerprint, or a fingerprint cannot be read.
public struct FingerprintError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// Fewer than ``LumaPlane/minimumSide`` rows or columns.
        case planeTooSmall
        /// The number of pixels is not width × height.
        case sizeMismatch
        /// It is no ISCC, or not one of the kind asked for.
        case malformedISCC
        /// There is nothing to make an ISCC of, or what there is does not fit together.
        case noISCC
    }

    public let code: Code
    /// What is wrong, for the person who sent it.
    public let message: String

    static func planeTooSmall(width: Int, height: Int) -> Self {
        let side = LumaPlane.minimumSide
        return Self(
            code: .planeTooSmall,
            message: "The picture has \(width) × \(height) pixels; a fingerprint needs at least \(side) × \(side)."
        )
    }

    static func sizeMismatch(width: Int, height: Int, count: Int) -> Self {
        Self(code: .sizeMismatch, message: "The plane holds \(count) pixels, which is not \(width) × \(height).")
    }

    static func malformedISCC(_ message: String) -> Self { Self(code: .malformedISCC, message: message) }

    static func noISCC(_ message: String) -> Self { Self(code: .noISCC, message: message) }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "FingerprintError.\(code): \(message)" }
}
