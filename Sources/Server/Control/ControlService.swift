import Hummingbird
import ServiceLifecycle

/// The control socket while the server runs; it goes when the server ends.
struct ControlService: Service {
    let socket: ControlSocket
    let application: Application<Dispatcher>

    func run() async throws {
        try socket.prepare()
        defer { socket.remove() }
        try await application.run()
    }
}
