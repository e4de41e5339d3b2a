public import ServiceLifecycle

extension Notary: Service {
    /// Has the authorities stamp and the witnesses cosign at their intervals until graceful shutdown, then stamps once more, so that nothing
    /// that was registered waits for a restart, and closes the store.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { tasks in
                if let topLog = self.topLog { tasks.addTask { await topLog.run() } }
                tasks.addTask { await self.timestamper.run() }
                if let witnesses = self.witnesses { tasks.addTask { await witnesses.run() } }
                tasks.addTask { await self.purgeRegularly() }
                tasks.addTask { await self.sweepSearchesRegularly() }
                tasks.addTask { await self.scrubber.run() }
                tasks.addTask { await self.feed.run(self.feedSearch) }
            }
        }
        defer { close() }
        try await topLog?.take()
        for source in timestamper.sources where source.name == Self.selfOperatedName {
            try await timestamper.stamp(by: source)
        }
    }
}
