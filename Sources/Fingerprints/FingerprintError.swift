/// Why a picture has no fingerprint.
public struct FingerprintError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// Fewer than ``LumaPlane/minimumSide`` rows or columns.
        case planeTooSmall
        /// The number of pixels is not width × height.
        case sizeMismatch
    }

    public let code: Code
    /// What is wrong with the picture, for the person who sent it.
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

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "FingerprintError.\(code): \(message)" }
}
