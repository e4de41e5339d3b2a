import Bytes
import Foundation

/// What a Meta-Code may be made of beside a title.
public struct ISCCMetadata: Sendable {
    /// The bytes themselves.
    public let payload: [UInt8]
    /// The same as a `data:` URL, as it was given or as we write it.
    public let url: String

    /// A JSON object, which is written in its canonical form (RFC 8785).
    public init(_ object: [String: CanonicalJSON]) {
        payload = CanonicalJSON.object(object).encoded
        let mediaType = object["@context"] == nil ? "application/json" : "application/ld+json"
        url = "data:\(mediaType);base64," + Data(payload).base64EncodedString()
    }

    /// - Parameter url: A `data:` URL in base 64 or percent-encoded.
    /// - Throws: ``FingerprintError`` with code `.noISCC` for another URL.
    public init(url: String) throws(FingerprintError) {
        guard url.hasPrefix("data:"), let comma = url.firstIndex(of: ",") else {
            throw .noISCC("Metadata is given as a data: URL.")
        }
        let content = String(url[url.index(after: comma)...])
        if url[..<comma].hasSuffix(";base64") {
            guard let bytes = Data(base64Encoded: content) else { throw .noISCC("The data: URL is not base 64.") }
            payload = Array(bytes)
        } else {
            guard let text = content.removingPercentEncoding else {
                throw .noISCC("The data: URL is not percent-encoded UTF-8.")
            }
            payload = Array(text.utf8)
        }
        self.url = url
    }
}
