import Clauses
public import Evidence
import SimilarityIndex

extension TextAgreement {
    public var json: JSONValue {
        [
            "similarity": .decimal(similarity),
            "clauses": comparison?.json ?? .null,
        ]
    }

    var sentence: String {
        let share = CopyVerdict.percent(similarity)
        guard let comparison else {
            return "The registered document has about \(share) of its wording in common with this one."
        }
        if comparison.changeCount == 0 {
            return "The registered document has the same text; only its layout or file format differs."
        }
        let changed = comparison.changeCount == 1 ? "1 clause differs" : "\(comparison.changeCount) clauses differ"
        let same = comparison.unchangedCount == 1 ? "1 is the same" : "\(comparison.unchangedCount) are the same"
        return "The registered document has nearly this text: \(changed), \(same)."
    }
}

extension PageAgreement {
    public var json: JSONValue {
        [
            "registered": .array(registeredPages.map { .integer($0) }),
            "found": .integer(foundCount),
            "searched": .integer(searchedCount),
        ]
    }

    var sentence: String {
        let pages = registeredPages.map(String.init).joined(separator: ", ")
        return "Page \(pages) of a registered scan looks very much like this (\(distanceBits) of 256 bits of their "
            + "fingerprints differ). Pages of text look alike from afar: compare them."
    }
}

extension ClauseComparison {
    var json: JSONValue {
        [
            "unchanged": .integer(unchangedCount),
            "changed": .integer(changeCount),
            "similarity": .decimal(similarity),
            "changes": .array(changes.map(\.json)),
        ]
    }
}

extension ClauseChange {
    var json: JSONValue {
        [
            "kind": .string(kind.rawValue),
            "heading": heading.map { .string($0) } ?? .null,
            "registered": registered.map { .string($0) } ?? .null,
            "found": found.map { .string($0) } ?? .null,
            "pieces": .array(
                pieces.map { ["kind": .string($0.kind.rawValue), "text": .string($0.text)] }
            ),
        ]
    }
}
