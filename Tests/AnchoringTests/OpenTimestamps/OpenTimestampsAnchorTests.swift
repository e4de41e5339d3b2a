import Anchoring
import Bytes
import OpenSSL
import Testing

struct OpenTimestampsAnchorTests {
    private let checkpoint = SmallLog(leaves: (0..<3).map { [$0] }).checkpoint
    private let header: BitcoinHeader
    private let proof: OTSProof

    init() throws {
        var end = try OTSTimestamp(message: OpenTimestamps.commitment(to: checkpoint).bytes)
        end.add(.bitcoin(height: 100))
        end.add(.pending("https://a.example"))
        proof = try OTSProof(checkpoint: checkpoint, commitment: end)
        header = try ScriptedCalendar.minedHeader(over: end.message)
    }

    private func judged(
        _ proof: [UInt8]? = nil,
        headers: [UInt8]? = nil,
        hasHeaders: Bool = true,
        over other: OutgoingCheckpoint? = nil,
        trust: AnchorTrust = AnchorTrust()
    ) throws -> AnchorJudgement {
        let file = AnchorFile(name: "bitcoin.ots", bytes: try proof ?? self.proof.bytes())
        let json = headers ?? BitcoinHeaders([100: header]).json
        let beside = hasHeaders ? [AnchorFile(name: "bitcoin.ots-headers.json", bytes: json)] : []
        return OpenTimestampsAnchor.judgement(
            of: file,
            over: other ?? checkpoint,
            companions: [file] + beside,
            trust: trust
        )
    }

    private func block(_ hash: String) -> AnchorTrust {
        AnchorTrust(blocks: [AnchorTrust.Block(chain: "bitcoin", height: 100, hash: hash)])
    }

    @Test func aBlockIsVouchedForByTheCheckerAlone() throws {
        let judgement = try judged()
        #expect(judgement.standing == .sound)
        #expect(judgement.isSelfOperated)
        #expect(judgement.seconds == header.seconds)
        #expect(judgement.found.contains("of a development chain, not of Bitcoin"))
        let vouched = try judged(trust: block(header.hash))
        #expect(vouched.standing == .vouched)
        #expect(vouched.remains == nil)
        #expect(try judged(trust: block(String(repeating: "0", count: 64))).standing == .failed)
        #expect(try judged(hasHeaders: false, trust: block(header.hash)).standing == .sound)
    }

    @Test func whatDoesNotLeadThereFails() throws {
        #expect(try judged([1, 2, 3]).standing == .failed)
        #expect(try judged(over: SmallLog(leaves: [[9]]).checkpoint).standing == .failed)
        let other = try ScriptedCalendar.minedHeader(over: [UInt8](repeating: 0, count: 32))
        #expect(try judged(headers: BitcoinHeaders([100: other]).json).standing == .failed)
        var bytes = header.bytes
        var easy = try BitcoinHeader(bytes: bytes)
        while easy.meetsItsTarget {
            bytes[76] += 1
            easy = try BitcoinHeader(bytes: bytes)
        }
        #expect(try judged(headers: BitcoinHeaders([100: easy]).json).standing == .failed)
        // Every bit of the proof counts, down to those of what is only said beside it.
        let sound = try proof.bytes()
        for position in 0..<(sound.count - 40) {
            var altered = sound
            altered[position] ^= 1
            let standing = try judged(altered, trust: block(header.hash)).standing
            #expect(try standing != .vouched || OTSProof(bytes: altered) != proof, "byte \(position)")
        }
    }

    /// The first block of Bitcoin, which everyone knows.
    @Test func theWorkOfARealHeaderIsSeen() throws {
        let genesis =
            "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e"
            + "67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c"
        let header = try BitcoinHeader(bytes: #require(Hex.decode(genesis)))
        #expect(header.hash == "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f")
        #expect(header.displayedMerkleRoot == "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b")
        #expect(header.seconds == 1_231_006_505)
        #expect(header.meetsItsTarget)
        #expect(header.workBits == 32)
    }

    @Test func headersAreJoinedWhenTheyAgree() throws {
        let other = try ScriptedCalendar.minedHeader(over: [UInt8](repeating: 0, count: 32))
        let first = BitcoinHeaders([100: header]).json
        let both = BitcoinHeadersAnchor.joined(first, BitcoinHeaders([101: other]).json)
        #expect(try BitcoinHeaders(json: #require(both)).byHeight == [100: header, 101: other])
        #expect(BitcoinHeadersAnchor.joined(first, BitcoinHeaders([100: other]).json) == nil)
        #expect(BitcoinHeadersAnchor.joined(first, [1]) == nil)
        for json in ["", "[]", "{\"1\":\"00\"}", "{\"01\":\"\(Hex.encode(header.bytes))\"}", "{\"-1\":\"\"}"] {
            expectOTS(.malformedHeader) { try BitcoinHeaders(json: Array(json.utf8)) }
        }
        let file = AnchorFile(name: "a.ots-headers.json", bytes: first)
        func standing(_ file: AnchorFile) -> AnchorJudgement.Standing {
            BitcoinHeadersAnchor.judgement(of: file, over: checkpoint, companions: [], trust: AnchorTrust()).standing
        }
        #expect(standing(file) == .companion)
        #expect(standing(AnchorFile(name: file.name, bytes: [])) == .failed)
    }

    @Test func proofsAreJoinedAndNeverLoseAnything() throws {
        var end = try OTSTimestamp(message: OpenTimestamps.commitment(to: checkpoint).bytes)
        end.add(.pending("https://b.example"))
        let other = try OTSProof(checkpoint: checkpoint, commitment: end).bytes()
        let joined = try #require(OpenTimestampsAnchor.joined(proof.bytes(), other))
        #expect(try OTSProof(bytes: joined).timestamp.allAttestations.count == 3)
        #expect(try OpenTimestampsAnchor.joined(other, proof.bytes()) == joined)
        #expect(OpenTimestampsAnchor.joined(joined, [0]) == nil)
        #expect(try OpenTimestampsAnchor.joined(proof.bytes(), Vectors.bytes("ots/doc0.txt.ots")) == nil)
    }

    @Test func bothKindsAreKnownByTheirEndings() {
        #expect(AnchorKinds.kind(of: "bitcoin.ots") == OpenTimestampsAnchor.self)
        #expect(AnchorKinds.kind(of: "bitcoin.ots-headers.json") == BitcoinHeadersAnchor.self)
    }
}
