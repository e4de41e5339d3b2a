import Bytes
import Evidence
import Notary

extension LocalConnection {
    func createWatch(_ order: WatchOrder) async throws -> JSONValue {
        try notary.createWatch(order.request, for: caller).jsonWithSecret
    }

    func watches() async throws -> JSONValue { ["watches": .array(try notary.watches(for: caller).map(\.json))] }

    func deleteWatch(_ id: String) async throws { try notary.deleteWatch(try Notary.watchID(id), for: caller) }

    func hasSeen(_ sha256: Digest256, watch id: String) async throws -> Bool {
        try notary.hasSeen(sha256, in: try Notary.watchID(id), for: caller)
    }

    func show(_ file: any FileContent, reference: String, to id: String) async throws -> JSONValue {
        let upload = notary.makePassingUpload()
        try file.forEachPiece(progress: { _ in }) { try upload.append($0) }
        return try await notary.show(upload, reference: reference, to: try Notary.watchID(id), for: caller).json
    }

    /// No server compared what was registered since with the feed: this does.
    func hits(of id: String, after number: UInt64?) async throws -> JSONValue {
        try await notary.compareFeed()
        return try notary.hits(of: try Notary.watchID(id), after: number, limit: Notary.hitPageLimit, for: caller)
    }
}
