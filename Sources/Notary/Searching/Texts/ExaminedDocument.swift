import Documents
import Evidence
import EvidenceStore
import Fingerprints

/// What was found out about a document: its text and what it is compared by, or why there is none.
struct ExaminedDocument: Sendable {
    /// The name that the text is kept under.
    static let textName = "text-1"

    /// `nil` when it was not read: see ``refusal``.
    let document: Document?
    /// Why the text was not read. The file is registered all the same: its bytes are what counts.
    let refusal: DocumentError?
    /// `nil` for too little text.
    let text: TextFingerprint?
    let textQuality: Int
    /// Of a scan.
    let pages: PageFingerprints?
    /// Of the pages that were drawn, in their order.
    let pageResults: [PDQResult]

    init(_ document: Document) {
        self.document = document
        refusal = nil
        let made = TextFingerprint.fingerprint(of: document.text)
        let isIndexed = (made?.quality ?? 0) >= TextFingerprint.indexedQualityMinimum
        text = isIndexed ? made?.fingerprint : nil
        textQuality = made?.quality ?? 0
        pageResults = document.pagePictures.map { pdqFingerprint(of: $0) }
        pages = PageFingerprints(of: pageResults)
    }

    init(_ refusal: DocumentError) {
        document = nil
        self.refusal = refusal
        text = nil
        textQuality = 0
        pages = nil
        pageResults = []
    }

    /// `read`, `cut`, `none`, or the reason's code.
    var state: String {
        guard let document else { return refusal?.code.rawValue ?? "none" }
        return document.text.isEmpty ? "none" : document.isCut ? "cut" : "read"
    }

    var record: Record.Document {
        Record.Document(
            text: state,
            method: document?.method.rawValue,
            pages: document?.pageCount,
            charset: document?.charset
        )
    }

    var recordFingerprints: [Record.Fingerprint] {
        var fingerprints: [Record.Fingerprint] = []
        if let text {
            fingerprints.append(.init(algorithm: TextFingerprint.algorithm, value: text.hex, quality: textQuality))
        }
        if let pages {
            fingerprints.append(
                .init(algorithm: PageFingerprints.algorithm, value: pages.hex, quality: pages.quality)
            )
        }
        return fingerprints
    }

    /// ISCC's code of the text (ISO 24138); `nil` without text.
    var textCode: ISCCUnit? {
        document.flatMap { $0.text.isEmpty ? nil : ISCC.textCode(of: $0.text) }
    }

    /// The text, to show later what differs from it. Only where it can be found again.
    var derived: [DerivedData] {
        guard let document, text != nil else { return [] }
        return [DerivedData(name: Self.textName, bytes: Array(document.text.utf8))]
    }
}
