/// The kinds of rows, each with a key space of its own. ``Keys`` has their layouts. Names never change.
public enum Family: String, Sendable, CaseIterable {
    /// Format, master-key check, and the origin of each lane.
    case configuration
    /// Signed checkpoints, one for each batch. The greatest one of a lane is its head.
    case checkpoints
    /// Entries in bundles.
    case entries
    /// Places of entries that are the log's own words.
    case notices
    /// Public keys of logs that have changed theirs.
    case logKeys
    /// Which checkpoints of lanes are entries of the top log.
    case laneCheckpoints
    /// Tiles of the tree.
    case tiles
    /// From an id to the place in the log.
    case positions
    /// Sealed records.
    case records
    /// One wrapped key for each record. Erasing a record deletes its row here.
    case recordKeys
    /// Which records are an account's.
    case accountRecords
    /// Who registered a digest.
    case digests
    /// Fingerprints, from which the similarity index is rebuilt.
    case fingerprints
    /// What was made of a document and shows it, such as its local features: sealed like its record.
    case derived
    /// Idempotency keys and the registrations they made.
    case idempotency
    /// Originals in sealed chunks.
    case originals
    /// Originals that no record names yet.
    case pendingOriginals
    case accounts
    /// Timestamp authorities that an account demands.
    case accountAuthorities
    /// API tokens, by their digests.
    case tokens
    /// RFC 3161 responses over checkpoints.
    case timestamps
    /// Checkpoints on their way to outsiders.
    case anchorJobs
    /// What outsiders gave over checkpoints, other than RFC 3161 responses.
    case anchors
    /// Evidence records over them that were renewed.
    case renewedRecords
    /// Lines of witnesses under checkpoints.
    case cosignatures
    /// The size that each witness cosigned last.
    case witnesses
    /// Receipts of erased records.
    case erasures
    /// Watches over feeds, each with its wrapped key.
    case watches
    /// Pictures that came by in feeds, sealed.
    case feedPictures
    /// What a watch has seen, and what it has found with what.
    case feedSeen
    /// What watches found, sealed.
    case feedHits
    /// Hits that webhooks have not taken yet.
    case feedDeliveries
    /// Searches that an account may look at again, each with its wrapped key and when it ends.
    case searches
    /// What was found by a kept search, and the picture that was looked for, sealed.
    case searchData
    /// What an account does not want to see among matches.
    case ignored
    /// What accounts said of matches.
    case feedback
    /// Fingerprints that were set aside, since they are close to too many different pictures.
    case floods
    /// Digests that our own calendar has promised to carry on, in rounds.
    case calendar
}
