/// Several units one after another as bytes, each whole: an ISCC-SEQ, as C2PA's soft bindings carry.
public enum ISCCSequence {
    /// - Parameter units: At least one.
    public static func encode(_ units: [ISCCUnit]) -> [UInt8] {
        precondition(!units.isEmpty, "A sequence has at least one unit.")
        return units.flatMap(\.bytes)
    }

    /// - Throws: ``FingerprintError`` with code `.malformedISCC` for none, for what is no unit, and for one cut off.
    public static func decode(_ bytes: [UInt8]) throws(FingerprintError) -> [ISCCUnit] {
        guard !bytes.isEmpty else { throw .malformedISCC("The ISCC sequence is empty.") }
        var rest = bytes[...]
        var units: [ISCCUnit] = []
        while !rest.isEmpty { units.append(try ISCCUnit(readingFrom: &rest)) }
        return units
    }
}
