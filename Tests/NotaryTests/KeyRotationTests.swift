import Bytes
import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import Notary
import Testing

@Suite struct KeyRotationTests {
    private let files = FileManager.default

    private func keyID(signing note: [UInt8]) throws -> UInt32? {
        try SignedNote(parsing: note).signatures.first?.keyID
    }

    /// Two at once, or one after a failed write, must never leave a log whose announced key nobody has.
    @Test func changesAtOnceLeaveTheAnnouncedKey() async throws {
        let office = try Office()
        for _ in 0..<5 {
            try await office.whileOpen { notary, _ in
                let made = await withTaskGroup(of: VerifierKey?.self) { (tasks) -> [VerifierKey] in
                    for _ in 0..<4 { tasks.addTask { try? await notary.rotateLogKey() } }
                    return await tasks.reduce(into: []) { made, key in if let key { made.append(key) } }
                }
                #expect(!made.isEmpty && made.contains(notary.trustBundle.logKeys[0]))
            }
            try await office.whileOpen { notary, caller in _ = try await notary.register("a", for: caller) }
        }
    }

    @Test func aFailedChangeIsNotTriedAgainBeforeARestart() async throws {
        let all = try await failingChange(nil, .before)
        #expect(all.count > 5 && all.contains("guard rename"))
        for number in all.indices {
            for moment in FaultyStorage.Moment.allCases { _ = try await failingChange(number, moment) }
        }
    }

    /// - Returns: The writes of a change of key.
    private func failingChange(_ number: Int?, _ moment: FaultyStorage.Moment) async throws -> [String] {
        let office = try Office()
        try await office.whileOpen { notary, caller in _ = try await notary.register("one", for: caller) }
        let storage = FaultyStorage(failing: number, moment)
        let notary = try office.open { storage.attach(to: &$0) }
        storage.arm()
        if let number {
            for _ in 0..<2 {
                await #expect(throws: NotaryError(.storeFailed, ""), "\(number)") { try await notary.rotateLogKey() }
            }
        } else {
            _ = try await notary.rotateLogKey()
        }
        let names = storage.names
        notary.close()
        try await office.whileOpen { notary, caller in
            _ = try await notary.register("two", for: caller)
            let report = try notary.audit()
            #expect(report.isConsistent, "\(names): \(report.findings)")
        }
        return names
    }

    @Test func bothKeysAreGoodAndTheNewOneSigns() async throws {
        let office = try Office()
        let first = try #require(office.trust.logKeys.first)
        let (old, between, new) = try await office.whileOpen { notary, caller in
            let old = try await notary.register("one", for: caller)
            let key = try await notary.rotateLogKey()
            #expect(key.name == Office.origin && key != first)
            // The announcement is signed by the old key, and what comes after it by the new one.
            #expect(try keyID(signing: notary.publishedCheckpoint) == first.keyID)
            let between = try await notary.register("two", for: caller)
            #expect(try keyID(signing: between.checkpoint) == key.keyID)
            #expect(notary.trustBundle.logKeys == [key, first])
            _ = try await notary.rotateLogKey()
            let new = try await notary.register("three", for: caller)
            return (old, between, new)
        }
        try await office.whileOpen { notary, caller in
            let keys = notary.trustBundle.logKeys
            #expect(keys.count == 3 && keys.last == first)
            #expect(try keyID(signing: new.checkpoint) == keys[0].keyID)
            // Every checkpoint by the one key that was valid for its size, and not by the next.
            for (registration, key) in [(old, keys[2]), (between, keys[1]), (new, keys[0])] {
                let note = try SignedNote(parsing: registration.checkpoint)
                _ = try note.verifiedCheckpoint(log: key)
                for other in keys where other != key {
                    #expect(throws: NoteError.self) { try note.verifiedCheckpoint(log: other) }
                }
            }
            for registration in [old, between, new] {
                let evidence = try #require(try await notary.evidenceFile(of: registration.id, for: caller))
                let report = try await notary.verification(of: evidence)
                #expect(report["verdict"] == "consistent", "\(report)")
            }
            let report = try notary.audit()
            #expect(report.isConsistent && report.entries == 5, "\(report.findings)")
            let erased = try #require(try await notary.erase(between.id, reason: "to see who signs"))
            #expect(try keyID(signing: erased.note) == keys[0].keyID)
        }
        // Also by a receipt of a key of the past.
        try await office.whileOpen { notary, _ in
            _ = try await notary.rotateLogKey()
            #expect(try notary.erasure(of: between.id) != nil)
        }
        let receipt = try await office.whileOpen { notary, _ in try notary.erasure(of: between.id) }
        #expect(receipt != nil)
    }

