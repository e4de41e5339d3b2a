import Archives
import Bytes
import Evidence
import OpenSSL

/// Registers the members of folders and archives, several at once, so that reading, decoding, sequencing and the wire are
/// all busy.
struct Importer {
    /// More than the cores of most machines, and few enough members in memory.
    private static let membersInFlight = 8

    typealias Outcome = (member: String, result: Result<JSONValue, CommandError>)

    let connection: any NotaryConnection
    let claim: Claim

    /// - Parameters:
    ///   - name: How the folder or archive is shown, before each member's path.
    ///   - report: Called for each member as it is done, not always in order.
    /// - Throws: ``CommandError`` for what concerns all members, such as a server that does not answer. What was registered
    ///   until then stays; run again, the import goes on where it stopped.
    func run(_ members: MemberStream, name: String, report: (Outcome) -> Void) async throws {
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            func takeNext() async throws {
                guard let outcome = try await group.next() else { return }
                if case .failure(let error) = outcome.result, error.status == .environment { throw error }
                report(outcome)
            }
            var running = 0
            do {
                for try await member in members {
                    if running == Self.membersInFlight {
                        try await takeNext()
                        running -= 1
                    }
                    group.addTask { (name + "/" + member.path, await self.registration(of: member)) }
                    running += 1
                }
            } catch let error as ArchiveError {
                report((name, .failure(CommandError(error))))
                if CommandError(error).status == .environment { throw error }
            }
            for _ in 0..<running { try await takeNext() }
        }
    }

    private func registration(of member: Member) async -> Result<JSONValue, CommandError> {
        do {
            let bytes = try member.content.get()
            let form = RegistrationForm(
                claim: claim,
                mediaType: DeclaredMediaType.named(by: member.path),
                idempotencyKey: Self.idempotencyKey(path: member.path, bytes),
                isImport: true
            )
            return .success(try await registration(of: MemberContent(bytes: bytes), form))
        } catch {
            return .failure(CommandError(error))
        }
    }

    /// A server that has too much to do says so at once; the import has time.
    private func registration(of content: MemberContent, _ form: RegistrationForm) async throws -> JSONValue {
        for attempt in 1..<Self.busyAttempts {
            do {
                return try await connection.register(content, form) { _ in }
            } catch {
                guard CommandError(error).code == "server.busy" else { throw error }
                try await Task.sleep(for: .seconds(attempt))
            }
        }
        return try await connection.register(content, form) { _ in }
    }

    /// Waits a quarter of a minute in all before it gives up.
    private static let busyAttempts = 6

    /// Names a member with its bytes, so that importing it again registers nothing twice: the SHA-256 of its path, a zero
    /// byte and the SHA-256 of the bytes.
    private static func idempotencyKey(path: String, _ bytes: [UInt8]) -> String {
        "import-" + SHA256.digest(of: Array(path.utf8) + [0] + SHA256.digest(of: bytes).bytes).hex
    }
}
