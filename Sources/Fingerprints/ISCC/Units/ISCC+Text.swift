extension ISCC {
    /// The Text-Code of a document's plain text, without markup.
    ///
    /// Word breaks and line ends do not count, so that Chinese and Korean need no care of their own. An empty text has a
    /// code too, the same for all.
    ///
    /// - Parameter bits: A multiple of 32, at most 256.
    public static func textCode(of text: String, bits: Int = digestBits) -> ISCCUnit {
        textCode(of: CollapsedText(text), bits: bits)
    }

    /// The same, of a text that was collapsed for other uses already.
    public static func textCode(of text: CollapsedText, bits: Int = digestBits) -> ISCCUnit {
        var smallest = MinHash()
        text.forEachWindow(of: textWindow) { smallest.insert(XXH32.hash($0)) }
        return ISCCUnit(.content, medium: .text, digest: smallest.digest, bits: bits)
    }

    /// Characters in one feature.
    private static let textWindow = 13
}
