/// What a witness signs: a header with the time, then the note's text.
///
/// Source: C2SP tlog-cosignature, "Ed25519 signed message".
enum CosignedMessage {
    static func bytes(_ text: String, timestampSeconds: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(timestampSeconds)\n\(text)".utf8)
    }
}
