import Testing

@testable import Hamming

/// Against comparing all with all, the plain way; and the same answers whether or not the processor has AVX-512.
@Suite(.serialized) struct HammingTableTests {
    private func table(_ rows: [SIMD4<UInt64>]) throws -> HammingTable {
        var builder = try HammingTableBuilder(capacity: rows.count)
        for (number, row) in rows.enumerated() { builder.append(row, tag: UInt32(number)) }
        return try #require(try builder.table()).table
    }

    private func naive(
        _ rows: [SIMD4<UInt64>],
        _ queries: [SIMD4<UInt64>],
        within distanceBits: Int
    ) -> [HammingMatch] {
        rows.indices.flatMap { row in
            queries.indices.compactMap { query in
                let bits = rows[row] ^ queries[query]
                let distance =
                    bits.x.nonzeroBitCount + bits.y.nonzeroBitCount + bits.z.nonzeroBitCount + bits.w.nonzeroBitCount
                return distance <= distanceBits
                    ? HammingMatch(row: row, query: query, distanceBits: distance) : nil
            }
        }
    }

    private func sorted(_ matches: [HammingMatch]) -> [HammingMatch] {
        matches.sorted { ($0.row, $0.query) < ($1.row, $1.query) }
    }

    private func bothWays(_ body: () throws -> Void) rethrows {
        defer { HammingScan.allowFast(true) }
        for isFast in [true, false] {
            HammingScan.allowFast(isFast)
            try body()
        }
    }

    /// The bits of one part of 16, as `hamming.h` cuts them.
    private func bits(ofPart part: Int) -> [Int] {
        let (word, rowParity, columnParity) = (part / 4, part >> 1 & 1, part & 1)
        return [rowParity, rowParity + 2].flatMap { row in
            stride(from: columnParity, to: 16, by: 2).map { word * 64 + row * 16 + $0 }
        }
    }

    /// Of sizes with directories of every length up to 2^12.
    @Test(arguments: [1, 16, 17, 300, 5000, 20_000])
    func findsWhatComparingAllFinds(count: Int) throws {
        var generator = SeededGenerator(state: UInt64(count))
        let queries = (0..<8).map { _ in generator.fingerprint() }
        var rows = (0..<count).map { _ in generator.fingerprint() }
        for query in queries {
            for distance in 0...40 { rows.append(generator.neighbour(of: query, distanceBits: distance)) }
        }
        rows.shuffle(using: &generator)
        let table = try table(rows)
        bothWays {
            for distance in [0, 16, 31] {
                let found = sorted(table.matches(of: queries, within: distance))
                #expect(found == sorted(naive(rows, queries, within: distance)), "\(count), \(distance)")
                #expect(found.count >= 8 * (distance + 1))
            }
            #expect(table.matches(of: queries, within: -1).isEmpty)
            #expect(table.matches(of: [], within: 31).isEmpty)
        }
    }

    /// 31 bits laid over the parts in every way there is of filling them: 2 in each but one, all in two parts, in every
    /// second part, rising and falling; begun at each part of the ring. And one bit more is not found.
    @Test func findsThirtyOneBitsHoweverTheyLie() throws {
        let patterns: [[Int]] = [
            [1] + Array(repeating: 2, count: 15),
            [16, 15] + Array(repeating: 0, count: 14),
            Array(repeating: [3, 1], count: 7).flatMap(\.self) + [2, 1],
            Array(repeating: [4, 0], count: 7).flatMap(\.self) + [3, 0],
            Array(repeating: [0, 4], count: 7).flatMap(\.self) + [0, 3],
            Array(repeating: [2, 2, 3, 0], count: 4).flatMap(\.self).dropLast(1) + [3],
            [3, 3, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 0],
            [0, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 3, 3],
            [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 2],
            [2, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 2, 2],
        ]
        var generator = SeededGenerator(state: 31)
        let query = generator.fingerprint()
        var rows = (0..<30_000).map { _ in generator.fingerprint() }
        var planted = Set<SIMD4<UInt64>>()
        var tooFar = Set<SIMD4<UInt64>>()
        for pattern in patterns {
            // Patterns that were written down a bit long or short are evened out at their ends.
            let total = pattern.reduce(0, +)
            try #require(total == 31 || total == 30 || total == 32, "\(pattern)")
            for start in 0..<16 {
                var bits = (0..<16).flatMap { part in
                    self.bits(ofPart: (part + start) % 16).shuffled(using: &generator).prefix(pattern[part])
                }
                let free = (0..<256).filter { !bits.contains($0) }.shuffled(using: &generator)
                while bits.count > 31 { bits.removeLast() }
                bits += free.prefix(31 - bits.count)
                planted.insert(generator.flipping(bits, of: query))
                tooFar.insert(generator.flipping(bits + free.suffix(1), of: query))
            }
        }
        rows += Array(planted) + Array(tooFar)
        rows.shuffle(using: &generator)
        let table = try table(rows)
        bothWays {
            let found = table.matches(of: [query], within: 31)
            #expect(Set(found.map { rows[$0.row] }) == planted)
            #expect(found.allSatisfy { $0.distanceBits == 31 })
            #expect(found.count == planted.count)
            #expect(table.matches(of: [query], within: 30).isEmpty)
        }
    }

