/// The longest common run of two sequences, by Myers' greedy algorithm (1986).
enum SequenceAlignment {
    /// Elements left out of either sequence that are looked for: the cost grows with their square (16 MB at most). When
    /// there are more, what lies between the common start and end counts as replaced.
    static let differenceLimit = 2000

    /// Pairs of places of equal elements, ascending in both.
    static func pairs<Element: Hashable>(_ first: [Element], _ second: [Element]) -> [(first: Int, second: Int)] {
        let shorter = min(first.count, second.count)
        var start = 0
        while start < shorter, first[start] == second[start] { start += 1 }
        var tail = 0
        while tail < shorter - start, first[first.count - 1 - tail] == second[second.count - 1 - tail] { tail += 1 }
        let middle = middlePairs(
            Array(first[start..<first.count - tail]),
            Array(second[start..<second.count - tail])
        )
        return (0..<start).map { ($0, $0) } + middle.map { ($0.first + start, $0.second + start) }
            + (0..<tail).reversed().map { (first.count - 1 - $0, second.count - 1 - $0) }
    }

    /// Of each number of differences the furthest place on every diagonal, then the way back.
    private static func middlePairs<Element: Hashable>(
        _ first: [Element],
        _ second: [Element]
    ) -> [(first: Int, second: Int)] {
        if first.isEmpty || second.isEmpty { return [] }
        let most = min(first.count + second.count, differenceLimit)
        // Diagonal k lies at k + most + 1.
        var furthest = [Int32](repeating: 0, count: 2 * most + 3)
        var trace: [[Int32]] = []
        for differences in 0...most {
            let middle = most + 1
            trace.append(Array(furthest[middle - differences - 1...middle + differences + 1]))
            for diagonal in stride(from: -differences, through: differences, by: 2) {
                let place = middle + diagonal
                let isDown =
                    diagonal == -differences
                    || diagonal != differences && furthest[place - 1] < furthest[place + 1]
                var x = Int(isDown ? furthest[place + 1] : furthest[place - 1] + 1)
                while x < first.count, x - diagonal < second.count, first[x] == second[x - diagonal] { x += 1 }
                furthest[place] = Int32(x)
                if x >= first.count, x - diagonal >= second.count {
                    return wayBack(trace, from: (first.count, second.count))
                }
            }
        }
        return []
    }

    private static func wayBack(
        _ trace: [[Int32]],
        from end: (x: Int, y: Int)
    ) -> [(first: Int, second: Int)] {
        var pairs: [(first: Int, second: Int)] = []
        var (x, y) = end
        for differences in trace.indices.reversed() {
            let furthest = trace[differences]
            let diagonal = x - y
            // The row holds diagonals from -differences - 1 on.
            let place = diagonal + differences + 1
            let isDown =
                diagonal == -differences || diagonal != differences && furthest[place - 1] < furthest[place + 1]
            let before = diagonal + (isDown ? 1 : -1)
            let beforeX = differences == 0 ? 0 : Int(furthest[before + differences + 1])
            let beforeY = differences == 0 ? 0 : beforeX - before
            while x > beforeX, y > beforeY {
                x -= 1
                y -= 1
                pairs.append((x, y))
            }
            (x, y) = (beforeX, beforeY)
        }
        return pairs.reversed()
    }
}
