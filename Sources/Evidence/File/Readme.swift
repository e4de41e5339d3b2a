import Anchoring
import Bytes
import MerkleLog
import OpenSSL

/// `README.txt` of an evidence file (layout `evidence-1`): the commands that redo every check with stock tools.
///
/// It follows from the other members alone, so a verifier writes it again and compares: nobody can slip other commands
/// in. The text is frozen under the layout's name.
struct Readme {
    let bytes: [UInt8]

    init(of file: EvidenceFile) {
        var text = Self.introduction(of: file)
        let trust = file.trustMembers
        let keyNames = trust.map(\.name).filter { $0.hasPrefix("log-") && $0.hasSuffix(".pem") }
        let roots = TrustMember.bundle(of: trust).bundle.timestampRoots
        for folder in file.checkpointFolders {
            text += Self.section(for: folder, in: file, keyNames: keyNames, roots: roots)
        }
        text += Self.closing
        bytes = Array(text.utf8)
    }

    private static func introduction(of file: EvidenceFile) -> String {
        let id = file[.entry].map { LeafHash(entry: $0).hex } ?? ""
        let record = file[.record].flatMap { try? Record(parsing: $0) }
        let digest = record?.digest(.sha256)?.value.hex ?? ""
        return """
            CINNABAR EVIDENCE FILE                                           layout evidence-1

            Registration  \(id)

            Unpack this ZIP into an empty folder and run the commands there. FILE is the
            registered file. One program does all of it, offline:
                cinnabar-verify <this file> --file FILE

            1. The file is the one that was registered.
                sha256sum FILE
              must print
                \(digest)
              as record.json says under digests. If the record has an SM3 digest, too:
                openssl dgst -sm3 FILE

            2. record.json is the one that was put in the log.
                sha256sum record.json; openssl dgst -sm3 record.json; cat entry.json
              entry.json must hold both digests. Its own hash is the registration's id:
                (printf '\\000'; cat entry.json) | sha256sum


            """
    }

    private static func section(
        for folder: MemberPath.CheckpointFolder,
        in file: EvidenceFile,
        keyNames: [String],
        roots: [SigningCertificate]
    ) -> String {
        """
        3. \(title(of: folder, in: file))
        \(proofCommands(for: folder, in: file))
          The last line must equal the third line of
            cat \(MemberPath.signedCheckpoint(folder).path)

        4. The log signed that checkpoint.
        \(signatureCommands(for: folder, in: file, keyNames: keyNames))
        \(cosignatureCommands(for: folder, in: file))
        5. Timestamp authorities committed to that checkpoint. One called self-operated is
           run by the log's operator and proves order only. -attime is the timestamp's
           own time, so that the command still passes when certificates have expired.
        \(timestampCommands(for: folder, in: file, roots: roots))
        \(anchorCommands(for: folder, in: file))

        """
    }

    private static func title(of folder: MemberPath.CheckpointFolder, in file: EvidenceFile) -> String {
        switch file.proofPath(of: folder) {
        case .laneProof: "The lane's checkpoint is in the top log's tree of size \(folder.size)."
        default: "The entry is in the log's tree of size \(folder.size)."
        }
    }

    /// What the proof starts from: the entry, or the checkpoint of a lane.
    private static func provenFile(by proof: TlogProof, in folder: MemberPath.CheckpointFolder, _ file: EvidenceFile)
        -> String
    {
        guard case .laneProof = file.proofPath(of: folder), let checkpoint = try? Checkpoint(parsing: proof.note.text),
            let lane = file.laneFolder(provenBy: proof, in: checkpoint)
        else { return "entry.json" }
        return MemberPath.signedCheckpoint(lane).path
    }

    /// The path of RFC 9162, section 2.1.3.2, as shell commands. Needs xxd.
    private static func proofCommands(for folder: MemberPath.CheckpointFolder, in file: EvidenceFile) -> String {
        guard let bytes = file[file.proofPath(of: folder)], let proof = try? TlogProof(parsing: bytes) else {
            return ""
        }
        var lines = ["h=$( (printf '\\000'; cat \(provenFile(by: proof, in: folder, file))) | sha256sum | cut -c1-64)"]
        for (isLeft, hash) in zip(InclusionSides(index: proof.index.value, size: folder.size), proof.hashes) {
            let pair = isLeft ? "01%s%s' \(hash.hex) $h" : "01%s%s' $h \(hash.hex)"
            lines.append("h=$(printf '\(pair) | xxd -r -p | sha256sum | cut -c1-64)")
        }
        lines.append("echo $h | xxd -r -p | base64")
        return indented(lines)
    }

