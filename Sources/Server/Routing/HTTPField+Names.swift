import HTTPTypes

extension HTTPField.Name {
    /// For names that are constants of this source.
    private static func constant(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no header name.") }
        return name
    }

    static let requestID = constant("X-Request-Id")
    static let idempotencyKey = constant("Idempotency-Key")
    static let account = constant("Cinnabar-Account")
    static let referrerPolicy = constant("Referrer-Policy")
}
