extension Record {
    /// What was read of a document's text. The text itself is not in the record.
    public struct Document: Sendable, Equatable {
        /// `read`, `cut` (there is more than is read), `none` (a scan), or why it was not read, such as `encrypted`.
        public var text: String
        /// How the text was made, by a versioned name; `nil` when it was not.
        public var method: String?
        /// Of formats that have pages.
        public var pages: Int?
        /// Of plain text and HTML.
        public var charset: String?

        public init(text: String, method: String? = nil, pages: Int? = nil, charset: String? = nil) {
            self.text = text
            self.method = method
            self.pages = pages
            self.charset = charset
        }
    }
}

extension Record.Document {
    public var json: JSONValue {
        var members: [String: JSONValue] = ["text": .string(text)]
        if let method { members["method"] = .string(method) }
        if let pages { members["pages"] = .integer(pages) }
        if let charset { members["charset"] = .string(charset) }
        return .object(members)
    }
}
