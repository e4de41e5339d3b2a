/// One picture of a feed: where its file lies, and what it is called in hits.
struct FeedItem: Sendable, Equatable {
    let path: String
    let reference: String
}
