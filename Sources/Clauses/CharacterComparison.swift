/// How two clauses differ: by characters in Chinese, Japanese and Korean, by words elsewhere.
struct CharacterComparison {
    let pieces: [ClauseChange.Piece]
    /// Characters that both have.
    let commonCount: Int

    init(registered: String, found: String) {
        let old = Self.units(of: registered)
        let new = Self.units(of: found)
        var pieces: [ClauseChange.Piece] = []
        var common = 0
        func add(_ kind: ClauseChange.Piece.Kind, _ units: some Sequence<Unit>) {
            let text = units.map { $0.space + $0.text }.joined()
            if text.isEmpty { return }
            if let last = pieces.last, last.kind == kind {
                pieces[pieces.count - 1] = .init(kind: kind, text: last.text + text)
            } else {
                pieces.append(.init(kind: kind, text: text))
            }
        }
        var done = (old: 0, new: 0)
        for pair in SequenceAlignment.pairs(old.map(\.key), new.map(\.key)) + [(first: old.count, second: new.count)] {
            add(.removed, old[done.old..<pair.first])
            add(.added, new[done.new..<pair.second])
            if pair.second < new.count {
                add(.same, CollectionOfOne(new[pair.second]))
                common += new[pair.second].key.count
            }
            done = (pair.first + 1, pair.second + 1)
        }
        self.pieces = pieces
        commonCount = common
    }

    /// The share of characters that two clauses may have in common, by how often each occurs: quick, never too low.
    static func share(_ first: Clause, _ second: Clause) -> Double {
        var counts: [Character: Int] = [:]
        for character in first.key { counts[character, default: 0] += 1 }
        var common = 0
        for character in second.key {
            if let count = counts[character], count > 0 {
                counts[character] = count - 1
                common += 1
            }
        }
        let all = first.key.count + second.key.count
        return all == 0 ? 1 : Double(2 * common) / Double(all)
    }

    /// A word or character with the white space before it.
    private struct Unit {
        var space: String
        var text: String
        var key: [Character]
    }

    private static func units(of text: String) -> [Unit] {
        var units: [Unit] = []
        var space = ""
        var isInWord = false
        for character in text {
            if character.isWhitespace {
                space = " "
                isInWord = false
                continue
            }
            let isWordPart = (character.isLetter || character.isNumber) && !isWide(character)
            if isWordPart, isInWord, var last = units.popLast() {
                last.text.append(character)
                units.append(last)
            } else {
                units.append(Unit(space: units.isEmpty ? "" : space, text: String(character), key: []))
            }
            space = ""
            isInWord = isWordPart
        }
        return units.map { unit in
            var unit = unit
            unit.key = ClauseText.characters(of: unit.text)
            return unit
        }
    }

    private static func isWide(_ character: Character) -> Bool {
        guard let value = character.unicodeScalars.first?.value else { return false }
        return (0x1100...0x11FF).contains(value) || (0x2E80...0xD7FB).contains(value)
            || (0xF900...0xFAFF).contains(value) || (0xFF00...0xFFEF).contains(value)
            || (0x20000...0x323AF).contains(value)
    }
}
