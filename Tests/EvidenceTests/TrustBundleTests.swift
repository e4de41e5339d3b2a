import Anchoring
import Evidence
import Testing

/// What a checker says of ledgers, as JSON and on a command line.
@Suite struct TrustBundleTests {
    private static let hash = String(repeating: "0a", count: 32)
    private static let blocks: Set<AnchorTrust.Block> = [
        .init(chain: "bitcoin", height: 358_391, hash: hash), .init(chain: "eip155:1", height: 0, hash: hash),
        .init(chain: "eip155:1", height: .max, hash: String(repeating: "f", count: 64)),
    ]

    @Test func blocksAndEndorsersReadBack() throws {
        var trust = try SealedSample().trust
        #expect(trust.json["blocks"] == nil && trust.json["endorserRoots"] == nil)
        trust.blocks = Self.blocks
        trust.endorserRoots = trust.timestampRoots
        let bytes = trust.json.encoded()
        let read = try TrustBundle(parsing: bytes)
        #expect(read.blocks == Self.blocks && read.endorserRoots == trust.timestampRoots)
        #expect(read.json.encoded() == bytes)
        #expect(!TrustBundle(blocks: Self.blocks).isEmpty)
    }

    @Test(arguments: [
        #"7"#, #"[7]"#, #"[{"chain": "bitcoin", "height": 1}]"#,
        #"[{"chain": "bitcoin", "height": "1", "hash": "HASH"}]"#,
        #"[{"chain": "bitcoin", "height": 1, "hash": "HASH", "more": 1}]"#,
        #"[{"chain": "bitcoin", "height": -1, "hash": "HASH"}]"#,
        #"[{"chain": "bitcoin", "height": 1e3, "hash": "HASH"}]"#,
        #"[{"chain": "bitcoin", "height": 18446744073709551616, "hash": "HASH"}]"#,
        #"[{"chain": "bitcoin", "height": 1, "hash": "0xHASH"}]"#, #"[{"chain": "bitcoin", "height": 1, "hash": ""}]"#,
        #"[{"chain": "", "height": 1, "hash": "HASH"}]"#, #"[{"chain": "eip155", "height": 1, "hash": "HASH"}]"#,
        #"[{"chain": "eip155:", "height": 1, "hash": "HASH"}]"#,
        #"[{"chain": "EIP155:1", "height": 1, "hash": "HASH"}]"#,
        #"[{"chain": "eip155:1:2", "height": 1, "hash": "HASH"}]"#,
    ])
    func blocksThatDoNotReadAreRefused(_ list: String) {
        let text = """
            {"cinnabar": "trust-1", "logKeys": [], "timestampRoots": [], \
            "blocks": \(list.replacing("HASH", with: Self.hash))}
            """
        #expect(throws: EvidenceError(.invalidField, "")) { try TrustBundle(parsing: Array(text.utf8)) }
    }

    @Test(arguments: [#"7"#, #"[7]"#, #"[{"certificate": "x"}]"#])
    func endorsersThatDoNotReadAreRefused(_ list: String) {
        let text = #"{"cinnabar": "trust-1", "logKeys": [], "timestampRoots": [], "endorserRoots": \#(list)}"#
        #expect(throws: EvidenceError(.invalidField, "")) { try TrustBundle(parsing: Array(text.utf8)) }
    }

    @Test func moreBlocksThanAnyoneKnowsAreRefused() throws {
        let blocks = (0...10_000).map { #"{"chain": "bitcoin", "height": \#($0), "hash": "\#(Self.hash)"}"# }
        let text = """
            {"cinnabar": "trust-1", "logKeys": [], "timestampRoots": [], "blocks": [\(blocks.joined(separator: ","))]}
            """
        #expect(throws: EvidenceError(.tooLarge, "")) { try TrustBundle(parsing: Array(text.utf8)) }
    }

    @Test func aBlockReadsFromTheCommandLine() throws {
        #expect(
            try TrustBundle.block(parsing: "eip155:31337:7:\(Self.hash)")
                == AnchorTrust.Block(chain: "eip155:31337", height: 7, hash: Self.hash)
        )
        #expect(try TrustBundle.block(parsing: "bitcoin:358391:\(Self.hash)").chain == "bitcoin")
        for text in [
            "", "bitcoin", "bitcoin:1", "bitcoin:01:\(Self.hash)", ":1:\(Self.hash)", "bitcoin:1:\(Self.hash)0",
        ] {
            #expect(throws: EvidenceError(.invalidField, "")) { try TrustBundle.block(parsing: text) }
        }
    }
}
