extension OTSTimestamp {
    /// Reads what a calendar answers: a timestamp without its message, which the caller knows.
    ///
    /// - Throws: ``OTSError``.
    public init(message: [UInt8], bytes: [UInt8]) throws(OTSError) {
        var reader = try OTSReader(bytes)
        self = try reader.timestamp(of: message)
        try reader.end()
    }

    /// As a calendar answers: without the message.
    ///
    /// - Throws: ``OTSError`` with `.empty`.
    public func bytes() throws(OTSError) -> [UInt8] {
        var writer = OTSWriter()
        try writer.append(self)
        return writer.bytes
    }
}
