/// Every key of the configuration. `Config/README.md` documents each, and a test compares the two.
enum Setting: String, CaseIterable, Sendable {
    case data
    case guardFile = "guard"
    case keys
    case erasures
    case serverHost = "server.host"
    case serverPort = "server.port"
    case metricsHost = "metrics.host"
    case metricsPort = "metrics.port"
    case controlSocket = "control.socket"
    case uploadBytes = "limits.uploadBytes"
    case evidenceBytes = "limits.evidenceBytes"
    case uploadsInFlight = "limits.uploadsInFlight"
    case verificationsInFlight = "limits.verificationsInFlight"
    case connections = "limits.connections"
    case idleTimeout = "limits.idleTimeoutSeconds"
    case decoderPath = "decoder.path"
    case decoderChildren = "decoder.children"
    case verifierPath = "verifier.path"
    case isccCodes = "fingerprints.iscc"
    case keepOriginals = "originals.keepByDefault"
    case keepSketches = "pictures.keepSketches"
    case searchUploads = "pictures.searchUploads"
    case witnessPolicy = "witness.policy"
    case witnessInterval = "witness.intervalSeconds"
    case anchorQuorum = "anchors.quorum"
    case calendarEnabled = "calendar.enabled"
    case calendarURL = "calendar.url"
    case calendarUpstream = "calendar.upstream"
    case calendarRound = "calendar.roundSeconds"
    case calendarRate = "calendar.digestsPerSecond"
    case selfOperatedInterval = "timestamps.selfOperatedIntervalSeconds"
    case searchKeep = "search.keepSeconds"
    case searchCount = "search.keepCount"
    case feedKeepDays = "watch.keepDays"
    case webhookHosts = "watch.webhookHosts"
    case scrubInterval = "scrub.intervalHours"
    case scrubRate = "scrub.entriesPerSecond"
    case logLevel = "log.level"

    enum Kind: Sendable, Equatable {
        case text, flag
        case whole(ClosedRange<Int>)
        case oneOf([String])
    }

    var kind: Kind {
        switch self {
        case .data, .guardFile, .keys, .erasures, .serverHost, .metricsHost, .controlSocket, .decoderPath,
            .verifierPath, .witnessPolicy, .webhookHosts, .calendarURL, .calendarUpstream:
            .text
        case .serverPort, .metricsPort: .whole(0...65_535)
        case .uploadBytes, .evidenceBytes: .whole(1...(1 << 40))
        case .uploadsInFlight, .verificationsInFlight, .connections: .whole(1...100_000)
        case .idleTimeout: .whole(1...3600)
        case .decoderChildren: .whole(1...256)
        case .anchorQuorum: .whole(1...16)
        case .isccCodes, .keepOriginals, .keepSketches, .searchUploads, .calendarEnabled: .flag
        case .selfOperatedInterval, .witnessInterval, .calendarRound: .whole(1...86_400)
        case .calendarRate: .whole(1...1_000_000)
        case .searchKeep: .whole(0...31_536_000)
        case .searchCount: .whole(1...1_000_000)
        case .feedKeepDays: .whole(1...3650)
        case .scrubInterval: .whole(0...8760)
        case .scrubRate: .whole(0...10_000_000)
        case .logLevel: .oneOf(["trace", "debug", "info", "notice", "warning", "error"])
        }
    }

