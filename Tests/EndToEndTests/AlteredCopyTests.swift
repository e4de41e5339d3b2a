import Evidence
import Foundation
import Programs
import Testing

/// Copies are found with their originals, whole or in part, and nothing else is named.
@Suite struct AlteredCopyTests {
    /// One copy's golden values, on our own decoding. They change with the decode path, never to pass.
    struct Golden: Decodable {
        let copy: String
        /// Bits between its fingerprint and the first original's as the pictures lie.
        let distanceBitsAsItLies: Int
        /// What a search answers: one for each original.
        let matches: [Match]

        struct Match: Decodable, Hashable {
            let original: String
            let kind: String
            let distanceBits: Int64?
            let orientation: String?
        }

        static let all: [Golden] = {
            let url = Bundle.module.bundleURL.appending(path: "Golden/altered.json")
            return (try? JSONDecoder().decode([Golden].self, from: Data(contentsOf: url))) ?? []
        }()
    }

    @Test func everyAlteredSampleHasGoldenValues() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Repository.path("Samples/altered"))
        #expect(Set(files) == Set(Golden.all.map(\.copy)))
        #expect(Golden.all.contains { $0.matches.count > 1 } && Golden.all.allSatisfy { !$0.matches.isEmpty })
    }

    @Test func copiesAreFoundWithTheirOriginals() async throws {
        let shop = try await SampleShop.shared.value
        let office = try await DataFolder(copying: shop.office)
        let firsts = try Golden.all.map { try #require($0.matches.first?.original) }
        let copies = try await searches(Golden.all.map { Repository.path("Samples/altered/\($0.copy)") }, office)
        let originals = try await searches(firsts.map(SampleShop.path), office)
        for (golden, (copy, original)) in zip(Golden.all, zip(copies, originals)) {
            #expect(try distanceBits(copy, original) == golden.distanceBitsAsItLies, "\(golden.copy)")
            let matches = try #require(copy["matches"]?.arrayValue)
            let found = try matches.map { match in
                Golden.Match(
                    original: try shop.name(of: #require(match["id"]?.stringValue)),
                    kind: try #require(match["kind"]?.stringValue),
                    distanceBits: match["distanceBits"]?.integerValue,
                    orientation: match["orientation"]?.stringValue
                )
            }
            #expect(found.count == golden.matches.count, "\(golden.copy): \(found)")
            #expect(Set(found) == Set(golden.matches), "\(golden.copy)")
            #expect(original["matches"]?.arrayValue?.first?["kind"] == "same bytes")
        }
    }

    @Test func everySampleIsRegisteredOnceAndMatchesNoOther() async throws {
        let shop = try await SampleShop.shared.value
        #expect(shop.registrations.count == SampleShop.photoCount + SampleShop.contracts.count)
        for (name, registration) in shop.registrations {
            #expect(registration["earlier"] == [], "\(name) resembles another sample")
            #expect(registration["replayed"] == false)
        }
        let office = try await DataFolder(copying: shop.office)
        let again = try await office.cinnabar("import", Repository.path("Samples/photos"))
        let summary = try again.jsonLines.last?["summary"]
        #expect(summary?["alreadyRegistered"]?.integerValue == Int64(SampleShop.photoCount))
        let audit = try await office.audit()
        #expect(audit.status == 0 && audit.report["entries"]?.integerValue == Int64(shop.registrations.count))
    }

    private func searches(_ paths: [String], _ office: DataFolder) async throws -> [JSONValue] {
        let run = try await office.cinnabar(["search"] + paths)
        try #require(run.status == 0, "\(run.errors)")
        return try (run.json["searches"]?.arrayValue ?? []).map { try #require($0["search"]) }
    }

    private func distanceBits(_ first: JSONValue, _ second: JSONValue) throws -> Int {
        let digits = try [first, second].map { try #require($0["picture"]?["pdq"]?.stringValue) }
        return zip(digits[0], digits[1]).reduce(0) { sum, pair in
            sum + ((pair.0.hexDigitValue ?? 0) ^ (pair.1.hexDigitValue ?? 0)).nonzeroBitCount
        }
    }
}
