import Anchoring
import Bytes
import OpenSSL

/// The anchors of one checkpoint. They only ever get stronger: what two of a name prove is joined where their kind can,
/// and both are kept where it cannot. What comes out depends on what was added and not on the order.
struct AnchorSet {
    private var contents: [AnchorName: Set<[UInt8]>] = [:]

    mutating func add(_ file: AnchorFile) { contents[AnchorName(of: file), default: []].insert(file.bytes) }

    /// The members to be written, by name.
    ///
    /// - Throws: ``EvidenceError`` with `.invalidField` when two would need one name.
    func members() throws(EvidenceError) -> [String: [UInt8]] {
        var members: [String: [UInt8]] = [:]
        for (name, contents) in contents {
            for (position, bytes) in Self.joined(contents, called: name.plain).enumerated() {
                let called = position == 0 ? name.plain : name.marked(by: bytes)
                guard members.updateValue(bytes, forKey: called) == nil else {
                    throw EvidenceError(
                        .invalidField,
                        "two different anchors would both be called \(called); rename one of them and merge again"
                    )
                }
            }
        }
        return members
    }

    /// Those of one name, joined as far as their kind can, the earliest first. The order is by their bytes before they
    /// are joined, so that it is always the same.
    private static func joined(_ contents: Set<[UInt8]>, called name: String) -> [[UInt8]] {
        guard contents.count > 1 else { return Array(contents) }
        var result: [[UInt8]] = []
        for bytes in sorted(contents, called: name) {
            var joined = bytes
            while let place = result.firstIndex(where: { join($0, joined, called: name) != nil }) {
                joined = join(result.remove(at: place), joined, called: name) ?? joined
            }
            if !result.contains(joined) { result.append(joined) }
        }
        return sorted(Set(result), called: name)
    }

    private static func join(_ first: [UInt8], _ second: [UInt8], called name: String) -> [UInt8]? {
        first == second ? first : AnchorKinds.kind(of: name)?.joined(first, second)
    }

    /// By an authority's time where there is one, then by digest.
    private static func sorted(_ contents: Set<[UInt8]>, called name: String) -> [[UInt8]] {
        contents.map { bytes in
            let isTimestamp = name.hasSuffix(AnchorName.timestampEnding)
            let token = isTimestamp ? (try? UnverifiedTimestamp(response: bytes))?.response.token : nil
            return (seconds: token?.genTimeSeconds ?? 0, digest: SHA256.digest(of: bytes), bytes: bytes)
        }.sorted { ($0.seconds, $0.digest) < ($1.seconds, $1.digest) }.map(\.bytes)
    }
}
