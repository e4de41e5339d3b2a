import Bytes
import EvidenceStore
import Evidence
import Fingerprints
import MediaDecoding
import MerkleLog

extension Notary {
    /// Of a drawing, when nobody asks for another.
    public static let overlayWidthPixels = OverlayRequest.greatestWidthPixels

    /// The drawing that explains a match of a kept search: both pictures, how they lie on each other, what differs. PNG.
    ///
    /// - Parameters:
    ///   - number: Of the match, from 1.
    ///   - widthPixels: Of the drawing.
    /// - Throws: ``NotaryError`` with `.unknownSearch`, `.unknownMatch`, `.overlayNotYours` (another account's picture is
    ///   never shown), `.overlayImpossible`, `.invalidRequest`, or what decoding pictures throws.
    public func overlay(
        ofSearch id: String,
        match number: Int,
        widthPixels: Int = Notary.overlayWidthPixels,
        for caller: Caller
    ) async throws -> [UInt8] {
        let widths = OverlayRequest.leastWidthPixels...OverlayRequest.greatestWidthPixels
        guard widths.contains(widthPixels) else {
            throw NotaryError(
                .invalidRequest,
                "A drawing is \(widths.lowerBound) to \(widths.upperBound) pixels wide."
            )
        }
        let search = try keptSearch(id, for: caller)
        let match = try search.match(number)
        guard match.json["yours"]?.boolValue == true, let hex = match.json["id"]?.stringValue,
            let registration = LeafHash(hex: hex)
        else {
            throw NotaryError(
                .overlayNotYours,
                "This match is another account's registration, and its picture is not shown to others."
            )
        }
        try refuseErased(registration)
        guard let query = try store.searchPicture(search.id, for: caller.account, now: clock().milliseconds) else {
            throw NotaryError(
                .overlayImpossible,
                "The picture that was looked for was not kept: it is none, or larger than "
                    + "\(KeptSearches.pictureLimitBytes) bytes."
            )
        }
        let placement = MatchPlacement(match.json)
        let request = OverlayRequest(
            query: .file(query),
            registered: try registeredPicture(registration, at: match.position, for: caller),
            transform: placement.transform,
            queryRegion: placement.queryRegion,
            registeredRegion: placement.registeredRegion,
            caption: placement.caption,
            widthPixels: widthPixels
        )
        counters.overlays.increment()
        do throws(MediaError) {
            return try await overlays.png(of: request)
        } catch {
            throw NotaryError(error)
        }
    }

    /// The original where it is kept, the sketch's reduced picture otherwise.
    private func registeredPicture(
        _ id: LeafHash,
        at position: LogPosition,
        for caller: Caller
    ) throws -> OverlayRequest.Picture {
        if let original = try store.original(of: id, for: caller.account),
            original.byteCount <= UInt64(decoder.limits.inputBytes)
        {
            return .file(try (0..<original.chunkCount).flatMap { try original.chunk($0) })
        }
        if let sketch = try store.derived(LocalFeatures.algorithm, at: position).flatMap(PictureSketch.init(bytes:)) {
            return .sketch(sketch.thumbnail)
        }
        throw NotaryError(
            .overlayImpossible,
            "Of this registration neither the file nor a sketch is kept, so there is nothing to draw."
        )
    }
}
