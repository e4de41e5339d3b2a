public import Evidence
import Bytes
import Fingerprints
import MerkleLog
import SimilarityIndex

extension Match {
    public var json: JSONValue {
        [
            "kind": .string(kind.rawValue),
            "means": .string(sentence),
            "score": .decimal(score),
            "methods": .array(methods.map { .string($0) }),
            "how": .string(provenance.rawValue),
            "id": id.map { .string($0.hex) } ?? .null,
            "yours": .bool(isYours),
            "registeredAt": .string(registeredAt.description),
            "distanceBits": distanceBits.map { .integer($0) } ?? .null,
            "orientation": orientation.map { .string($0.rawValue) } ?? .null,
            "geometry": geometry.json,
            "text": text?.json ?? .null,
            "pages": pages?.json ?? .null,
            "title": title.map { .string($0) } ?? .null,
        ]
    }
}

extension Match.Geometry {
    /// `null`, `{"result": "not confirmed"}`, or `{"result": "confirmed", …}` with the whole verdict.
    var json: JSONValue {
        switch self {
        case .notLooked: .null
        case .notConfirmed: ["result": "not confirmed"]
        case .confirmed(let verdict): verdict.json
        }
    }
}

extension CopyVerdict {
    var json: JSONValue {
        [
            "result": "confirmed",
            "kind": .string(kind.rawValue),
            "method": .string(method.rawValue),
            "score": .decimal(score),
            "mirrored": .bool(isMirrored),
            "inverted": .bool(isInverted),
            "transform": .array(transform.map { .decimal($0) }),
            "region": .array(queryRegion.map(\.json)),
            "registeredRegion": .array(registeredRegion.map(\.json)),
            "inliers": .integer(inlierCount),
            "agreement": .decimal(agreement),
        ]
    }
}

extension CopyVerdict.Point {
    var json: JSONValue { [.decimal(x), .decimal(y)] }
}

extension JSONValue {
    /// Six digits after the point: a pixel of a picture of a million. What is no number is `null`.
    static func decimal(_ value: Double) -> JSONValue {
        guard value.isFinite, abs(value) < 1e9 else { return .null }
        let millionths = Int((value * 1e6).rounded())
        let fraction = String(abs(millionths) % 1_000_000)
        let digits = String(repeating: "0", count: 6 - fraction.count) + fraction
        let sign = millionths < 0 ? "-" : ""
        return .number("\(sign)\(abs(millionths) / 1_000_000).\(digits)")
    }
}
