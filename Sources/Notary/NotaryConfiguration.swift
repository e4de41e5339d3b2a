public import Anchoring
package import EvidenceStore
import Foundation

/// Where a notary keeps its things, and how much it may use.
public struct NotaryConfiguration: Sendable {
    /// A timestamp authority outside, asked over HTTP.
    public struct Authority: Sendable, Equatable {
        /// Small letters, digits and hyphens: it names the anchor's member in evidence files.
        public var name: String
        public var url: String
        public var intervalSeconds: Int
        /// PEM file of the roots its tokens must chain to.
        public var rootsPath: String
        /// How long after its turn a token may take, before the authority is late.
        public var deadlineSeconds: Int
        /// Whether the log's own operator runs it: its tokens then prove order, and count for no quorum.
        public var isSelfOperated: Bool

        /// What it is asked for, and what its tokens must be.
        public var demands: TimestampDemands

        /// One token a minute is what free authorities bear from one client; an hour outlasts a restart of theirs.
        public init(
            name: String,
            url: String,
            intervalSeconds: Int = 60,
            rootsPath: String,
            deadlineSeconds: Int = 3600,
            isSelfOperated: Bool = false,
            demands: TimestampDemands = TimestampDemands()
        ) {
            self.name = name
            self.url = url
            self.intervalSeconds = intervalSeconds
            self.rootsPath = rootsPath
            self.deadlineSeconds = deadlineSeconds
            self.isSelfOperated = isSelfOperated
            self.demands = demands
        }
    }

    public var dataFolder: String
    /// The guard file; best on another disk than the data. Default: `guard/checkpoint` in the data folder.
    public var guardPath: String?
    /// Folder of the log's key, the master key and the built-in authority's key. Default: `keys` in the data folder.
    public var keysFolder: String?
    /// Folder of the receipts of erased records; best where the keys are. Default: `erasures` in the data folder.
    public var erasuresFolder: String?
    /// Default: `cinnabar-decoder` beside the running program.
    public var decoderPath: String?
    /// Default: `cinnabar-verify` beside the running program.
    public var verifierPath: String?
    /// Decoder children; one for each core keeps them all busy.
    public var decoderChildren: Int = ProcessInfo.processInfo.activeProcessorCount
    /// Contracts with scanned annexes reach some hundred megabytes; beyond that, register by digest.
    public var uploadLimitBytes: UInt64 = 256 << 20
    /// Whether records of uploaded files hold their ISCC codes. They cost about a millisecond for a picture of 1 MP.
    public var computesISCC = true
    /// Whether a new account keeps its pictures' originals.
    public var keepsOriginalsByDefault = true
    /// Whether local features of registered pictures are made and kept, so that copies of their parts are found. Takes
    /// some milliseconds and up to 24 kB a picture.
    public var keepsSketches = true
    /// Whether an upload is looked up by parts before it is registered, as a search does; imports never are.
    public var searchesPartsOnRegistration = true
    /// How often the built-in authority stamps the newest checkpoint, if there is a new one.
    public var selfOperatedIntervalSeconds = 1
    public var authorities: [Authority] = []
    /// Ledgers and calendars, beside the authorities.
    public var outsiders: [OutsiderPlan] = []
    /// How many outsiders that are not self-operated make an entry anchored.
    public var anchorQuorum = 2
    /// A C2SP tlog-policy: the witnesses to ask, each with its URL, and how many of them make an entry witnessed.
    public var witnessPolicyPath: String?
    /// How often the witnesses are asked for the newest checkpoint, if there is a new one.
    public var witnessIntervalSeconds = 5
    /// Our own OpenTimestamps calendar; `nil` for none.
    public var calendar: CalendarOptions?
    /// How often the whole log is audited beside the server; 0 never.
    public var scrubIntervalSeconds = 7 * 86_400
    /// Entries and index rows that such an audit reads in a second; 0 for no limit.
    public var scrubEntriesPerSecond = 5000
    /// How long an answer to a search may be read again, with the picture that was looked for; 0 not at all.
    public var searchKeepSeconds = 86_400
    /// The most kept searches of an account; the oldest ones go first.
    public var searchKeepCount = 500
    /// A server that has just started has other things to do.
    package var scrubSettlingSeconds = 60

    /// How long pictures of feeds are kept, to be compared with what is registered later.
    public var feedKeepDays = 28
    /// Which hosts webhooks may name though they lead to this machine or a private network.
    public var webhookHosts = WebhookHosts()

    /// Opens the store's rows, and takes the steps of writing the guard: what tests let fail.
    package var openBackend: @Sendable (_ folder: String) throws(StoreError) -> any StoreBackend =
        { (folder) throws(StoreError) in try RocksDBBackend(folder: folder, expecting: .existing) }
    package var guardSteps = FileStep.plainly
    /// The steps of anchoring: where tests end it.
    package var anchorSteps = AnchorStep.plainly

    public init(dataFolder: String) { self.dataFolder = dataFolder }
}

extension NotaryConfiguration {
    var storeFolder: String { dataFolder + "/store" }
    var rootsFolder: String { dataFolder + "/roots" }
    /// What is derived from the store: made anew when it is missing.
    var indexesFolder: String { dataFolder + "/indexes" }
    var picturesFolder: String { indexesFolder + "/pictures" }
    var partsFolder: String { indexesFolder + "/parts" }
    var temporaryFolder: String { dataFolder + "/temporary" }
    var resolvedErasuresFolder: String { erasuresFolder ?? dataFolder + "/erasures" }
    var scrubPath: String { dataFolder + "/scrub.json" }
    var resolvedKeysFolder: String { keysFolder ?? dataFolder + "/keys" }
    var resolvedGuardPath: String { guardPath ?? dataFolder + "/guard/checkpoint" }

    /// The log that outsiders see has the configured guard file; lanes under a top log have theirs beside it.
    func guardPath(of lane: LaneID, in laneCount: Int) -> String {
        laneCount == 1 || lane == .top ? resolvedGuardPath : "\(resolvedGuardPath)-lane-\(lane.rawValue)"
    }
}
