/// What a part of a form says of itself. The file's name is read past and dropped: it is nobody's business here.
struct PartHeader: Sendable, Equatable {
    var name: String
    /// Lower case, without parameters; `nil` when the part does not say.
    var mediaType: String?
}

extension PartHeader {
    /// - Parameter block: The header lines without the empty line that ends them, each line ended by CRLF.
    /// - Throws: ``ServerError`` with `.partHeaderInvalid`.
    ///
    /// Source: RFC 7578, sections 4.2 to 4.8.
    init(parsing block: ArraySlice<UInt8>) throws(ServerError) {
        guard let text = String(validating: block, as: UTF8.self) else { throw Self.invalid("is not UTF-8") }
        var name: String?
        for line in text.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { throw Self.invalid("has a line without a colon") }
            let value = String(line[line.index(after: colon)...])
            switch line[..<colon].lowercased() {
            case "content-disposition":
                guard name == nil else { throw Self.invalid("has two Content-Dispositions") }
                name = try Self.name(inDisposition: value)
            case "content-type":
                guard mediaType == nil else { throw Self.invalid("has two Content-Types") }
                mediaType = HeaderValue(parsing: value)?.value
                guard mediaType != nil else { throw Self.invalid("has a Content-Type that does not read") }
            case "content-transfer-encoding":
                guard ["binary", "8bit", "7bit"].contains(HeaderValue(parsing: value)?.value) else {
                    throw Self.invalid("asks for a transfer encoding; send the bytes as they are")
                }
            default: continue
            }
        }
        guard let name else { throw Self.invalid("has no Content-Disposition") }
        self.name = name
    }

    private static func name(inDisposition text: String) throws(ServerError) -> String {
        guard let disposition = HeaderValue(parsing: text), disposition.value == "form-data",
            let name = disposition.parameters["name"], !name.isEmpty
        else {
            throw invalid("has no Content-Disposition of the shape: form-data; name=\"...\"")
        }
        return name
    }

    private static func invalid(_ what: String) -> ServerError {
        ServerError(.partHeaderInvalid, "The header of a part of the form \(what).")
    }
}
