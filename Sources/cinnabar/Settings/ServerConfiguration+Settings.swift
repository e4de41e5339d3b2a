import Server

extension ServerConfiguration {
    /// The server's share of the configuration.
    init(_ settings: Settings) {
        self.init()
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
