import Notary

extension NotaryConfiguration {
    /// The notary's share of the configuration.
    init(_ settings: Settings) throws {
        self.init(dataFolder: settings[text: .data] ?? "./data")
        guardPath = settings[text: .guardFile]
        keysFolder = settings[text: .keys]
        erasuresFolder = settings[text: .erasures]
        decoderPath = settings[text: .decoderPath]
        verifierPath = settings[text: .verifierPath]
        if let children = settings[number: .decoderChildren] { decoderChildren = children }
        if let limit = settings[number: .uploadBytes] { uploadLimitBytes = UInt64(limit) }
        if let days = settings[number: .feedKeepDays] { feedKeepDays = days }
        webhookHosts = WebhookHosts(settings[text: .webhookHosts] ?? "")
        computesISCC = settings[flag: .isccCodes]
        keepsOriginalsByDefault = settings[flag: .keepOriginals]
        keepsSketches = settings[flag: .keepSketches]
        searchesPartsOnRegistration = settings[flag: .searchUploads]
        if let seconds = settings[number: .selfOperatedInterval] { selfOperatedIntervalSeconds = seconds }
        if let seconds = settings[number: .searchKeep] { searchKeepSeconds = seconds }
        if let count = settings[number: .searchCount] { searchKeepCount = count }
        if let hours = settings[number: .scrubInterval] { scrubIntervalSeconds = hours * 3600 }
        if let rate = settings[number: .scrubRate] { scrubEntriesPerSecond = rate }
        calendar = CalendarOptions(settings)
        authorities = settings.authorities
        outsiders = settings.outsiders
        if let count = settings[number: .anchorQuorum] { anchorQuorum = count }
        witnessPolicyPath = settings[text: .witnessPolicy]
        if let seconds = settings[number: .witnessInterval] { witnessIntervalSeconds = seconds }
    }
}