    /// Every way to lay 31 bits over the ring, at random, thousands of times.
    @Test func findsThirtyOneBitsLaidAtRandom() throws {
        var generator = SeededGenerator(state: 32)
        let query = generator.fingerprint()
        var rows: [SIMD4<UInt64>] = []
        for _ in 0..<10_000 {
            // Few parts at first, so that some get many bits.
            let parts = Array((0..<16).shuffled(using: &generator).prefix(.random(in: 2...16, using: &generator)))
            let bits = parts.flatMap(bits(ofPart:)).shuffled(using: &generator).prefix(31)
            rows.append(generator.flipping(bits, of: query))
        }
        let table = try table(rows)
        bothWays {
            let found = Set(table.matches(of: [query], within: 31).map { table.fingerprint(ofRow: $0.row) })
            #expect(found == Set(rows))
        }
    }

    @Test func manyQueriesAtOnceFindTheSame() throws {
        var generator = SeededGenerator(state: 5)
        let rows = (0..<6000).map { _ in generator.fingerprint() }
        let queries = (0..<550).map { generator.neighbour(of: rows[$0 * 10], distanceBits: $0 % 40) }
        let table = try table(rows)
        let expected = sorted(naive(rows, queries, within: 31))
        bothWays {
            let together = sorted(table.matches(of: queries, within: 31))
            #expect(together == expected)
        }
    }

    @Test func equalFingerprintsAreOneRow() throws {
        var generator = SeededGenerator(state: 6)
        let (first, second) = (generator.fingerprint(), generator.fingerprint())
        var builder = try HammingTableBuilder(capacity: 5)
        for (tag, words) in [first, second, first, second, first].enumerated() {
            builder.append(words, tag: UInt32(tag) + 10)
        }
        let (table, places) = try #require(try builder.table())
        #expect(table.count == 2)
        #expect(places == [0, 1, 0, 1, 0])
        #expect([table.fingerprint(ofRow: 0), table.fingerprint(ofRow: 1)] == [first, second])
        #expect([table.tag(ofRow: 0), table.tag(ofRow: 1)] == [10, 11])
        #expect(table.matches(of: [first], within: 31).count == 1)
    }

    @Test func nothingMakesNoTable() throws {
        let made = try HammingTableBuilder(capacity: 4).table()
        #expect(made == nil)
    }

    /// More matches than the first guess has room for.
    @Test func findsThousandsOfNeighbours() throws {
        var generator = SeededGenerator(state: 7)
        let query = generator.fingerprint()
        let rows = Array(Set((0..<5000).map { generator.neighbour(of: query, distanceBits: 1 + $0 % 31) }))
        let table = try table(rows)
        bothWays { #expect(table.matches(of: [query], within: 31).count == rows.count) }
    }

    @Test(arguments: [0, 31, 100, 128, 256])
    func scansForAnyDistance(distanceBits: Int) throws {
        var generator = SeededGenerator(state: 8)
        let rows = (0..<1003).map { _ in generator.fingerprint() }
        let queries = (0..<20).map { generator.neighbour(of: rows[$0 * 50], distanceBits: $0 * 5) }
        let table = try table(rows)
        bothWays {
            var found: [HammingMatch] = []
            table.scan(for: queries, within: distanceBits) { found += $0 }
            #expect(sorted(found) == naive(rows, queries, within: distanceBits))
            var alone: [HammingMatch] = []
            HammingScan(queries, within: distanceBits).compare(rows) { alone += $0 }
            #expect(sorted(alone) == sorted(found))
        }
    }
}
