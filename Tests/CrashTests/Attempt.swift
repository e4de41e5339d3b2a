import Bytes
import Evidence
import Programs

/// One registration that a client tries, however often it has to. Its number makes all of it: key, kind and content.
struct Attempt: Hashable, Sendable {
    enum Kind { case digests, contract, photo }

    let number: Int
    /// Whether it goes as a line of a batch, where every registration is by digests.
    let isLine: Bool

    var key: String { "attempt-\(number)" }

    /// Mostly digests, so that batches are large; enough files that uploads and originals are hit, too.
    var kind: Kind {
        guard !isLine else { return .digests }
        return switch number % 20 {
        case 7: .photo
        case 3, 13: .contract
        default: .digests
        }
    }

    /// - Parameter photo: The bytes of every photo: the same file under other keys is another registration.
    func body(photo: [UInt8]) -> Client.Body {
        switch kind {
        case .digests: .json(["digests": digests])
        case .contract: .form(Form(file: Array("Contract number \(number)\n".utf8), mediaType: "text/plain"))
        case .photo: .form(Form(file: photo, mediaType: "image/jpeg"))
        }
    }

    /// The same request as ``body(photo:)`` makes, as a line of a batch.
    var line: [UInt8] {
        let line: JSONValue = ["digests": digests, "idempotencyKey": .string(key), "ref": .string(key)]
        return line.encoded(.compact) + [UInt8(ascii: "\n")]
    }

    private var digests: JSONValue { ["sha256": .string(Digest256(ofNoFile: UInt64(number)).hex)] }
}

extension Digest256 {
    /// A digest of no file at all, different for each number.
    init(ofNoFile number: UInt64) { self.init(bigEndianWords: (0xC1_AABA, 0, 0, number)) }
}
