import Anchoring
import EvidenceStore
import MerkleLog

extension Notary {
    /// Every log of this notary: first the one that outsiders see, then the lanes under it, if there are several.
    public var logs: [PublishedLog] {
        ([lanes.outgoing] + (lanes.top == nil ? [] : lanes.registering)).map {
            PublishedLog(lane: $0, store: store, isOutgoing: $0.id == lanes.outgoing.id, witnesses: witnesses)
        }
    }

    /// The newest signed note of the log that outsiders see: a checkpoint that is durable and guarded, with the
    /// cosignatures that it has by now.
    public var publishedCheckpoint: [UInt8] { logs[0].checkpoint }

    /// Answers an RFC 3161 request by the built-in authority. Always a response, a rejection for bad requests.
    public func timestampResponse(to request: [UInt8]) -> [UInt8] { authority.response(to: request) }

    /// PEM of the root that the built-in authority's tokens chain to.
    public var authorityRootPEM: String { keys.authorityCredentials.rootCertificatePEM }
}
