/// Decimal numbers with one spelling each: ASCII digits, no sign, no zero in front.
enum Decimal {
    static func parse(_ text: some StringProtocol) -> UInt64? {
        guard let value = UInt64(text), String(value).utf8.elementsEqual(text.utf8) else { return nil }
        return value
    }
}
