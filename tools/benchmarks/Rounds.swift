/// Repeats a round that measures a thing and its limit one after the other, so that a busy moment of the machine meets
/// both, and shares of a limit come from the same moment.
struct Rounds {
    let count: Int

    /// - Returns: One figure for each name that the rounds gave, in the order of the first.
    func figures(_ round: () async throws -> [Sample]) async throws -> [Figure] {
        var names: [String] = []
        var samples: [String: [Sample]] = [:]
        for _ in 0..<count {
            for sample in try await round() {
                if samples[sample.name] == nil { names.append(sample.name) }
                samples[sample.name, default: []].append(sample)
            }
        }
        return names.compactMap { samples[$0].map(Figure.init) }
    }
}
