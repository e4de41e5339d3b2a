/// Reads a `multipart/form-data` body in pieces of any size, holding no more than a header or a delimiter of it.
///
/// A state machine: bytes in, events out. Whatever the pieces, the events are the same up to how data is cut.
///
/// Source: RFC 2046, section 5.1.1; RFC 7578.
struct MultipartParser: Sendable {
    enum Event: Sendable, Equatable {
        case partStart(PartHeader)
        case data([UInt8])
        case partEnd
    }

    /// The forms of this API have at most five parts.
    static let partLimit = 16
    /// A header names the part, its type and perhaps a long file name.
    static let headerLimitBytes = 8 << 10
    /// RFC 2046's own limit.
    static let boundaryLimitBytes = 70

    private enum State { case preamble, afterDelimiter, header, data, epilogue }

    /// CRLF, two hyphens, the boundary.
    private let delimiter: [UInt8]
    private var state = State.preamble
    /// Bytes that came and are not yet understood. The body's own start counts as the start of a line.
    private var pending: [UInt8] = Self.lineEnd
    private var partCount = 0

    private static let lineEnd = Array("\r\n".utf8)
    private static let headerEnd = Array("\r\n\r\n".utf8)

    /// - Parameter boundary: As the Content-Type says it, quotes taken away.
    /// - Throws: ``ServerError`` with `.boundaryInvalid`.
    init(boundary: String) throws(ServerError) {
        let allowed = Array("'()+_,-./:=? ".utf8)
        let isPlain = boundary.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || allowed.contains(byte)
        }
        guard (1...Self.boundaryLimitBytes).contains(boundary.utf8.count), isPlain, !boundary.hasSuffix(" ") else {
            throw ServerError(.boundaryInvalid, "The boundary of the form is not 1 to 70 characters of RFC 2046.")
        }
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    /// - Throws: ``ServerError`` with a code of the multipart group. The parser is then of no more use.
    mutating func consume(_ bytes: [UInt8]) throws(ServerError) -> [Event] {
        pending += bytes
        var events: [Event] = []
        while try advance(&events) {}
        return events
    }

    /// To be called when the body has ended.
    ///
    /// - Throws: ``ServerError`` with `.multipartTruncated` unless the closing delimiter was seen.
    func finish() throws(ServerError) {
        guard state == .epilogue else {
            throw ServerError(.multipartTruncated, "The form ended before its closing delimiter. Send it again.")
        }
    }

    /// One step; `false` when more bytes are needed.
    private mutating func advance(_ events: inout [Event]) throws(ServerError) -> Bool {
        switch state {
        case .preamble: return try skipPreamble()
        case .afterDelimiter: return try readDelimiterEnd()
        case .header: return try readHeader(&events)
        case .data: return readData(&events)
        case .epilogue:
            pending.removeAll()
            return false
        }
    }

    private mutating func skipPreamble() throws(ServerError) -> Bool {
        guard let start = pending.firstRange(of: delimiter)?.lowerBound else {
            try limitHeader()
            return false
        }
        pending.removeFirst(start + delimiter.count)
        state = .afterDelimiter
        return true
    }

    /// After a delimiter stand two hyphens at the very end, or a line end before the next part.
    private mutating func readDelimiterEnd() throws(ServerError) -> Bool {
        guard pending.count >= 2 else { return false }
        if pending.starts(with: Array("--".utf8)) {
            state = .epilogue
            return true
        }
        let padding = pending.prefix { $0 == 0x20 || $0 == 0x09 }.count
        guard pending.count >= padding + 2 else {
            try limitHeader()
            return false
        }
        guard pending[padding...].starts(with: Self.lineEnd) else {
            throw ServerError(.multipartMalformed, "A delimiter of the form is not followed by a line end.")
        }
        partCount += 1
        guard partCount <= Self.partLimit else {
            throw ServerError(.partsTooMany, "The form has more than \(Self.partLimit) parts.")
        }
        pending.removeFirst(padding + 2)
        state = .header
        return true
    }

    private mutating func readHeader(_ events: inout [Event]) throws(ServerError) -> Bool {
        guard let end = pending.firstRange(of: Self.headerEnd) else {
            try limitHeader()
            return false
        }
        guard end.upperBound <= Self.headerLimitBytes else { throw Self.headerTooLarge }
        events.append(.partStart(try PartHeader(parsing: pending[..<end.lowerBound])))
        pending.removeFirst(end.upperBound)
        state = .data
        return true
    }

    /// Hands out everything that cannot be the start of a delimiter.
    private mutating func readData(_ events: inout [Event]) -> Bool {
        let (safeCount, isDelimiter) = dataBeforeDelimiter()
        if safeCount > 0 { events.append(.data(Array(pending[..<safeCount]))) }
        pending.removeFirst(isDelimiter ? safeCount + delimiter.count : safeCount)
        guard isDelimiter else { return false }
        events.append(.partEnd)
        state = .afterDelimiter
        return true
    }

    /// How many bytes stand before the first delimiter, or before what may become one.
    private func dataBeforeDelimiter() -> (count: Int, isDelimiter: Bool) {
        var from = 0
        while let start = pending[from...].firstIndex(of: delimiter[0]) {
            let candidate = pending[start...].prefix(delimiter.count)
            if delimiter.starts(with: candidate) { return (start, candidate.count == delimiter.count) }
            from = start + 1
        }
        return (pending.count, false)
    }

    private func limitHeader() throws(ServerError) {
        guard pending.count <= Self.headerLimitBytes else { throw Self.headerTooLarge }
    }

    private static let headerTooLarge = ServerError(
        .partHeaderTooLarge,
        "Before a part's content stand more than \(headerLimitBytes) bytes."
    )
}
