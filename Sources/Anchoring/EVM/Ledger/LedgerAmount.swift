/// Amounts as people read them.
public enum LedgerAmount {
    /// Of wei in a gwei: nine decimals.
    public static func gwei(_ wei: UInt64) -> String { decimal(String(wei), places: 9) + " gwei" }

    /// A balance in whole coins with all that is behind the point: 18 decimals.
    ///
    /// - Parameter wei: Big-endian, up to 256 bits.
    public static func coins(_ wei: [UInt8]) -> String { decimal(digits(of: wei), places: 18) }

    private static func decimal(_ digits: String, places: Int) -> String {
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        var fraction = padded.suffix(places)
        while fraction.last == "0" { fraction.removeLast() }
        return padded.dropLast(places) + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// By division of the digits to the base 256.
    private static func digits(of bytes: [UInt8]) -> String {
        var number = bytes
        var digits = ""
        repeat {
            var remainder = 0
            for index in number.indices {
                let value = remainder << 8 | Int(number[index])
                number[index] = UInt8(value / 10)
                remainder = value % 10
            }
            digits = String(remainder) + digits
        } while number.contains { $0 != 0 }
        return digits
    }
}
