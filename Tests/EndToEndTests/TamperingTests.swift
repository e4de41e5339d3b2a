import Programs
import Testing

/// One flipped byte anywhere, and the check that names it.
@Suite struct TamperingTests {
    private static let photo = "teapot.jpg"

    /// Members by their ending, and the checks that must fail when one of their bytes is changed.
    static let members: [(ending: String, checks: [String])] = [
        ("record.json", ["record.sha256", "record.sm3"]), ("entry.json", ["log.inclusion@"]),
        ("/entry.tlog-proof", ["log.inclusion@"]), ("/checkpoint.signed", ["log.checkpoint@"]),
        ("/checkpoint", ["log.cosignatures@"]), (".tsr", ["time.self-operated.tsr@"]),
        (".ers", ["time.evidence-record."]), ("README.txt", ["container.readme"]), ("mimetype", ["container.mimetype"]),
    ]

    @Test(arguments: members)
    func aChangedMemberIsNamed(ending: String, checks: [String]) async throws {
        let shop = try await SampleShop.shared.value
        let whole = try shop.evidence(of: Self.photo)
        let path = try #require(whole.paths(endingIn: ending).first)
        let count = try #require(whole.members[path]?.count)
        for position in [0, count / 2, count - 1] {
            var altered = whole
            altered.members[path]?[position] ^= 1
            let folder = try Scratch()
            try altered.write(to: folder)
            try await expect(checks, of: folder.path, shop, "\(path), byte \(position), unpacked")
            let packed = try Scratch()
            try await expect(
                checks,
                of: packed.write(altered.repacked, to: "altered.asice"),
                shop,
                "\(path), byte \(position), repacked"
            )
        }
    }

    @Test func aChangedFileIsNamed() async throws {
        let shop = try await SampleShop.shared.value
        let photo = try Scratch.bytes(at: SampleShop.path(of: Self.photo))
        let scratch = try Scratch()
        for position in [0, photo.count / 2, photo.count - 1] {
            var altered = photo
            altered[position] ^= 1
            let file = try scratch.write(altered, to: "altered.jpg")
            let judgement = try await Judgement(of: shop.evidencePath(of: Self.photo), file: file)
            #expect(judgement.status == 1 && judgement.failed == ["file.sha256", "file.sm3"], "byte \(position)")
        }
    }

    @Test func anyChangedByteOfTheContainerIsNamed() async throws {
        let shop = try await SampleShop.shared.value
        let bytes = try Scratch.bytes(at: shop.evidencePath(of: Self.photo))
        let scratch = try Scratch()
        var random = SeededGenerator(seed: 20_261_121)
        for _ in 0..<12 {
            let position = Int.random(in: bytes.indices, using: &random)
            var altered = bytes
            altered[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            let judgement = try await Judgement(of: scratch.write(altered, to: "altered.asice"))
            #expect(judgement.status == 1 && !judgement.failed.isEmpty, "byte \(position)")
        }
    }

    @Test func missingAndAddedMembersAreNamed() async throws {
        let shop = try await SampleShop.shared.value
        let whole = try shop.evidence(of: Self.photo)
        for ending in Self.members.map(\.ending) {
            let path = try #require(whole.paths(endingIn: ending).first)
            var less = whole
            less.members[path] = nil
            let folder = try Scratch()
            try less.write(to: folder)
            let judgement = try await Judgement(of: folder.path, trust: shop.office.trustPath)
            #expect(judgement.status == 1 && !judgement.failed.isEmpty, "without \(path)")
        }
        for path in ["extra.txt", "trust/../x", "META-INF/manifest.xml", "checkpoints/x/1/checkpoint"] {
            let folder = try Scratch()
            try whole.write(to: folder)
            try folder.write([1], to: path)
            let judgement = try await Judgement(of: folder.path)
            #expect(judgement.status == 1 && judgement.failed == ["container.members"], "with \(path)")
        }
    }

    private func expect(_ checks: [String], of path: String, _ shop: SampleShop, _ what: String) async throws {
        let judgement = try await Judgement(
            of: path,
            file: SampleShop.path(of: Self.photo),
            trust: shop.office.trustPath
        )
        #expect(judgement.status == 1, "\(what)")
        for check in checks {
            #expect(judgement.failed.contains { $0.hasPrefix(check) }, "\(what): \(judgement.failed)")
        }
    }
}
