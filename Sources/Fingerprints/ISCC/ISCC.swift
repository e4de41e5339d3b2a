/// The International Standard Content Code, ISO 24138:2024: short codes of a file's title, text, picture, sound, data
/// and bytes, which stay close when the file changes little (all but the last, which is a checksum).
///
/// Every function makes one ``ISCCUnit``. Two or more of a file's units make its ``ISCCCode``; a list of them its
/// ``ISCCSequence``. Version 0 of every algorithm, which is what the standard names.
///
/// Source: iscc-core 1.5.0, the reference implementation. Vectors: its `conformance.json`, every case.
public enum ISCC {
    /// What our records hold: the whole digest.
    public static let digestBits = 256

    /// A unit's length: a multiple of 32 up to 256.
    static func check(bits: Int) {
        precondition(bits > 0 && bits <= digestBits && bits.isMultiple(of: 32), "A unit has 32, 64, … or 256 bits.")
    }
}
