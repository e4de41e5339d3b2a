/// A path with placeholders: `/v1/registrations/{id}`; a last `{name...}` takes all that follows, slashes too.
struct PathPattern: Sendable, Equatable {
    /// As OpenAPI writes it, dots of a rest placeholder left out.
    let text: String
    private let segments: [Substring]
    private let restName: String?

    init(_ text: String) {
        var segments = text.split(separator: "/", omittingEmptySubsequences: false)
        if let last = segments.last, last.hasSuffix("...}") {
            restName = String(last.dropFirst().dropLast(4))
            segments.removeLast()
        } else {
            restName = nil
        }
        self.segments = segments
        self.text = text.replacing("...}", with: "}")
    }

    /// What the placeholders stand for in `path`, byte for byte; `nil` when the path is another.
    func match(_ path: String) -> [String: String]? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard restName == nil ? parts.count == segments.count : parts.count > segments.count else { return nil }
        var parameters: [String: String] = [:]
        for (segment, part) in zip(segments, parts) {
            if segment.hasPrefix("{") {
                guard !part.isEmpty else { return nil }
                parameters[String(segment.dropFirst().dropLast())] = String(part)
            } else {
                guard segment == part else { return nil }
            }
        }
        if let restName { parameters[restName] = parts.dropFirst(segments.count).joined(separator: "/") }
        return parameters
    }
}
