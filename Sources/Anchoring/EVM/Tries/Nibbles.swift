/// Half bytes: a trie's keys go by them.
enum Nibbles {
    /// High half first.
    static func of(_ bytes: [UInt8]) -> [UInt8] { bytes.flatMap { [$0 >> 4, $0 & 15] } }

    /// With a flag for leaves and one for an odd count, in whole bytes (Yellow Paper, appendix C).
    static func compact(_ nibbles: ArraySlice<UInt8>, isLeaf: Bool) -> [UInt8] {
        let flag: UInt8 = isLeaf ? 2 : 0
        let all = nibbles.count.isMultiple(of: 2) ? [flag, 0] + nibbles : [flag + 1] + nibbles
        return stride(from: 0, to: all.count, by: 2).map { all[$0] << 4 | all[$0 + 1] }
    }

    /// - Returns: `nil` for unknown flags or padding that is not zero.
    static func expanded(_ bytes: [UInt8]) -> (nibbles: [UInt8], isLeaf: Bool)? {
        let all = of(bytes)
        guard let flag = all.first, flag < 4 else { return nil }
        if flag & 1 == 1 { return (Array(all.dropFirst()), flag & 2 == 2) }
        guard all[1] == 0 else { return nil }
        return (Array(all.dropFirst(2)), flag & 2 == 2)
    }
}
