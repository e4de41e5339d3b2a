import Server

extension ServerConfiguration {
    /// The server's share of the configuration.
    ///
    /// - Throws: `ControlSocketError` with code `.pathTooLong`.
    init(_ settings: Settings) throws {
        self.init()
        controlSocket = try settings.controlSocket
        host = settings[text: .serverHost] ?? host
        port = settings[number: .serverPort] ?? port
        metricsHost = settings[text: .metricsHost] ?? metricsHost
        metricsPort = settings[number: .metricsPort] ?? metricsPort
        uploadLimitBytes = settings[number: .uploadBytes] ?? uploadLimitBytes
        evidenceLimitBytes = settings[number: .evidenceBytes] ?? evidenceLimitBytes
        uploadsInFlight = settings[number: .uploadsInFlight] ?? uploadsInFlight
        verificationsInFlight = settings[number: .verificationsInFlight] ?? verificationsInFlight
        connectionLimit = settings[number: .connections] ?? connectionLimit
        idleTimeoutSeconds = settings[number: .idleTimeout] ?? idleTimeoutSeconds
    }
}

extension Settings {
    /// Where commands reach a running server.
    var controlSocket: ControlSocket {
        get throws {
            try ControlSocket(path: self[text: .controlSocket] ?? (self[text: .data] ?? "./data") + "/control.sock")
        }
    }
}
