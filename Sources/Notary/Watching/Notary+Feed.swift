import EvidenceStore

extension Notary {
    /// Compares a kept picture of a feed with a registration, as its watch's owner may see it.
    var feedSearch: FeedWatcher.Search {
        { picture, pdq, position in
            let caller = Caller(account: picture.account, name: "", authentication: "watch")
            return try self.matcher(for: caller).match(of: pdq, sha256: picture.sha256, at: position)
        }
    }

    /// Compares what was registered with the feed now, and posts what is due: what the service does each second.
    package func compareFeed() async throws {
        try feed.compare(feedSearch)
        try await feed.sendDue()
    }

    /// Forgets pictures of feeds that are too old.
    package func sweepFeed() throws { try feed.sweep() }
}
