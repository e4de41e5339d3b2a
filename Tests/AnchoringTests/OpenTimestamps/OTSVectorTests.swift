import Anchoring
import Bytes
import OpenSSL
import Testing

/// The vectors' proofs, ours and other people's.
struct OTSVectorTests {
    struct Case: Decodable, Sendable {
        let ots: String
        let document: String?
        let parses: Bool
        let verifies: Bool?
        let why: String?
        let height: UInt64?
        let merkleroot: String?
        let fileHash: String?
        let attestations: [String]?
        let merkleRoots: [String]?

        enum CodingKeys: String, CodingKey {
            case ots, document, parses, verifies, why, height, merkleroot, attestations
            case fileHash = "file_hash"
            case merkleRoots = "bitcoin_merkle_roots"
        }
    }

    /// Why a proof of the vectors is refused, by its name.
    private static let refusals: [String: OTSError.Code] = [
        "bad-magic.ots": .badMagic, "bad-version.ots": .unsupportedVersion, "bad-truncated.ots": .truncated,
        "bad-trailing.ots": .trailingBytes, "bad-unknown-op.ots": .unknownOperation, "bad-deep.ots": .tooDeep,
        "invalid/bad-major-version.ots": .unsupportedVersion,
        "invalid/exceeds-max-msg-length.ots": .messageTooLong,
        "invalid/invalid-file-digest-type.ots": .invalidDigestType,
        "bad-digest.ots": .digestMismatch, "bad-nonce.ots": .merkleRootMismatch,
    ]

    @Test func generatedProofsHoldOrFailForTheRightReason() throws {
        let headers = try BitcoinHeaders(json: Vectors.bytes("ots/headers.json"))
        let cases: [Case] = try Vectors.cases("ots/cases.json")
        #expect(cases.count == 21)
        for vector in cases {
            let bytes = try Vectors.bytes("ots/\(vector.ots)")
            let document = try vector.document.map { try Vectors.bytes("ots/\($0)") }
            do {
                let proof = try OTSProof(bytes: bytes)
                #expect(vector.parses, "\(vector.ots) parses")
                #expect(try proof.bytes() == bytes, "\(vector.ots) is written as it was")
                let verified = try proof.verified(digest: SHA256.digest(of: document ?? []).bytes, headers: headers)
                #expect(vector.verifies == true, "\(vector.ots) with \(vector.document ?? "nothing") verifies")
                #expect(verified.height == vector.height)
                #expect(verified.header.displayedMerkleRoot == vector.merkleroot)
                #expect(verified.header.meetsItsTarget)
                #expect(verified.header.workBits == 1)
            } catch {
                #expect(vector.verifies == false, "\(vector.ots): \(error)")
                let pending: OTSError.Code? = vector.ots.hasSuffix(".pending.ots") ? .incomplete : nil
                let wrongDocument: OTSError.Code? = vector.why == "wrong document" ? .digestMismatch : nil
                #expect(error.code == pending ?? wrongDocument ?? Self.refusals[vector.ots], "\(vector.ots): \(error)")
            }
        }
    }

    @Test(.enabled(if: Vectors.hasOutside("ots/third-party"), "CINNABAR_VECTORS has no ots/third-party"))
    func proofsOfOthersAreReadAndWrittenAsTheyWere() throws {
        let cases: [Case] = try Vectors.outsideCases("ots/third-party/cases.json")
        #expect(cases.count == 16)
        for vector in cases {
            let bytes = try Vectors.outsideBytes("ots/third-party/\(vector.ots)")
            guard vector.parses else {
                expectOTS(try #require(Self.refusals[vector.ots])) { try OTSProof(bytes: bytes) }
                continue
            }
            let proof = try OTSProof(bytes: bytes)
            #expect(try proof.bytes() == bytes, "\(vector.ots) is written as it was")
            #expect("\(proof.digestOperation):\(Hex.encode(proof.timestamp.message))" == vector.fileHash)
            let found = proof.timestamp.allAttestations.map { Self.described($0.attestation) }
            #expect(found.sorted() == vector.attestations?.sorted(), "\(vector.ots)")
            let roots = proof.bitcoinClaims.map { Hex.encode($0.merkleRoot.reversed()) }
            #expect(roots == vector.merkleRoots, "\(vector.ots)")
            if let document = vector.document, proof.digestOperation == .sha256 {
                let file = try Vectors.outsideBytes("ots/third-party/\(document)")
                #expect(SHA256.digest(of: file).bytes == proof.timestamp.message, "\(document)")
            }
        }
    }

    /// Only `bad-stamp.txt.ots` leads to another Merkle root than the block's, as `hello-world.txt.ots` gives it.
    @Test(.enabled(if: Vectors.hasOutside("ots/third-party"), "CINNABAR_VECTORS has no ots/third-party"))
    func theBadStampOfOthersLeadsElsewhere() throws {
        let good = try OTSProof(bytes: Vectors.outsideBytes("ots/third-party/hello-world.txt.ots"))
        let bad = try OTSProof(bytes: Vectors.outsideBytes("ots/third-party/bad-stamp.txt.ots"))
        let claim = good.bitcoinClaims[0]
        var bytes = [UInt8](repeating: 0, count: BitcoinHeader.byteCount)
        bytes.replaceSubrange(36..<68, with: claim.merkleRoot)
        let headers = BitcoinHeaders([claim.height: try BitcoinHeader(bytes: bytes)])
        #expect(try good.verified(digest: good.timestamp.message, headers: headers).height == 358391)
        expectOTS(.merkleRootMismatch) { try bad.verified(digest: bad.timestamp.message, headers: headers) }
        expectOTS(.headerMissing) { try bad.verified(digest: bad.timestamp.message, headers: BitcoinHeaders()) }
    }

    /// As `ots info` prints it.
    private static func described(_ attestation: OTSAttestation) -> String {
        switch attestation {
        case .pending(let url): return "PendingAttestation('\(url)')"
        case .bitcoin(let height): return "BitcoinBlockHeaderAttestation(\(height))"
        case .litecoin(let height): return "LitecoinBlockHeaderAttestation(\(height))"
        case .unknown([0x30, 0xFE, 0x80, 0x87, 0xB5, 0xC7, 0xEA, 0xD7], let payload):
            // A kind of the stock library's that it calls dubious; kept here byte for byte.
            let height = payload.reversed().reduce(0) { $0 << 7 | UInt64($1 & 0x7F) }
            return "EthereumBlockHeaderAttestation(\(height))"
        case .unknown(let tag, let payload):
            let tag = tag.map { "\\x" + Hex.encode([$0]) }.joined()
            return "UnknownAttestation(b'\(tag)', b'\(String(decoding: payload, as: UTF8.self))')"
        }
    }
}
