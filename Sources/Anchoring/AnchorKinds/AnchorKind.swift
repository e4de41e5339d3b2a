/// A kind of anchor in evidence files, known by the ending of its member: how it is judged offline, and how two of them
/// are joined. A new kind is one folder, one line in ``AnchorKinds/all``, and its conformance vectors.
///
/// RFC 3161 responses (`.tsr`) are judged apart, since evidence records hang on them.
public protocol AnchorKind: SendableMetatype {
    /// With its dot: `.ots`.
    static var ending: String { get }

    /// Judges one anchor with no network.
    ///
    /// - Parameter companions: All members of the same `anchors/` folder, such as the headers beside a proof.
    static func judgement(
        of file: AnchorFile,
        over checkpoint: OutgoingCheckpoint,
        companions: [AnchorFile],
        trust: AnchorTrust
    ) -> AnchorJudgement

    /// One member that proves what both prove, at least as strong as either; `nil` when both must be kept side by side.
    static func joined(_ first: [UInt8], _ second: [UInt8]) -> [UInt8]?
}

/// Every kind that this version knows beside `.tsr`.
public enum AnchorKinds {
    public static let all: [any AnchorKind.Type] = [
        EVMAnchor.self, OpenTimestampsAnchor.self, BitcoinHeadersAnchor.self, FabricAnchor.self,
    ]

    /// The kind of a member with this name.
    public static func kind(of name: String) -> (any AnchorKind.Type)? { all.first { name.hasSuffix($0.ending) } }
}
