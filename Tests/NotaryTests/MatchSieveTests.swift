import Bytes
import EvidenceStore
import Fingerprints
import MerkleLog
import Testing

@testable import Notary

/// What of the matches found is shown.
struct MatchSieveTests {
    private static func match(_ index: UInt64, _ geometry: Match.Geometry, sameBytes: Bool = false)
        -> Match
    {
        Match(
            position: LogPosition(lane: LaneID(0), index: LeafIndex(index)),
            isSameBytes: sameBytes,
            id: nil,
            isYours: false,
            registeredAt: UTCTime(milliseconds: 0),
            distanceBits: 20,
            orientation: .original,
            geometry: geometry
        )
    }

    @Test func someLookAlikesAreShown() {
        let found = (0..<UInt64(MatchSieve.floodLimit)).map { Self.match($0, .notConfirmed) }
        let sieve = MatchSieve(found) { _ in false }
        #expect(sieve.shown == found && sieve.setAsideCount == 0 && sieve.ignoredCount == 0)
    }

    @Test func aFloodOfDifferentPicturesIsSetAsideAndNothingElse() {
        let count = UInt64(MatchSieve.floodLimit) + 1
        let flood = (0..<count).map { Self.match($0, .notConfirmed) }
        let others = [Self.match(900, .notConfirmed, sameBytes: true), Self.match(901, .notLooked)]
        let sieve = MatchSieve(others + flood) { _ in false }
        #expect(sieve.shown == others && sieve.setAsideCount == Int(count))
    }

    @Test func whatIsIgnoredCountsForNoFlood() {
        let found = (0..<UInt64(MatchSieve.floodLimit) + 4).map { Self.match($0, .notConfirmed) }
        let sieve = MatchSieve(found) { $0.position.index.value < 4 }
        #expect(sieve.ignoredCount == 4 && sieve.setAsideCount == 0)
        #expect(sieve.shown.map(\.position.index.value) == Array(4..<UInt64(MatchSieve.floodLimit) + 4))
    }

    @Test func oneThingIsIgnoredByItsPlaceOrItsLooks() throws {
        let near = try #require(PDQFingerprint(bytes: [UInt8](repeating: 0x0F, count: 32)))
        let bits31 = try #require(
            PDQFingerprint(bytes: [0, 0, 0, 0, 0, 0, 0, 0x1E] + [UInt8](repeating: 0x0F, count: 24))
        )
        let bits32 = try #require(
            PDQFingerprint(bytes: [UInt8](repeating: 0, count: 8) + [UInt8](repeating: 0x0F, count: 24))
        )
        #expect(near.distanceBits(to: bits32) == 32)
        let match = Self.match(5, .notLooked)
        func entry(_ subject: IgnoredMatch.Subject) throws -> IgnoredMatch {
            let id = try AccountRowID(now: 9000)
            let entry = try #require(IgnoredMatch(id, IgnoredMatch.bytes(subject, note: "logo")))
            #expect(entry.subject == subject && entry.note == "logo" && entry.name == id.hex)
            return entry
        }
        #expect(try entry(.registration(match.position, id: nil)).applies(to: match) { nil })
        let elsewhere = LogPosition(lane: LaneID(1), index: LeafIndex(5))
        #expect(try !entry(.registration(elsewhere, id: "x")).applies(to: match) { nil })
        #expect(try entry(.fingerprint(near)).applies(to: match) { near })
        #expect(try entry(.fingerprint(near)).applies(to: match) { bits31 } == (near.distanceBits(to: bits31) <= 31))
        #expect(try !entry(.fingerprint(near)).applies(to: match) { bits32 })
        #expect(try !entry(.fingerprint(near)).applies(to: match) { nil })
    }

    @Test(arguments: ["", ".", "1", "1.", ".1", "1.2.3", "65536.1", "-1.2", "1.-2", "1.2 "])
    func placesAreStrict(_ text: String) {
        #expect(LogPosition(text: text) == nil)
        #expect(LogPosition(text: "3.17")?.text == "3.17")
    }

    /// Where a corner comes when a picture is turned so.
    @Test(
        arguments: zip(
            Orientation.allCases,
            [[0.0, 0], [0, 1], [1, 1], [1, 0], [0, 1], [1, 0], [0, 0], [1, 1]]
        )
    )
    func theTopLeftCornerComesToItsPlace(_ orientation: Orientation, _ corner: [Double]) {
        let transform = orientation.transform
        #expect([transform[2], transform[5]] == corner, "\(orientation)")
    }
}
