import EvidenceStore

extension Notary {
    /// Looks a kept picture of a feed up, as its watch's owner would.
    var feedSearch: FeedWatcher.Search {
        { sha256, pdq, account in
            let caller = Caller(account: account, name: "", authentication: "watch")
            // What is kept has no pixels: geometry does not look.
            let picture = ExaminedFile(mediaType: "", decoded: nil, pdq: pdq)
            return try self.matcher(for: caller).matches(sha256: sha256, picture: picture)
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
