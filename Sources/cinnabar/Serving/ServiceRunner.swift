import Glibc
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// Runs services until SIGTERM or SIGINT: the first one lets them finish what they do, the second one does not.
struct ServiceRunner {
    let services: [any Service]
    let logger: Logger

    /// - Throws: ``CommandError`` when a port is taken or not allowed; otherwise what a service threw.
    func run() async throws {
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: services, logger: logger))
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        do {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                tasks.addTask {
                    var count = 0
                    for await _ in signals {
                        count += 1
                        if count > 1 { return }
                        await group.triggerGracefulShutdown()
                    }
                }
                // Whichever ends first: the services, or the wait for a second signal.
                try await tasks.next()
                tasks.cancelAll()
            }
        } catch let error as IOError where error.errnoCode == EADDRINUSE || error.errnoCode == EACCES {
            let reason = error.errnoCode == EACCES ? "may not be opened by this user" : "is taken by another process"
            throw CommandError(
                "port.unavailable",
                "A port to listen on \(reason).",
                advice: "Choose others with --port and --set metrics.port=…; 0 takes a free one.",
                status: .environment
            )
        }
    }
}
