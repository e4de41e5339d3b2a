import Bytes

/// `.ots`: a detached proof whose file is `checkpoint.signed`.
public enum OpenTimestampsAnchor: AnchorKind {
    public static let ending = ".ots"
    /// As ``AnchorTrust/Block/chain`` has it.
    public static let chain = "bitcoin"

    private static let rule = "OpenTimestamps, detached proof of version 1; Bitcoin block header"

    /// Leading zero bits that every target of Bitcoin has (its lowest difficulty, `1d00ffff`). What took less work is
    /// not of that chain, and whoever runs a development calendar can make such headers at any time.
    static let leastWorkBits = 32

    public static func judgement(
        of file: AnchorFile,
        over checkpoint: OutgoingCheckpoint,
        companions: [AnchorFile],
        trust: AnchorTrust
    ) -> AnchorJudgement {
        let command = "ots verify -f FOLDER/checkpoint.signed FOLDER/anchors/\(file.name)"
        func failed(_ found: String) -> AnchorJudgement {
            AnchorJudgement(.failed, found: found, rule: rule, command: command)
        }
        let proof: OTSProof
        do { proof = try OTSProof(bytes: file.bytes) } catch { return failed(error.message) }
        guard proof.digestOperation == .sha256, proof.timestamp.message == checkpoint.signedDigest.bytes else {
            return failed("the proof is not for this checkpoint.signed")
        }
        let claims = proof.bitcoinClaims
        guard !claims.isEmpty else { return pending(proof, command) }
        let headers = companions.filter { $0.name.hasSuffix(BitcoinHeadersAnchor.ending) }
            .compactMap { try? BitcoinHeaders(json: $0.bytes) }
        var best: AnchorJudgement?
        for claim in claims {
            for header in headers.compactMap({ $0.byHeight[claim.height] }) {
                let judgement = judgement(of: claim, by: header, trust, command)
                if judgement.standing == .vouched { return judgement }
                if best == nil || best?.standing == .failed { best = judgement }
            }
        }
        return best
            ?? AnchorJudgement(
                .sound,
                found: "The proof leads to Bitcoin block \(claims[0].height), whose header is not beside it",
                remains: "That block \(claims[0].height) of Bitcoin has the Merkle root "
                    + "\(Hex.encode(claims[0].merkleRoot.reversed())): compare it with a node or an explorer.",
                rule: rule,
                command: command
            )
    }

    public static func joined(_ first: [UInt8], _ second: [UInt8]) -> [UInt8]? {
        if first == second { return first }
        guard var proof = try? OTSProof(bytes: first), let other = try? OTSProof(bytes: second),
            proof.digestOperation == other.digestOperation, (try? proof.timestamp.merge(other.timestamp)) != nil,
            let bytes = try? proof.bytes(), (try? OTSProof(bytes: bytes)) == proof
        else { return nil }
        return bytes
    }

    private static func judgement(
        of claim: (height: UInt64, merkleRoot: [UInt8]),
        by header: BitcoinHeader,
        _ trust: AnchorTrust,
        _ command: String
    ) -> AnchorJudgement {
        let (height, hash) = (claim.height, header.hash)
        func failed(_ found: String) -> AnchorJudgement {
            AnchorJudgement(.failed, found: found, rule: rule, command: command)
        }
        guard header.merkleRoot == claim.merkleRoot else {
            return failed("The proof does not lead to the Merkle root of the header of block \(height) beside it")
        }
        guard header.meetsItsTarget else {
            return failed("The header of block \(height) does not have the work that it names itself")
        }
        let isKnown = trust.isKnown(AnchorTrust.Block(chain: chain, height: height, hash: hash))
        if isKnown == false { return failed("The block \(height) that you know has another hash than \(hash)") }
        let isEasy = header.workBits < leastWorkBits
        let work = "about 2^\(header.workBits) attempts of work"
        return AnchorJudgement(
            isKnown == true ? .vouched : .sound,
            found: isEasy
                ? "The proof leads to the header \(hash) of height \(height), with \(work): "
                    + "of a development chain, not of Bitcoin"
                : "The proof leads to block \(height), \(hash), with \(work)",
            remains: isKnown == true
                ? nil
                : isEasy
                    ? "Nothing about a date: whoever runs the development calendar made this header."
                    : "That block \(height) of Bitcoin has the hash \(hash): compare it with a node or an explorer.",
            seconds: header.seconds,
            isSelfOperated: isEasy,
            rule: rule,
            command: command
        )
    }

    private static func pending(_ proof: OTSProof, _ command: String) -> AnchorJudgement {
        let calendars = proof.timestamp.allAttestations.compactMap { _, attestation in
            if case .pending(let url) = attestation { url } else { nil }
        }
        let found =
            calendars.isEmpty
            ? "The proof has no attestation that is known here" : "Promised by \(calendars.joined(separator: ", "))"
        return AnchorJudgement(
            .pending,
            found: found,
            remains: "That it reaches a block: export again later, or upgrade it with ots.",
            rule: rule,
            command: command
        )
    }
}
