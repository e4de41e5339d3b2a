import Hummingbird
import Notary

/// A form that has wholly come in: its fields in memory, its file in an upload.
struct Form {
    /// What a route takes.
    struct Shape: Sendable {
        /// The part that streams into an upload; `nil` when the route takes none.
        var file: String?
        /// The other parts, by name, with the most bytes each may have.
        var fields: [String: Int]

        /// Everything else in a form, delimiters and headers.
        private static let overheadBytes = 64 << 10

        /// The most bytes a body of this shape may have.
        func bodyLimitBytes(uploadLimitBytes: Int) -> Int {
            fields.values.reduce(Self.overheadBytes, +) + (file == nil ? 0 : uploadLimitBytes)
        }
    }

    private(set) var fields: [String: [UInt8]] = [:]
    private(set) var upload: Upload?
    /// What the sender says the file is.
    private(set) var fileMediaType: String?

    private let shape: Shape
    private let makeUpload: () -> Upload
    private var current: String?
    private var seen: Set<String> = []

    init(_ shape: Shape, makeUpload: @escaping () -> Upload) {
        self.shape = shape
        self.makeUpload = makeUpload
    }

    /// - Throws: ``ServerError`` for a part that the shape has not, that stands twice or is too large; whatever the
    ///   upload throws.
    mutating func take(_ event: MultipartParser.Event) throws {
        switch event {
        case .partStart(let header): try start(header)
        case .data(let bytes): try append(bytes)
        case .partEnd: current = nil
        }
    }

    private mutating func start(_ header: PartHeader) throws(ServerError) {
        let isFile = header.name == shape.file
        guard isFile || shape.fields[header.name] != nil else {
            let known = (shape.fields.keys.sorted() + [shape.file].compactMap(\.self)).joined(separator: ", ")
            throw ServerError(.partUnknown, "The form has a part that this route does not take. It takes: \(known).")
        }
        guard seen.insert(header.name).inserted else {
            throw ServerError(.partDuplicate, "The part \"\(header.name)\" stands twice in the form.")
        }
        current = header.name
        if isFile {
            upload = makeUpload()
            fileMediaType = header.mediaType
        } else {
            fields[header.name] = []
        }
    }

    private mutating func append(_ bytes: [UInt8]) throws {
        guard let current else { return }
        if current == shape.file {
            try upload?.append(bytes)
            return
        }
        let count = (fields[current]?.count ?? 0) + bytes.count
        guard count <= shape.fields[current] ?? 0 else {
            throw ServerError(
                .partTooLarge,
                "The part \"\(current)\" is larger than \(shape.fields[current] ?? 0) bytes."
            )
        }
        fields[current, default: []] += bytes
    }
}
