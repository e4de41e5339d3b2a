public import MerkleLog

/// What a witness answers, as the protocol knows it.
///
/// Source: C2SP tlog-witness, "add-checkpoint".
public enum AddCheckpointResponse: Equatable, Sendable {
    /// The lines to append to the checkpoint, at least one; unchecked.
    case cosigned([NoteSignature])
    /// The old size was not the one that the witness cosigned last, which is this one. Equal to the size submitted: the
    /// witness cosigned another root at it.
    case conflict(TreeSize)
    case refused(Refusal)

    public enum Refusal: Int, Sendable, CaseIterable {
        /// Not a request, or its old size is past its checkpoint's.
        case malformed = 400
        /// None of the keys that the witness knows for this log has signed the checkpoint.
        case untrustedSignature = 403
        case unknownLog = 404
        /// The consistency proof does not lead from the checkpoint cosigned last to this one.
        case invalidProof = 422
    }

    public static let sizeContentType = "text/x.tlog.size"
    /// Cosignatures of a dozen keys of the largest kind fit.
    public static let limitBytes = 64 << 10

    public var status: Int {
        switch self {
        case .cosigned: 200
        case .conflict: 409
        case .refused(let refusal): refusal.rawValue
        }
    }

    public var contentType: String {
        if case .conflict = self { return Self.sizeContentType }
        return "text/plain; charset=utf-8"
    }

    public var body: [UInt8] {
        switch self {
        case .cosigned(let lines): Array(lines.map { $0.line + "\n" }.joined().utf8)
        case .conflict(let size): Array("\(size)\n".utf8)
        case .refused(let refusal): Array("\(refusal.sentence)\n".utf8)
        }
    }

    /// - Throws: ``WitnessError`` with code `.unexpectedReply` or `.tooLarge`.
    public init(_ response: IncomingResponse) throws(WitnessError) {
        guard response.body.count <= Self.limitBytes else {
            throw WitnessError(.tooLarge, "The witness answered with more than \(Self.limitBytes) bytes.")
        }
        let text = String(validating: response.body, as: UTF8.self)
        switch response.status {
        case 200: self = .cosigned(try Self.lines(text))
        case 409:
            let type = response.headers["content-type"]?.prefix { $0 != ";" && $0 != " " }.lowercased()
            guard type == Self.sizeContentType, let text, text.utf8.last == 0x0A,
                let size = TreeSize(parsing: Substring(text.utf8.dropLast()))
            else { throw Self.unexpected("a conflict without the size that it cosigned last") }
            self = .conflict(size)
        default:
            guard let refusal = Refusal(rawValue: response.status) else {
                throw Self.unexpected("HTTP status \(response.status)")
            }
            self = .refused(refusal)
        }
    }

    private static func lines(_ text: String?) throws(WitnessError) -> [NoteSignature] {
        guard let text, text.utf8.last == 0x0A else { throw unexpected("something else than signature lines") }
        // By bytes: to Swift, a carriage return and a newline are one character.
        let lines = text.utf8.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false).map(Substring.init)
        guard lines.count <= SignedNote.maximumSignatureCount else { throw unexpected("too many signature lines") }
        do throws(NoteError) {
            var signatures: [NoteSignature] = []
            for line in lines { signatures.append(try NoteSignature(parsing: line)) }
            return signatures
        } catch {
            throw unexpected("something else than signature lines")
        }
    }

    private static func unexpected(_ what: String) -> WitnessError {
        WitnessError(.unexpectedReply, "The witness answered with \(what).")
    }
}

extension AddCheckpointResponse.Refusal {
    /// For whoever reads the body of the answer.
    public var sentence: String {
        switch self {
        case .malformed: "The body is not an add-checkpoint request, or its old size is past the checkpoint's."
        case .untrustedSignature: "No key that this witness knows for the log has signed the checkpoint."
        case .unknownLog: "This witness does not know the log."
        case .invalidProof: "The consistency proof does not lead from the checkpoint cosigned last to this one."
        }
    }
}
