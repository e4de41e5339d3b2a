import Bytes
import Evidence
import EvidenceStore
import Fingerprints
import MerkleLog
import struct SimilarityIndex.CopyVerdict
import Testing

@testable import Notary

/// What a match is called, and what it says.
struct MatchTests {
    private static let square = [(0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75)]
        .map { CopyVerdict.Point(x: $0.0, y: $0.1) }

    private static func verdict(_ kind: CopyVerdict.Kind, isMirrored: Bool = false) -> CopyVerdict {
        CopyVerdict(
            kind: kind,
            method: .features,
            score: 0.97,
            isMirrored: isMirrored,
            isInverted: false,
            transform: [1, 0, 0, 0, 1, 0, 0, 0, 1],
            queryRegion: square,
            registeredRegion: square,
            inlierCount: 214,
            agreement: 0.9984
        )
    }

    private static func match(
        isSameBytes: Bool = false,
        isSamePixels: Bool = false,
        distanceBits: Int? = nil,
        geometry: Match.Geometry = .notLooked
    ) -> Match {
        Match(
            position: LogPosition(lane: LaneID(0), index: LeafIndex(7)),
            isSameBytes: isSameBytes,
            isSamePixels: isSamePixels,
            id: nil,
            isYours: false,
            registeredAt: UTCTime(milliseconds: 0),
            distanceBits: distanceBits,
            orientation: distanceBits == nil ? nil : .original,
            geometry: geometry
        )
    }

    @Test(arguments: [
        (match(isSameBytes: true, isSamePixels: true, distanceBits: 0), "same bytes"),
        (match(isSamePixels: true, distanceBits: 0, geometry: .confirmed(verdict(.nearCopy))), "same pixels"),
        (match(distanceBits: 31), "near copy (PDQ)"),
        (match(distanceBits: 31, geometry: .notConfirmed), "near copy (PDQ)"),
        (match(distanceBits: 31, geometry: .confirmed(verdict(.nearCopy))), "near copy (PDQ)"),
        (match(distanceBits: 32, geometry: .confirmed(verdict(.nearCopy))), "near copy"),
        (match(distanceBits: 12, geometry: .confirmed(verdict(.mirrored))), "mirrored"),
        (match(geometry: .confirmed(verdict(.crop))), "crop"),
        (match(geometry: .confirmed(verdict(.composite))), "part of a composite"),
        (match(geometry: .confirmed(verdict(.rotated))), "rotated"),
    ])
    private func kindIsTheMostThatIsKnown(_ match: Match, _ kind: String) {
        #expect(match.kind.rawValue == kind)
        #expect(match.json["kind"]?.stringValue == kind)
    }

    @Test func methodsAreThoseThatSpoke() {
        #expect(Self.match(distanceBits: 31, geometry: .notConfirmed).methods == ["PDQ"])
        #expect(
            Self.match(distanceBits: 40, geometry: .confirmed(Self.verdict(.crop))).methods == ["features and pixels"]
        )
        let both = Self.match(distanceBits: 20, geometry: .confirmed(Self.verdict(.crop)))
        #expect(both.methods == ["features and pixels", "PDQ"])
    }

    @Test func geometryThatDoesNotConfirmLowersTheScore() {
        let alone = Self.match(distanceBits: 16)
        let refuted = Self.match(distanceBits: 16, geometry: .notConfirmed)
        #expect(alone.score == 0.9375)
        #expect(refuted.score < alone.score)
        #expect(Self.match(geometry: .confirmed(Self.verdict(.crop))).score == 0.97)
    }

    @Test func jsonHoldsTheWholeVerdict() throws {
        let json = Self.match(geometry: .confirmed(Self.verdict(.crop, isMirrored: true))).json
        let geometry = try #require(json["geometry"])
        #expect(geometry["result"] == "confirmed")
        #expect(geometry["kind"] == "crop")
        #expect(geometry["mirrored"] == true)
        #expect(geometry["transform"]?.arrayValue?.count == 9)
        #expect(geometry["region"]?.arrayValue?.first == [.number("0.250000"), .number("0.250000")])
        #expect(geometry["inliers"] == 214)
        #expect(geometry["agreement"] == .number("0.998400"))
        #expect(Self.match(distanceBits: 3).json["geometry"] == .null)
        #expect(Self.match(distanceBits: 3, geometry: .notConfirmed).json["geometry"] == ["result": "not confirmed"])
    }

    @Test func sentencesSayHowMuchOfWhat() {
        let crop = Self.match(geometry: .confirmed(Self.verdict(.crop))).sentence
        #expect(crop.contains("25 % of it") && crop.contains("214 details") && crop.contains("99 %"))
        let refuted = Self.match(distanceBits: 9, geometry: .notConfirmed).sentence
        #expect(refuted.contains("9 of 256") && refuted.contains("not confirm"))
    }

    @Test(arguments: [
        (0.0, "0.000000"), (1, "1.000000"), (-0.25, "-0.250000"), (0.000_000_6, "0.000001"), (12.5, "12.500000"),
    ])
    func decimalsAreSpelledOut(_ value: Double, _ text: String) {
        #expect(JSONValue.decimal(value) == .number(text))
        #expect(JSONValue.decimal(.nan) == .null)
    }
}
