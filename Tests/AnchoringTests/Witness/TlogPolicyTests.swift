import Anchoring
import MerkleLog
import Testing

struct TlogPolicyTests {
    private static let keys = WitnessFixture.witnesses.map(\.verifierKey)
    private static let lines = zip(1..., keys).map { "witness w\($0) \($1.text) https://w\($0).example/" }
    private static let witnesses = lines.joined(separator: "\n") + "\n"

    private static func policy(_ text: String) throws -> TlogPolicy { try TlogPolicy(parsing: Array(text.utf8)) }

    @Test func isReadWithCommentsAndSpaces() throws {
        let log = WitnessFixture.log.verifierKey
        let policy = try Self.policy(
            "# comment\n\n \t\n  # another\n\tlog\t\(log.text)   https://log.example/ \n\(Self.witnesses)group g 2 w1 w2 w3\n"
                + "quorum g\n"
        )
        #expect(policy.logs.map(\.key) == [log])
        #expect(policy.logs.first?.url == "https://log.example/")
        #expect(policy.witnesses.map(\.key) == Self.keys)
        #expect(policy.witnesses.first?.url == "https://w1.example/")
        #expect(policy.groups.map(\.threshold) == [2])
        #expect(policy.accepts(log: log))
        #expect(!policy.accepts(log: try WitnessFixture.key("log.example/b", .ed25519, seed: 2).verifierKey))
    }

    /// Every set of the four witnesses, as the set of their numbers written in binary.
    private static func met(_ text: String) throws -> [Int] {
        let policy = try policy(witnesses + text)
        return (0..<16).filter { set in
            policy.isMet(by: keys.indices.filter { set & 1 << $0 != 0 }.map { keys[$0] })
        }
    }