    /// By the key that the signature names; by all there are when it names none of them.
    private static func signatureCommands(
        for folder: MemberPath.CheckpointFolder,
        in file: EvidenceFile,
        keyNames: [String]
    ) -> String {
        let note = file[.signedCheckpoint(folder)].flatMap { try? SignedNote(parsing: $0) }
        let named = keyNames.filter { name in
            note?.signatures.contains { name == "\(TrustMember.stem(ofKeyID: $0.keyID)).pem" } ?? false
        }
        let keyNames = named.isEmpty ? keyNames : named
        let path = MemberPath.signedCheckpoint(folder).path
        return indented(
            ["sed '/^$/,$d' \(path) > note.txt", "sed -n 's/^— [^ ]* //p' \(path) | base64 -d | tail -c 64 > note.sig"]
                + keyNames.map {
                    "openssl pkeyutl -verify -pubin -inkey trust/\($0) -rawin -in note.txt -sigfile note.sig"
                }
        )
    }

    /// Empty when there are no cosignatures. Lines are named by their number: a name may hold anything.
    private static func cosignatureCommands(for folder: MemberPath.CheckpointFolder, in file: EvidenceFile) -> String {
        let path = MemberPath.checkpoint(folder).path
        guard let note = file[.checkpoint(folder)].flatMap({ try? SignedNote(parsing: $0) }),
            note.signatures.count > 1
        else { return "" }
        let firstLine = note.text.utf8.count { $0 == 0x0A } + 2
        var lines: [String] = []
        for (offset, signature) in note.signatures.enumerated().dropFirst() {
            var reader = ByteReader(signature.bytes)
            guard let seconds = reader.read(bigEndian: UInt64.self) else { continue }
            lines += [
                "sed -n '\(firstLine + offset)p' \(path)",
                "sed -n '\(firstLine + offset)p' \(path) | cut -d' ' -f3 | base64 -d | tail -c 64 > witness.sig",
                "(printf 'cosignature/v1\\ntime \(seconds)\\n'; cat note.txt) > witness.txt",
                "openssl pkeyutl -verify -pubin -inkey WITNESS.pem -rawin -in witness.txt -sigfile witness.sig",
            ]
        }
        return """

               Witnesses cosigned that checkpoint, so that the log cannot show others a
               different tree. WITNESS.pem is the key of the witness that a line names.
            \(indented(lines))

            """
    }

    private static func timestampCommands(
        for folder: MemberPath.CheckpointFolder,
        in file: EvidenceFile,
        roots: [SigningCertificate]
    ) -> String {
        let signed = MemberPath.signedCheckpoint(folder).path
        let timestamps = file.anchors(of: folder).filter { $0.name.hasSuffix(AnchorName.timestampEnding) }
        let commands = timestamps.map { name, bytes in
            guard let timestamp = try? UnverifiedTimestamp(response: bytes), let token = timestamp.response.token else {
                return "# \(name): it does not read"
            }
            let data = file[.signedCheckpoint(folder)] ?? []
            let root = try? timestamp.verified(data: data, trust: .roots(roots)).root
            return "openssl ts -verify -data \(signed) -in \(MemberPath.anchor(folder, name: name).path) "
                + "-CAfile trust/\(root.map(TrustMember.name(of:)) ?? "ROOT.pem") -attime \(token.genTimeSeconds)"
        }
        guard commands.isEmpty else { return indented(commands) }
        let isLane =
            file.checkpointFolders.contains { file[.laneProof($0)] != nil } && file[.inclusionProof(folder)] != nil
        return indented([isLane ? "# none on a lane's own checkpoint: see the top log's" : "# none yet"])
    }

    static func indented(_ lines: [String]) -> String {
        lines.map { "    \($0)" }.joined(separator: "\n")
    }

    private static let closing = """
        What this does not prove: that the claim in record.json is true. It was declared, not
        checked. Times by the log's own clock, and by an authority that the log's operator
        runs, prove order; only an outsider's timestamp proves a date. The keys under trust/
        are those seen when this file was made: compare their fingerprints with a source that
        you trust.

        """
}

/// For each hash of an inclusion path, whether it stands left of the running hash. Source: RFC 9162, section 2.1.3.2.
struct InclusionSides: Sequence, IteratorProtocol {
    private var first: UInt64
    private var second: UInt64

    init(index: UInt64, size: UInt64) {
        first = index
        second = size == 0 ? 0 : size - 1
    }

    mutating func next() -> Bool? {
        guard second > 0 else { return nil }
        defer {
            first >>= 1
            second >>= 1
        }
        guard first & 1 == 1 || first == second else { return false }
        while first & 1 == 0, first > 0 {
            first >>= 1
            second >>= 1
        }
        return true
    }
}
