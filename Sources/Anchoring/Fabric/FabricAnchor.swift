public import OpenSSL

/// `<name>.fabric`: a transaction of Hyperledger Fabric that carries a checkpoint, endorsed by peers. Experimental.
public enum FabricAnchor: AnchorKind {
    public static var ending: String { ".fabric" }

    public static func judgement(
        of file: AnchorFile,
        over checkpoint: OutgoingCheckpoint,
        companions: [AnchorFile],
        trust: AnchorTrust
    ) -> AnchorJudgement {
        do {
            let receipt = try FabricReceipt(file.bytes)
            let transaction = try EndorsedTransaction(envelope: receipt.envelope)
            try transaction.verifyEndorsements()
            try transaction.verify(anchors: checkpoint)
            guard receipt.validation == "VALID" else {
                return judged(.failed, file, found: "By its own receipt the network found it \(receipt.validation).")
            }
            return judgement(of: transaction, receipt, file, trust: trust)
        } catch {
            return judged(.failed, file, found: error.message)
        }
    }

    public static func joined(_ first: [UInt8], _ second: [UInt8]) -> [UInt8]? { first == second ? first : nil }

    private static func judgement(
        of transaction: EndorsedTransaction,
        _ receipt: FabricReceipt,
        _ file: AnchorFile,
        trust: AnchorTrust
    ) -> AnchorJudgement {
        let place = "transaction \(transaction.id) on channel \(transaction.channel), block \(receipt.blockNumber)"
        let endorsers = transaction.endorsements.map(\.endorser)
        // Whoever sent the transaction may be of an endorsing organization, and is no witness of its own.
        let roots = transaction.endorsements.map { endorsement in
            endorsement.endorser.mayBePeer(apartFrom: transaction.creator)
                ? endorsement.root(among: trust.endorserRoots, atSeconds: transaction.seconds) : nil
        }
        let known = zip(endorsers, roots).filter { $0.1 != nil }.map(\.0)
        guard !known.isEmpty else {
            return judged(
                .sound,
                file,
                found: "Endorsed by \(list(endorsers)); \(place). None of them is a peer under a root that this check "
                    + "trusts.",
                remains: "That these are peers of independent organizations: compare the roots of their certificates. "
                    + blockRemains
            )
        }
        let organizations = Set(roots.compactMap { $0?.fingerprint }).count
        return judged(
            .vouched,
            file,
            found: "Endorsed by \(list(known)), whose roots (\(organizations)) this check trusts; \(place).",
            remains: "That those organizations are independent of the operator. " + blockRemains
        )
    }

    private static let blockRemains =
        "That the transaction was ordered into the block and found valid is the gateway's word; "
        + "Fabric's blocks carry no time, and certificates were judged as of the sender's own clock."

    private static func list(_ endorsers: [FabricIdentity]) -> String {
        endorsers.map(\.label).joined(separator: "; ")
    }

    private static func judged(
        _ standing: AnchorJudgement.Standing,
        _ file: AnchorFile,
        found: String,
        remains: String? = nil
    ) -> AnchorJudgement {
        AnchorJudgement(
            standing,
            found: found,
            remains: remains,
            rule: "Hyperledger Fabric 2.4 and later: proposal digest, endorsements (ECDSA P-256), chaincode's writes",
            command: """
                python3 -c "import base64, json, sys; \
                sys.stdout.buffer.write(base64.b64decode(json.load(open(sys.argv[1]))['envelope']))" \
                FOLDER/anchors/\(file.name) | configtxlator proto_decode --type common.Envelope --input /dev/stdin
                """
        )
    }
}

extension EndorsedTransaction.Endorsement {
    /// The root among `roots` that the endorser's certificate leads to; an organization's intermediate authority may
    /// stand among them, too.
    public func root(among roots: [SigningCertificate], atSeconds seconds: Int64) -> SigningCertificate? {
        roots.isEmpty ? nil : try? endorser.certificate.chain(toOneOf: roots, atSeconds: seconds).last
    }
}
