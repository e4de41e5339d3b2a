import Evidence
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    init(bytes: [UInt8], mediaType: String, status: HTTPResponse.Status = .ok) {
        self.init(
            status: status,
            headers: [.contentType: mediaType],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    /// Answers about somebody's own registrations are kept by nobody on the way.
    init(json: JSONValue, status: HTTPResponse.Status = .ok) {
        self.init(bytes: json.encoded(), mediaType: "application/json", status: status)
        headers[.cacheControl] = "no-store"
    }
}
