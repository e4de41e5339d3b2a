/// A sum over a set of rows in any order: equal sets have equal sums, and different ones differ but for a chance of one
/// in 2¹²⁸. So that an index of any size is compared with what it was made of without sorting or looking up.
///
/// The hash of a row is SipHash under a key that is made anew in every process: nobody who writes rows can choose them
/// to add up.
struct RowSum: Equatable, Sendable {
    private(set) var count: UInt64 = 0
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    mutating func add(key: [UInt8], value: [UInt8]) {
        var hasher = Hasher()
        hasher.combine(key.count)
        // Safe: the pointers are used during the calls alone.
        unsafe key.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        unsafe value.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        var second = hasher
        second.combine(0xFF as UInt8)
        count &+= 1
        low &+= UInt64(bitPattern: Int64(hasher.finalize()))
        high &+= UInt64(bitPattern: Int64(second.finalize()))
    }

    static func += (left: inout Self, right: Self) {
        left.count &+= right.count
        left.low &+= right.low
        left.high &+= right.high
    }
}
