import Evidence

/// What goes with a file when it is registered.
struct RegistrationForm: Sendable {
    var claim = Claim()
    /// Ids of the records that this one follows, 64 hexadecimal digits each.
    var parents: [String] = []
    var mediaType: String?
    /// A retry with the same key never makes a second record.
    var idempotencyKey: String?
    /// Whether the file is one of many of an import.
    var isImport = false
}
