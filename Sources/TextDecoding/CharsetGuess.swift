import Documents

/// Which of two encodings with the same shape text without a declaration is in.
enum CharsetGuess {
    /// The share of syllables among double bytes from which text is Korean. Korean is written in them nearly throughout;
    /// read so, a third of Chinese characters is none.
    private static let syllableShare = 0.9

    /// Korean syllables lie at 0xB0A1 to 0xC8FE (KS X 1001), Chinese characters at 0xB0A1 to 0xF7FE (GB 2312), the
    /// common ones up to 0xD7F9 in the order of their sounds.
    static func looksKorean(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var syllables = 0
        var others = 0
        var place = 0
        while place + 1 < bytes.count {
            let lead = bytes[place]
            guard lead >= 0x81 else {
                place += 1
                continue
            }
            if (0xB0...0xC8).contains(lead) { syllables += 1 } else if lead > 0xC8, lead < 0xFF { others += 1 }
            place += 2
        }
        return syllables > 0 && Double(syllables) >= Double(syllables + others) * syllableShare
    }
}
