import Evidence
import Server

/// Says where the server listens, once it listens everywhere.
actor Announcement {
    private let console: Console
    private let logKey: String
    private let flags: String
    private var urls: [Listener: String] = [:]

    /// - Parameter flags: The options that name the data folder, for commands that we propose.
    init(console: Console, logKey: String, flags: String) {
        self.console = console
        self.logKey = logKey
        self.flags = flags
    }

    func add(_ listener: Listener, _ url: String) {
        urls[listener] = url
        guard let api = urls[.api], let metrics = urls[.metrics], let control = urls[.control] else { return }
        let document: JSONValue = [
            "url": .string(api), "metrics": .string(metrics), "control": .string(control), "logKey": .string(logKey),
        ]
        console.show(document) { report in
            report.heading("Serving", api)
            report.field("page", api + "/  to verify evidence in a browser")
            report.field("API", api + "/v1  with a token")
            report.field("log", api + "/log/checkpoint")
            report.field("metrics", metrics + "/metrics")
            report.field("control", control + "  for commands on the data folder")
            report.field("log key", logKey)
            report.blank()
            report.command(
                "cinnabar tokens create\(flags) --account default",
                purpose: "makes an API token"
            )
            report.command(
                "cinnabar register --server \(api) photo.jpg",
                purpose: "registers through it, token in CINNABAR_TOKEN"
            )
            report.sentence("Ctrl-C stops it.", style: .dim)
        }
    }
}
