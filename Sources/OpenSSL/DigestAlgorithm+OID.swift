extension DigestAlgorithm {
    /// Object identifier, numbers joined by dots.
    public var oid: String {
        switch self {
        case .sha256: "2.16.840.1.101.3.4.2.1"
        case .sha384: "2.16.840.1.101.3.4.2.2"
        case .sha512: "2.16.840.1.101.3.4.2.3"
        case .sm3: "1.2.156.10197.1.401"
        }
    }

    /// - Returns: `nil` for an algorithm that Cinnabar does not compute.
    public init?(oid: String) {
        guard let algorithm = Self.allCases.first(where: { $0.oid == oid }) else { return nil }
        self = algorithm
    }
}
