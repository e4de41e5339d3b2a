/// Cells that are set or not.
struct BitGrid {
    let width: Int
    let height: Int
    private(set) var bits: [Bool]

    init(width: Int, height: Int, bits: [Bool]) {
        self.width = width
        self.height = height
        self.bits = bits
    }

    var count: Int { bits.count { $0 } }

    /// With every cell that has a set one within a square around it.
    func grown(_ radius: Int) -> BitGrid { filtered(radius, growing: true) }

    /// Without every cell that has one not set within a square around it.
    func shrunk(_ radius: Int) -> BitGrid { filtered(radius, growing: false) }

    mutating func keep(_ allowed: [Bool]) { for cell in bits.indices where !allowed[cell] { bits[cell] = false } }

    /// Clears patches of connected cells with fewer than so many.
    mutating func removePatches(smallerThan least: Int) {
        var isSeen = [Bool](repeating: false, count: bits.count)
        for start in bits.indices where bits[start] && !isSeen[start] {
            var patch = [start]
            isSeen[start] = true
            var next = 0
            while next < patch.count {
                for neighbour in neighbours(of: patch[next]) where bits[neighbour] && !isSeen[neighbour] {
                    isSeen[neighbour] = true
                    patch.append(neighbour)
                }
                next += 1
            }
            if patch.count < least { for cell in patch { bits[cell] = false } }
        }
    }

    /// 0 to 1, with a slope at the edges.
    func softened() -> [Float] {
        bits.indices.map { cell in
            let around = [cell] + neighbours(of: cell)
            let own: Float = bits[cell] ? 4 : 0
            let sum = around.dropFirst().reduce(own) { $0 + (bits[$1] ? 1 : 0) }
            return sum / Float(around.count + 3)
        }
    }

    private func neighbours(of cell: Int) -> [Int] {
        let (x, y) = (cell % width, cell / width)
        var cells: [Int] = []
        if x > 0 { cells.append(cell - 1) }
        if x + 1 < width { cells.append(cell + 1) }
        if y > 0 { cells.append(cell - width) }
        if y + 1 < height { cells.append(cell + width) }
        return cells
    }

    private func filtered(_ radius: Int, growing: Bool) -> BitGrid {
        let across = pass(bits, lines: height, length: width, lineStep: width, step: 1, radius, growing)
        let both = pass(across, lines: width, length: height, lineStep: 1, step: width, radius, growing)
        return BitGrid(width: width, height: height, bits: both)
    }

    private func pass(
        _ cells: [Bool],
        lines: Int,
        length: Int,
        lineStep: Int,
        step: Int,
        _ radius: Int,
        _ growing: Bool
    ) -> [Bool] {
        var result = cells
        for line in 0..<lines {
            let start = line * lineStep
            for index in 0..<length where cells[start + index * step] != growing {
                let near = max(0, index - radius)...min(length - 1, index + radius)
                if near.contains(where: { cells[start + $0 * step] == growing }) {
                    result[start + index * step] = growing
                }
            }
        }
        return result
    }
}
