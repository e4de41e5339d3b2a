import Testing

@testable import SimilarityIndex

@Suite struct MergePlanTests {
    @Test(
        arguments: [
            ([], nil), ([5], nil), ([8, 1], nil), ([7, 1], 0), ([100, 10, 1], nil), ([100, 10, 3], 0),
            ([1000, 10, 2], 1),
            ([1, 1], 0), ([64, 8], nil), ([1, 100], 0), ([1000, 3, 3, 3], 1), ([0, 5], 0),
        ] as [([Int], Int?)]
    )
    func mergesWhatIsNotEightTimesAsLarge(counts: [Int], first: Int?) {
        #expect(MergePlan.firstMerged(counts) == first)
    }

    /// However many come, a look-up goes through few.
    @Test func segmentsStayFew() {
        var counts: [Int] = []
        var written = 0
        for _ in 0..<1000 {
            counts.append(8192)
            while let first = MergePlan.firstMerged(counts) {
                let merged = counts[first...].reduce(0, +)
                written += merged
                counts = counts[..<first] + [merged]
            }
            #expect(counts.count <= 5)
        }
        #expect(written < 30 * 1000 * 8192)
    }
}
