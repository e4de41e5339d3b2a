public import OpenSSL

/// What an authority is asked for, and what its tokens must be beside sound.
public struct TimestampDemands: Sendable, Equatable {
    /// Two clocks that are both kept by NTP differ by far less; a token further off is of no use to anyone.
    public static let standardClockSkewSeconds: Int64 = 300

    /// Of the imprint.
    public var algorithm: DigestAlgorithm
    /// The policy that the token must be under, numbers joined by dots; `nil` leaves the choice to the authority.
    public var policy: String?
    /// Whether a random number must come back. Without one an old token passes for a new one.
    public var usesNonce: Bool
    /// The token must state an accuracy, and one no worse than this; `nil` takes any, and none.
    public var accuracyLimitSeconds: Double?
    /// How far the authority's clock may be from ours, beside the token's own accuracy; `nil` takes any time.
    public var clockSkewLimitSeconds: Int64?

    public init(
        algorithm: DigestAlgorithm = .sha256,
        policy: String? = nil,
        usesNonce: Bool = true,
        accuracyLimitSeconds: Double? = nil,
        clockSkewLimitSeconds: Int64? = nil
    ) {
        self.algorithm = algorithm
        self.policy = policy
        self.usesNonce = usesNonce
        self.accuracyLimitSeconds = accuracyLimitSeconds
        self.clockSkewLimitSeconds = clockSkewLimitSeconds
    }

    /// Whether a text is an object identifier: numbers joined by dots.
    public static func isPolicy(_ text: String) -> Bool {
        text.utf8.count <= policyLimitBytes && ObjectIdentifierText.der(text) != nil
    }

    private static let policyLimitBytes = 256

    /// - Parameter seconds: Our own clock around the exchange, since 1970.
    /// - Throws: ``TimestampError`` with code `.accuracyInsufficient` or `.clockSkewed`.
    func check(_ token: TimestampToken, between seconds: ClosedRange<Int64>) throws(TimestampError) {
        if let limit = accuracyLimitSeconds {
            guard let accuracy = token.accuracySeconds, accuracy <= limit else {
                let stated = token.accuracySeconds.map { "an accuracy of \($0) seconds" } ?? "no accuracy"
                throw TimestampError(.accuracyInsufficient, "The timestamp states \(stated); \(limit) are demanded.")
            }
        }
        guard let limit = clockSkewLimitSeconds else { return }
        // An accuracy beyond a day says nothing, and would not convert.
        let tolerance = limit + Int64(min(max(token.accuracySeconds ?? 0, 0), 86_400).rounded(.up))
        let distance = max(seconds.lowerBound - token.genTimeSeconds, token.genTimeSeconds - seconds.upperBound)
        guard distance <= tolerance else {
            let side = token.genTimeSeconds < seconds.lowerBound ? "behind" : "ahead of"
            throw TimestampError(
                .clockSkewed,
                "The authority's clock is \(distance) seconds \(side) ours, and \(limit) are allowed. See which of the "
                    + "two is wrong: by ours it was \(seconds.upperBound) seconds since 1970."
            )
        }
    }
}