    /// What holds when nobody sets the key; `nil` where the meaning says what happens then.
    var standard: String? {
        switch self {
        case .data: "./data"
        case .guardFile, .keys, .erasures, .controlSocket, .decoderPath, .decoderChildren, .verifierPath,
            .witnessPolicy, .webhookHosts, .calendarURL, .calendarUpstream:
            nil
        case .serverHost, .metricsHost: "127.0.0.1"
        case .serverPort: "8080"
        case .metricsPort: "9464"
        case .uploadBytes: String(256 << 20)
        case .evidenceBytes: String(24 << 20)
        case .uploadsInFlight: "64"
        case .verificationsInFlight: "4"
        case .connections: "1024"
        case .idleTimeout: "30"
        case .isccCodes, .keepOriginals, .keepSketches, .searchUploads: "true"
        case .calendarEnabled: "false"
        case .calendarRound: "600"
        case .calendarRate: "100"
        case .selfOperatedInterval: "1"
        case .witnessInterval: "5"
        case .anchorQuorum: "2"
        case .searchKeep: "86400"
        case .searchCount: "500"
        case .feedKeepDays: "28"
        case .scrubInterval: "168"
        case .scrubRate: "5000"
        case .logLevel: "info"
        }
    }

    /// One line for `cinnabar config`; `Config/README.md` gives the reasons.
    var meaning: String {
        switch self {
        case .data: "the data folder"
        case .guardFile: "the guard file; unset: inside the data folder"
        case .keys: "the folder of signing and master keys; unset: inside the data folder"
        case .erasures: "the folder of receipts of erased records; unset: inside the data folder"
        case .serverHost: "address that the API and the page listen on"
        case .serverPort: "their port; 0 takes a free one"
        case .metricsHost: "address that the metrics listen on"
        case .metricsPort: "their port; 0 takes a free one"
        case .controlSocket:
            "the socket by which commands reach a running server; unset: control.sock in the data folder"
        case .uploadBytes: "largest file accepted, in bytes"
        case .evidenceBytes: "largest evidence file that the server checks, in bytes"
        case .uploadsInFlight: "uploads that the server takes at once"
        case .verificationsInFlight: "evidence files that it checks at once"
        case .connections: "connections open at once"
        case .idleTimeout: "seconds of silence after which it closes one"
        case .decoderPath: "the program cinnabar-decoder; unset: beside this one"
        case .decoderChildren: "decoder children; unset: one per core"
        case .verifierPath: "the program cinnabar-verify; unset: beside this one"
        case .isccCodes: "whether records hold the file's ISCC codes"
        case .keepOriginals: "whether new accounts keep the registered files"
        case .keepSketches: "whether local features of pictures are kept, by which copies of parts are found"
        case .searchUploads: "whether uploads are looked up by parts before they are registered"
        case .calendarEnabled: "whether strangers may use this server as an OpenTimestamps calendar"
        case .calendarURL: "the address of this server that stands in the calendar's promises"
        case .calendarUpstream: "the calendars that its rounds are handed on to, parted by commas"
        case .calendarRound: "seconds between rounds of the calendar"
        case .calendarRate: "digests that the calendar takes in a second"
        case .selfOperatedInterval: "seconds between our own timestamps"
        case .witnessPolicy: "the policy over witnesses (C2SP tlog-policy) with their URLs; unset: none"
        case .witnessInterval: "seconds between submissions to the witnesses"
        case .anchorQuorum: "outsiders not run by ourselves that make an entry anchored"
        case .searchKeep: "seconds for which a search and its picture are kept for overlays; 0 for not at all"
        case .searchCount: "kept searches of an account; beyond, the oldest go"
        case .feedKeepDays: "days that fingerprints of pictures of feeds are kept"
        case .webhookHosts: "hosts that webhooks may name though they are private, parted by commas; unset: none"
        case .scrubInterval: "hours between audits of the whole log beside the server; 0 for none"
        case .scrubRate: "entries and rows that such an audit reads in a second; 0 for no limit"
        case .logLevel: "least severe messages that serve logs"
        }
    }

    /// `CINNABAR_LIMITS_UPLOAD_BYTES` for `limits.uploadBytes`.
    var environmentVariable: String {
        let words = rawValue.reduce(into: "") { words, character in
            if character.isUppercase { words.append("_") }
            words.append(character == "." ? "_" : Character(character.uppercased()))
        }
        return "CINNABAR_" + words
    }
}
