import Evidence

/// Whether an entry is the log's own word: one line of JSON whose format's name begins with `log-`.
enum LogNotice {
    static func isNotice(_ bytes: [UInt8]) -> Bool {
        guard let json = try? JSONValue(parsing: bytes), let format = json["cinnabar"]?.stringValue else {
            return false
        }
        return format.hasPrefix("log-")
    }
}
