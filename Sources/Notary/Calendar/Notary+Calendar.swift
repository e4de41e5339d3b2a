import Bytes

extension Notary {
    /// The longest digest that a calendar takes, in bytes.
    public static let calendarDigestLimitBytes = DigestCalendar.digestLimitBytes

    /// Promises to carry a stranger's digest on, as an OpenTimestamps calendar does.
    ///
    /// - Returns: The timestamp to answer with.
    /// - Throws: ``NotaryError`` with `.calendarOff`, `.calendarUnusable`, `.invalidRequest`, `.busy` or `.storeFailed`.
    public func calendarPromise(for digest: [UInt8]) async throws -> [UInt8] {
        try await openCalendar.promise(digest)
    }

    /// The proof of a commitment that was promised.
    ///
    /// - Parameter commitment: As hexadecimal digits, in either case.
    /// - Returns: `nil` while there is none; `isKnown` says whether it was ever promised.
    /// - Throws: ``NotaryError`` with `.calendarOff` or `.storeFailed`.
    public func calendarTimestamp(of commitment: String) async throws -> (bytes: [UInt8]?, isKnown: Bool) {
        let calendar = try openCalendar
        guard let commitment = Digest256(hex: commitment.lowercased()) else { return (nil, false) }
        switch try await calendar.finding(commitment) {
        case .complete(let bytes): return (bytes, true)
        case .waiting: return (nil, true)
        case .unknown: return (nil, false)
        }
    }

    private var openCalendar: DigestCalendar {
        get throws(NotaryError) {
            guard let calendar else {
                throw NotaryError(.calendarOff, "This server is no calendar; its operator has not opened one.")
            }
            return calendar
        }
    }
}
