/// Why a document's text is not read.
public struct DocumentError: Error, Equatable, CustomStringConvertible {
    public enum Code: String, Sendable, CaseIterable {
        /// It needs a password.
        case encrypted
        /// Truncated or damaged, or not what its first bytes say.
        case malformed
        /// XML that declares a document type: entities are what XML bombs are made of.
        case documentType
        /// Text in none of the encodings that are read.
        case unknownCharset
        /// The file is larger than ``DocumentLimits/inputBytes``.
        case tooManyBytes
        /// A part of it expands too far.
        case partTooLarge
        /// No answer within ``DocumentLimits/seconds``.
        case timedOut
        /// More than ``DocumentLimits/memoryBytes``.
        case outOfMemory
        /// The decoder process ended or answered nonsense: with a hostile or huge document, of memory.
        case decoderDied
        /// The decoder process cannot be started.
        case decoderUnavailable
        /// Too many documents are waiting.
        case busy
    }

    public let code: Code
    /// What happened, for a person.
    public let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// With the sentence that belongs to the code.
    public init(_ code: Code, limits: DocumentLimits) { self.init(code, limits) }

    package init(_ code: Code, _ limits: DocumentLimits) {
        let message =
            switch code {
            case .encrypted: "The document needs a password to be read."
            case .malformed: "The document is truncated or damaged."
            case .documentType: "The document's XML declares a document type, which no word processor writes."
            case .unknownCharset:
                "The text is not UTF-8, UTF-16 with a byte-order mark, GB18030 or EUC-KR. Save it as UTF-8."
            case .tooManyBytes: "The document has more than \(limits.inputBytes) bytes."
            case .partTooLarge: "A part of the document expands to more than \(DocumentLimits.partBytes) bytes."
            case .timedOut: "Reading the document took longer than \(limits.seconds) s."
            case .outOfMemory: "Reading the document takes more than \(limits.memoryBytes) bytes of memory."
            case .decoderDied:
                "The decoder process ended while it read the document: of memory past "
                    + "\(limits.memoryBytes) bytes, or of a fault in it."
            case .decoderUnavailable: "The decoder process cannot be started."
            case .busy: "Too many documents are waiting to be read."
            }
        self.init(code, message)
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "DocumentError.\(code): \(message)" }
}