    @Test func countsWitnesses() throws {
        #expect(try Self.met("quorum none\n") == Array(0..<16))
        #expect(try Self.met("quorum w2\n") == (0..<16).filter { $0 & 2 != 0 })
        #expect(try Self.met("group g any w1 w2\nquorum g\n") == (0..<16).filter { $0 & 3 != 0 })
        #expect(try Self.met("group g all w1 w2\nquorum g\n") == (0..<16).filter { $0 & 3 == 3 })
        #expect(try Self.met("group g 2 w1 w2 w3\nquorum g\n") == (0..<16).filter { ($0 & 7).nonzeroBitCount >= 2 })
        #expect(
            try Self.met("group x any w1 w2\ngroup y any w3 w4\ngroup z all x y\nquorum z\n")
                == (0..<16).filter { $0 & 3 != 0 && $0 & 12 != 0 }
        )
        #expect(
            try Self.met("group x all w1 w2\ngroup z 2 w3 x w4\nquorum z\n")
                == (0..<16).filter { ($0 & 4 != 0 ? 1 : 0) + ($0 & 8 != 0 ? 1 : 0) + ($0 & 3 == 3 ? 1 : 0) >= 2 }
        )
    }

    @Test func otherKeysCountForNothing() throws {
        let policy = try Self.policy(Self.witnesses + "group g 2 w1 w2\nquorum g\n")
        let stranger = try WitnessFixture.key("witness.example/w2", .cosignature, seed: 99).verifierKey
        #expect(!policy.isMet(by: [Self.keys[0], stranger, Self.keys[0]]))
        #expect(policy.isMet(by: [Self.keys[0], stranger, Self.keys[1]]))
    }

    /// K and the Kelvin sign are equal to Unicode, and to Swift's strings.
    @Test func namesAreBytes() throws {
        let text = "witness K \(Self.keys[0].text)\nwitness \u{212A} \(Self.keys[1].text)\nquorum \u{212A}\n"
        let policy = try Self.policy(text)
        #expect(!policy.isMet(by: [Self.keys[0]]))
        #expect(policy.isMet(by: [Self.keys[1]]))
        let latin1 = Array("witness ".utf8) + [0xE9] + Array(" \(Self.keys[0].text)\nquorum ".utf8) + [0xE9, 0x0A]
        #expect(try TlogPolicy(parsing: latin1).isMet(by: [Self.keys[0]]))
    }

    @Test(
        arguments: [
            ("", .missingQuorum, nil), ("# none\n", .missingQuorum, nil),
            ("quorum none", .malformedText, 1), ("quorum none\r\n", .malformedText, 1),
            ("\nquorum \u{7F}\n", .malformedText, 2),
            ("quorum none\nquorum none\n", .duplicateQuorum, 2), ("quorum w1\n", .undefinedName, 1),
            ("quorum\n", .malformedLine, 1), ("quorum none none\n", .malformedLine, 1),
            ("Quorum none\n", .malformedLine, 1),
            ("log\n", .malformedLine, 1), ("log key\n", .malformedKey, 1), ("witness w1\n", .malformedLine, 1),
            ("witness w1 key\n", .malformedKey, 1), ("group g any\n", .malformedLine, 1),
            ("\n\ngroup g any w1\n", .undefinedName, 3), ("group g any g\n", .undefinedName, 1),
            ("group g any none\n", .undefinedName, 1),
        ] as [(String, PolicyError.Code, Int?)]
    )
    func refusesByLine(_ text: String, _ code: PolicyError.Code, _ line: Int?) {
        Self.expect(code, line, text)
    }

    @Test(
        arguments: [
            ("group g 0 w1 w2\n", .invalidThreshold), ("group g 3 w1 w2\n", .invalidThreshold),
            ("group g 02 w1 w2\n", .invalidThreshold), ("group g +1 w1 w2\n", .invalidThreshold),
            ("group g some w1 w2\n", .invalidThreshold), ("group g any w1 w1\n", .repeatedMember),
            ("group w1 any w2\n", .duplicateName), ("group none any w2\n", .duplicateName),
        ] as [(String, PolicyError.Code)]
    )
    func refusesGroups(_ text: String, _ code: PolicyError.Code) { Self.expect(code, 5, Self.witnesses + text) }

    @Test func refusesAMemberOfTwoGroups() {
        Self.expect(.repeatedMember, 6, Self.witnesses + "group g any w1 w2\ngroup h any w2 w3\nquorum h\n")
    }

    @Test func refusesKeysThatDoNotFit() throws {
        let log = WitnessFixture.log.verifierKey
        Self.expect(.malformedKey, 1, "log \(Self.keys[0].text)\nquorum none\n")
        Self.expect(.malformedKey, 1, "witness w1 \(log.text)\nquorum none\n")
        Self.expect(.duplicateName, 2, "\(Self.lines[0])\nwitness w1 \(Self.keys[1].text)\nquorum none\n")
        Self.expect(.duplicateName, 1, "witness none \(Self.keys[1].text)\nquorum none\n")
        Self.expect(.duplicateKey, 2, "log \(log.text)\nlog \(log.text)\nquorum none\n")
        // Another public key under the same identifier, which lines could not tell apart.
        let identifier = Self.keys[0].text.split(separator: "+")[1]
        let twin = "twin.example+\(identifier)+BgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        Self.expect(.duplicateKey, 2, "\(Self.lines[0])\nwitness w9 \(twin)\nquorum none\n")
        // The same public key under another name.
        let renamed = try WitnessFixture.key("other.example", .cosignature, seed: 11).verifierKey
        Self.expect(.duplicateKey, 2, "\(Self.lines[0])\nwitness w9 \(renamed.text)\nquorum none\n")
    }

    @Test func isLimited() {
        Self.expect(.tooLarge, nil, String(repeating: "#\n", count: TlogPolicy.limitBytes))
    }

    @Test(.enabled(if: Vectors.hasOutside("checkpoint/policy.txt"), "CINNABAR_VECTORS has no checkpoint folder"))
    func decidesOnTheSharedCheckpoint() throws {
        let policy = try TlogPolicy(parsing: Vectors.outsideBytes("checkpoint/policy.txt"))
        func isMet(_ name: String) throws -> Bool {
            let note = try SignedNote(parsing: Vectors.outsideBytes("checkpoint/generated/\(name).note"))
            let verified = try note.verifiedCheckpoint(log: policy.logs[0].key, witnesses: policy.witnesses.map(\.key))
            return policy.isMet(by: verified.cosignatures.map(\.key))
        }
        #expect(try isMet("three-witnesses"))
        #expect(try !isMet("log-only"))
    }

    private static func expect(
        _ code: PolicyError.Code,
        _ line: Int?,
        _ text: String,
        at location: SourceLocation = #_sourceLocation
    ) {
        let error = #expect(throws: PolicyError.self, sourceLocation: location) { try policy(text) }
        #expect(error?.code == code, sourceLocation: location)
        #expect(error?.line == line, sourceLocation: location)
    }
}
