/// Runs `work` for every item, at most `width` at a time.
func forEach<Item: Sendable>(
    _ items: some Collection<Item>,
    width: Int,
    _ work: @escaping @Sendable (Item) async throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        var running = 0
        for item in items {
            if running == width {
                try await group.next()
                running -= 1
            }
            group.addTask { try await work(item) }
            running += 1
        }
        try await group.waitForAll()
    }
}
