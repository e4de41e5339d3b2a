import Bytes
import Fingerprints

/// The PDQ fingerprints of a scanned document's first pages: `pdq-pages-1`.
///
/// Of each page its quality in one byte and its fingerprint, in the order of the pages.
struct PageFingerprints: Sendable, Equatable {
    static let algorithm = "pdq-pages-1"
    /// Pages of one document in the index: a power of two, as many as are drawn.
    static let pageLimit = 8

    struct Page: Sendable, Equatable {
        let fingerprint: PDQFingerprint
        /// 0 to 100; below 50 the page is not matched on: it is blank, or nearly.
        let quality: Int
    }

    let pages: [Page]

    /// - Returns: `nil` without pages.
    init?(of results: [PDQResult]) {
        guard !results.isEmpty else { return nil }
        pages = results.prefix(Self.pageLimit).map { Page(fingerprint: $0.fingerprint, quality: $0.quality) }
    }

    /// - Returns: `nil` unless `bytes` is what ``bytes`` writes.
    init?(bytes: [UInt8]) {
        let length = 1 + PDQFingerprint.byteCount
        guard !bytes.isEmpty, bytes.count.isMultiple(of: length), bytes.count / length <= Self.pageLimit else {
            return nil
        }
        var pages: [Page] = []
        for start in stride(from: 0, to: bytes.count, by: length) {
            guard bytes[start] <= 100,
                let fingerprint = PDQFingerprint(bytes: Array(bytes[start + 1..<start + length]))
            else { return nil }
            pages.append(Page(fingerprint: fingerprint, quality: Int(bytes[start])))
        }
        self.pages = pages
    }

    var bytes: [UInt8] { pages.flatMap { [UInt8($0.quality)] + $0.fingerprint.bytes } }
    var hex: String { Hex.encode(bytes) }
    /// The best page's.
    var quality: Int { pages.map(\.quality).max() ?? 0 }
}
