public import ServiceLifecycle

extension Notary: Service {
    /// Has outsiders commit and witnesses cosign at their intervals until graceful shutdown, then stamps once more by the
    /// built-in authority, so that nothing that was registered waits for a restart, and closes the store.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { tasks in
                if let topLog = self.topLog { tasks.addTask { await topLog.run() } }
                tasks.addTask { await self.anchoring.run() }
                if let witnesses = self.witnesses { tasks.addTask { await witnesses.run() } }
                if let calendar = self.calendar { tasks.addTask { await calendar.run() } }
                tasks.addTask { await self.purgeRegularly() }
                tasks.addTask { await self.sweepSearchesRegularly() }
                tasks.addTask { await self.scrubber.run() }
                tasks.addTask { await self.feed.run(self.feedSearch) }
            }
        }
        defer { close() }
        try await topLog?.take()
        try await anchoring[Self.selfOperatedName]?.anchorNow()
    }
}
