/// Receipts of erased records as they lie in a store copy.
enum CopyReceipts {
    /// A receipt is a note of some hundred bytes.
    static let limitBytes = 64 << 10
}
