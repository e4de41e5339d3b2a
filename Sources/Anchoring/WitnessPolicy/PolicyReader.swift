import MerkleLog

/// Reads a policy line by line.
///
/// Source: C2SP tlog-policy, "Policy file syntax and structure".
struct PolicyReader {
    private static let newline: UInt8 = 0x0A
    private static let whitespace: Set<UInt8> = [0x20, 0x09]
    /// How ML-DSA-44 cosigners are marked (C2SP tlog-cosignature). Such a witness may be named; its lines are not
    /// checked here and never count.
    private static let mldsaCosignature = NoteAlgorithm(rawValue: 0x06)

    private var logs: [PolicyLog] = []
    private var witnesses: [PolicyWitness] = []
    private var groups: [PolicyGroup] = []
    private var quorum: PolicyName?
    private var defined: Set<PolicyName> = []
    private var members: Set<PolicyName> = []
    private var line = 0

    static func policy(_ bytes: [UInt8]) throws(PolicyError) -> TlogPolicy {
        guard bytes.count <= TlogPolicy.limitBytes else {
            throw PolicyError(.tooLarge, line: nil, "A policy has at most \(TlogPolicy.limitBytes) bytes.")
        }
        var reader = Self()
        for line in bytes.split(separator: newline, omittingEmptySubsequences: false).dropLast() {
            reader.line += 1
            try reader.read(line)
        }
        reader.line += 1
        guard bytes.isEmpty || bytes.last == newline else {
            throw reader.error(.malformedText, "the last line does not end in a newline.")
        }
        guard let quorum = reader.quorum else {
            throw PolicyError(.missingQuorum, line: nil, "A policy needs a quorum line, such as `quorum none`.")
        }
        return TlogPolicy(
            bytes: bytes,
            logs: reader.logs,
            witnesses: reader.witnesses,
            groups: reader.groups,
            quorum: quorum
        )
    }

    private mutating func read(_ line: ArraySlice<UInt8>) throws(PolicyError) {
        guard line.allSatisfy({ $0 == 0x09 || $0 >= 0x20 && $0 != 0x7F }) else {
            throw error(.malformedText, "a control character.")
        }
        let items = line.split { Self.whitespace.contains($0) }
        guard let keyword = items.first, keyword.first != UInt8(ascii: "#") else { return }
        let rest = Array(items.dropFirst())
        switch String(decoding: keyword, as: UTF8.self) {
        case "log" where (1...2).contains(rest.count): try readLog(rest)
        case "witness" where (2...3).contains(rest.count): try readWitness(rest)
        case "group" where rest.count >= 3: try readGroup(rest)
        case "quorum" where rest.count == 1: try readQuorum(PolicyName(Array(rest[0])))
        default:
            throw error(
                .malformedLine,
                "not `log <vkey> [<url>]`, `witness <name> <vkey> [<url>]`, `group <name> <k|any|all> <name>...` "
                    + "or `quorum <name>`."
            )
        }
    }

    private mutating func readLog(_ items: [ArraySlice<UInt8>]) throws(PolicyError) {
        let key = try key(items[0])
        guard key.algorithm != .cosignature, key.algorithm != Self.mldsaCosignature else {
            throw error(.malformedKey, "this is a witness's key, not a log's.")
        }
        guard !logs.contains(where: { $0.key.keyBytes == key.keyBytes }) else {
            throw error(.duplicateKey, "a log with this public key is there already.")
        }
        guard logs.count < TlogPolicy.limitCount else { throw tooMany }
        logs.append(PolicyLog(key: key, url: items.dropFirst().first.map { String(decoding: $0, as: UTF8.self) }))
    }

    private mutating func readWitness(_ items: [ArraySlice<UInt8>]) throws(PolicyError) {
        let name = try definition(items[0])
        let key = try key(items[1])
        guard key.algorithm == .cosignature || key.algorithm == Self.mldsaCosignature else {
            throw error(.malformedKey, "a witness's key is of a cosigner's kind (04).")
        }
        guard !witnesses.contains(where: { $0.key.keyBytes == key.keyBytes }) else {
            throw error(.duplicateKey, "a witness with this public key is there already.")
        }
        // Cosignature lines name a key by its identifier: two of one name could not be told apart.
        guard !witnesses.contains(where: { $0.key.keyID == key.keyID }) else {
            throw error(.duplicateKey, "a witness whose key has this identifier is there already.")
        }
        guard witnesses.count < TlogPolicy.limitCount else { throw tooMany }
        let url = items.dropFirst(2).first.map { String(decoding: $0, as: UTF8.self) }
        witnesses.append(PolicyWitness(name: name, key: key, url: url))
    }

    private mutating func readGroup(_ items: [ArraySlice<UInt8>]) throws(PolicyError) {
        let names = items.dropFirst(2).map { PolicyName(Array($0)) }
        guard groups.count < TlogPolicy.limitCount, names.count <= TlogPolicy.limitCount else { throw tooMany }
        for name in names {
            guard name != .none, defined.contains(name) else {
                throw error(.undefinedName, "no line above defines \(name).")
            }
            guard members.insert(name).inserted else {
                throw error(.repeatedMember, "\(name) is a member of a group already.")
            }
        }
        // Last, so that a group is never its own member.
        let name = try definition(items[0])
        groups.append(PolicyGroup(name: name, threshold: try threshold(items[1], of: names.count), members: names))
    }

    private mutating func readQuorum(_ name: PolicyName) throws(PolicyError) {
        guard quorum == nil else { throw error(.duplicateQuorum, "a second quorum.") }
        guard name == .none || defined.contains(name) else {
            throw error(.undefinedName, "no line above defines \(name).")
        }
        quorum = name
    }

    private func threshold(_ item: ArraySlice<UInt8>, of count: Int) throws(PolicyError) -> Int {
        let text = String(decoding: item, as: UTF8.self)
        switch text {
        case "any": return 1
        case "all": return count
        default:
            guard let value = Int(text), String(value) == text, (1...count).contains(value) else {
                throw error(.invalidThreshold, "a threshold is `any`, `all`, or from 1 to \(count).")
            }
            return value
        }
    }

    private mutating func definition(_ item: ArraySlice<UInt8>) throws(PolicyError) -> PolicyName {
        let name = PolicyName(Array(item))
        guard name != .none, defined.insert(name).inserted else {
            throw error(.duplicateName, "\(name) is defined already.")
        }
        return name
    }

    private func key(_ item: ArraySlice<UInt8>) throws(PolicyError) -> VerifierKey {
        do throws(NoteError) {
            return try VerifierKey(parsing: String(decoding: item, as: UTF8.self))
        } catch {
            throw self.error(.malformedKey, error.message)
        }
    }

    private func error(_ code: PolicyError.Code, _ message: String) -> PolicyError {
        PolicyError(code, line: line, message)
    }

    private var tooMany: PolicyError {
        error(.tooLarge, "a policy has at most \(TlogPolicy.limitCount) logs, witnesses, groups and members.")
    }
}
