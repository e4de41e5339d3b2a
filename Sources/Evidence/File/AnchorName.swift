import Anchoring
import Bytes
import OpenSSL

/// The name of an anchor taken apart, so that two that differ can lie beside each other.
///
/// The second of one name is called `<name>.<8 hex of its SHA-256>.<ending>`; a member called so by its own digest is
/// another of `<name>.<ending>`.
struct AnchorName: Hashable {
    static let timestampEnding = ".tsr"
    /// 32 bits tell the few of one name apart; where they do not, merging refuses rather than loses one.
    private static let digestByteCount = 4

    private let stem: String
    /// With its dot: that of its kind, or all after the first dot of a kind unknown here.
    private let ending: String

    init(of file: AnchorFile) {
        let name = file.name
        let mark = "." + Self.mark(of: file.bytes)
        if let known = Self.knownEnding(of: name) {
            let stem = String(name.dropLast(known.count))
            self.stem = stem.hasSuffix(mark) && stem.count > mark.count ? String(stem.dropLast(mark.count)) : stem
            ending = known
        } else {
            let stem = name.prefix { $0 != "." }
            let ending = String(name.dropFirst(stem.count))
            self.stem = String(stem)
            let isMarked = ending == mark || ending.hasPrefix(mark + ".")
            self.ending = isMarked ? String(ending.dropFirst(mark.count)) : ending
        }
    }

    /// What the first of this name is called.
    var plain: String { stem + ending }

    /// What another of this name is called.
    func marked(by bytes: [UInt8]) -> String { "\(stem).\(Self.mark(of: bytes))\(ending)" }

    private static func mark(of bytes: [UInt8]) -> String {
        Hex.encode(SHA256.digest(of: bytes).bytes.prefix(digestByteCount))
    }

    private static func knownEnding(of name: String) -> String? {
        name.hasSuffix(timestampEnding) ? timestampEnding : AnchorKinds.kind(of: name)?.ending
    }
}
