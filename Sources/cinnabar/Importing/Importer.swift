import Archives
import Bytes
import Evidence
import Foundation
import OpenSSL

/// Registers the members of folders and archives, several at once, so that reading, decoding, sequencing and the wire
/// are all busy.
struct Importer {
    /// More than the cores of most machines, and few enough members in memory.
    private static let membersInFlight = 8

    typealias Outcome = (member: String, result: Result<JSONValue, CommandError>)

    let connection: any NotaryConnection
    let claim: Claim

    /// - Parameters:
    ///   - root: The folder or archive as the user named it; its last part is shown before each member's path.
    ///   - report: Called for each member as it is done, not always in order.
    /// - Throws: ``CommandError`` for what concerns all members, such as a server that does not answer. What was
    ///   registered until then stays; run again, the import goes on where it stopped.
    func run(_ members: MemberStream, root: String, report: (Outcome) -> Void) async throws {
        let root = Self.plain(root)
        let name = (root as NSString).lastPathComponent
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
                    group.addTask { (name + "/" + member.path, await self.registration(of: member, root: root)) }
                    running += 1
                }
            } catch let error as ArchiveError {
                report((name, .failure(CommandError(error))))
                if CommandError(error).status == .environment { throw error }
            }
            for _ in 0..<running { try await takeNext() }
        }
    }

    private func registration(of member: Member, root: String) async -> Result<JSONValue, CommandError> {
        do {
            let bytes = try member.content.get()
            let form = RegistrationForm(
                claim: claim,
                mediaType: DeclaredMediaType.named(by: member.path),
                idempotencyKey: idempotencyKey(root: root, path: member.path, bytes),
                isImport: true
            )
            let content = MemberContent(bytes: bytes)
            return .success(try await Self.patiently { try await connection.register(content, form) { _ in } })
        } catch {
            return .failure(CommandError(error))
        }
    }

    /// A server that has too much to do says so at once; the import has time.
    static func patiently<Answer>(_ work: () async throws -> Answer) async throws -> Answer {
        for attempt in 1..<busyAttempts {
            do {
                return try await work()
            } catch {
                guard CommandError(error).code == "server.busy" else { throw error }
                // At random, so that members refused together do not come back together.
                try await Task.sleep(for: .milliseconds(Int.random(in: 100...(1000 * attempt))))
            }
        }
        return try await work()
    }

    /// Waits up to half a minute in all, then gives up.
    private static let busyAttempts = 8

    /// A path without the parts that change nothing: "shop", "shop/" and "./shop" are one name.
    private static func plain(_ path: String) -> String {
        let parts = path.split(separator: "/").filter { $0 != "." }
        return (path.hasPrefix("/") ? "/" : "") + (parts.isEmpty ? "." : parts.joined(separator: "/"))
    }

    /// Names a member so that importing it again registers nothing twice, while another claim, folder or archive makes
    /// registrations of its own: the SHA-256 of four digests, those of the claim, the root, the member's path and its
    /// bytes. A digest for each, since a path from an archive may hold any separator.
    private func idempotencyKey(root: String, path: String, _ bytes: [UInt8]) -> String {
        let parts = [claim.json.encoded(.compact), Array(root.utf8), Array(path.utf8), bytes]
        return "import-" + SHA256.digest(of: parts.flatMap { SHA256.digest(of: $0).bytes }).hex
    }
}
