extension Transform {
    /// The fingerprints of all eight orientations, in the order of ``Orientation/allCases``.
    ///
    /// Mirroring a picture changes the sign of its odd frequencies, swapping rows and columns transposes the transform.
    /// So four patterns of signs, each cut at its own median, give all eight.
    ///
    /// Source: `dct16OriginalToRotate90` and its siblings in the reference.
    func fingerprints() -> [PDQFingerprint] {
        let plain = bits { _, _ in false }
        let evenRows = bits { row, _ in row.isMultiple(of: 2) }
        let evenColumns = bits { _, column in column.isMultiple(of: 2) }
        let oddSums = bits { row, column in !(row + column).isMultiple(of: 2) }
        return Orientation.allCases.map { orientation in
            switch orientation {
            case .original: plain.fingerprint
            case .rotate90: evenColumns.transposed.fingerprint
            case .rotate180: oddSums.fingerprint
            case .rotate270: evenRows.transposed.fingerprint
            case .flipVertical: evenRows.fingerprint
            case .flipHorizontal: evenColumns.fingerprint
            case .rotate90FlipVertical: plain.transposed.fingerprint
            case .rotate90FlipHorizontal: oddSums.transposed.fingerprint
            }
        }
    }

    /// One bit per frequency: whether it is above the median of all 256, after some have changed their sign.
    private func bits(negating isNegated: (Int, Int) -> Bool) -> BitSquare {
        var signed = rows
        for row in 0..<Self.side {
            for column in 0..<Self.side where isNegated(row, column) { signed[row][column].negate() }
        }
        let median = signed.flatMap { row in row.indices.map { row[$0] } }.sorted()[Self.side * Self.side / 2 - 1]
        var square = BitSquare()
        for row in 0..<Self.side {
            for column in 0..<Self.side where signed[row][column] > median {
                square.rows[row] |= 1 << UInt16(column)
            }
        }
        return square
    }
}

/// 16 × 16 bits; column *c* is bit *c* of its row.
private struct BitSquare {
    var rows = SIMD16<UInt16>.zero

    var transposed: BitSquare {
        var result = BitSquare()
        for row in 0..<Transform.side {
            for column in 0..<Transform.side { result.rows[column] |= (rows[row] >> UInt16(column) & 1) << UInt16(row) }
        }
        return result
    }

    var fingerprint: PDQFingerprint {
        var words = SIMD4<UInt64>.zero
        for row in 0..<Transform.side { words[3 - row / 4] |= UInt64(rows[row]) << UInt64(row % 4 * 16) }
        return PDQFingerprint(words: words)
    }
}