    /// The keys folder as a crash after each step leaves it, beside the store as it then is.
    @Test func aCrashAtEachStepIsMended() async throws {
        let office = try Office()
        let (key, next) = ("\(office.folder)/keys/log.key", "\(office.folder)/keys/log.key.next")
        let first = try #require(office.trust.logKeys.first)
        let old = try #require(files.contents(atPath: key))
        func put(_ data: Data, _ path: String) {
            #expect(files.createFile(atPath: path, contents: data, attributes: [.posixPermissions: 0o600]))
        }

        // 1. A new key was made, and nothing was said yet: the old one stays, and the next change makes another.
        let other = try Office()
        put(Data((try SignerKey.generate(name: Office.origin).privateText + "\n").utf8), next)
        try await office.whileOpen { notary, caller in
            _ = try await notary.register("one", for: caller)
            #expect(notary.trustBundle.logKeys == [first])
            _ = try await notary.rotateLogKey()
        }
        let new = try #require(files.contents(atPath: key))
        #expect(new != old && !files.fileExists(atPath: next))

        // 2. It was announced, and is not in its place yet.
        put(old, key)
        put(new, next)
        try await office.whileOpen { notary, caller in
            let two = try await notary.register("two", for: caller)
            #expect(notary.trustBundle.logKeys.count == 2)
            #expect(try keyID(signing: two.checkpoint) == notary.trustBundle.logKeys[0].keyID)
        }
        #expect(files.contents(atPath: key) == new && !files.fileExists(atPath: next))

        // 3. It is in its place, and still beside it.
        put(new, next)
        try await office.whileOpen { notary, caller in
            _ = try await notary.register("three", for: caller)
            #expect(try notary.audit().isConsistent)
        }

        // Anything else is not this log's newest key.
        put(old, key)
        try files.removeItem(atPath: next)
        #expect(throws: NotaryError(.keyUnusable, "")) { try office.open() }
        put(try #require(files.contents(atPath: "\(other.folder)/keys/log.key")), next)
        #expect(throws: NotaryError(.keyUnusable, "")) { try office.open() }
        put(new, key)
        try await office.whileOpen { notary, _ in #expect(notary.trustBundle.logKeys.count == 2) }
    }

    /// A checkpoint of the new size by the old key is a fork, whoever has the old key still.
    @Test func theOldKeySignsNothingNew() async throws {
        let office = try Office()
        let old = try #require(files.contents(atPath: "\(office.folder)/keys/log.key"))
        try await office.whileOpen { notary, caller in
            _ = try await notary.rotateLogKey()
            _ = try await notary.register("one", for: caller)
        }
        let text = String(decoding: old, as: UTF8.self).trimmingCharacters(in: .newlines)
        let guardPath = "\(office.folder)/guard/checkpoint"
        let guarded = try #require(files.contents(atPath: guardPath))
        let note = try SignedNote(parsing: Array(guarded))
        let forged = try SignedNote(signing: note.text, with: try SignerKey(parsing: text))
        try Data(forged.bytes).write(to: URL(filePath: guardPath))
        #expect(throws: NotaryError(.guardMismatch, "")) { try office.open() }
    }

    @Test func oneLaneOfSeveralChangesItsKey() async throws {
        let office = try Office(laneCount: 2)
        try await office.whileOpen { notary, caller in
            _ = try await notary.rotateLogKey(of: "\(Office.origin)/lanes/1")
            _ = try await notary.rotateLogKey()
            await #expect(throws: NotaryError(.invalidRequest, "")) { try await notary.rotateLogKey(of: "elsewhere") }
            var ids: [LeafHash] = []
            for name in ["one", "two", "three"] { ids.append(try await notary.register(name, for: caller).id) }
            for id in ids {
                let evidence = try #require(try await notary.evidenceFile(of: id, for: caller))
                #expect(try await notary.verification(of: evidence)["verdict"] == "consistent")
            }
            #expect(try notary.audit().isConsistent)
        }
        try await office.whileOpen { notary, _ in #expect(notary.trustBundle.logKeys.count == 5) }
    }
}
