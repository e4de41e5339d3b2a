import Bytes
import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import Notary
import OpenSSL
import Testing

@Suite struct RegisteringTests {
    @Test func aRegistrationIsProvedInItsOwnAnswer() async throws {
        let office = try Office()
        let registration = try await office.whileOpen { notary, caller in
            try await notary.register("a contract", claim: Claim([.title: "Lease"]), for: caller)
        }
        let note = try SignedNote(parsing: registration.checkpoint)
        let key = try #require(office.trust.logKeys.first)
        let checkpoint = try note.verifiedCheckpoint(log: key, witnesses: []).checkpoint
        _ = try registration.proof.verify(leaf: registration.id, root: checkpoint.root)
        #expect(registration.id == Entry(record: registration.record).leafHash)
        let record = try Record(parsing: registration.record)
        #expect(record.digest(.sha256)?.value == SHA256.digest(of: Array("a contract".utf8)))
        #expect(record.digest(.sm3)?.provenance == .computed)
        #expect(record.file.mediaType == "text/plain" && record.claim[.title] == "Lease")
        #expect(registration.state == .published && registration.index == 0)
    }

    /// Expected codes by iscc-core 1.5.0.
    @Test func aRecordHoldsTheFilesISCC() async throws {
        let office = try Office()
        let registration = try await office.whileOpen { notary, caller in
            try await notary.register("a contract", for: caller)
        }
        let record = try Record(parsing: registration.record)
        #expect(record.fingerprints.map(\.algorithm) == ["iscc-text-0", "iscc-data-0", "iscc-instance-0"])
        #expect(
            record.fingerprints.map(\.value) == [
                "ISCC:EAD6Z3HZZXSZO25VW2YZ5RUA5NA7CPRKDEODJKUGFVAF7FJFBLEYZWI",
                "ISCC:GADYVLYEWK3KHJNPHWT4HFBKE52UEVB2G64ICLWM3Q7IQFS5OOW6F2I",
                "ISCC:IADUBAQ7QGN25O2TYSQFV7JO7NMFN4NVBGUSCBIAALH4YTB3PPCR5KA",
            ]
        )
        let plain = try office.open { $0.computesISCC = false }
        defer { plain.close() }
        let caller = try plain.localCaller(account: Notary.defaultAccountName)
        #expect(try await Record(parsing: plain.register("a contract", for: caller).record).fingerprints.isEmpty)
    }

    @Test func concurrentRegistrationsGetIndexesOfTheirOwnAndShareCheckpoints() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            let registrations = try await withThrowingTaskGroup(of: Registration.self) { group in
                for number in 0..<400 {
                    group.addTask { try await notary.register(.numbered(number), RegistrationRequest(), for: caller) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(registrations.map(\.index)) == Set(0..<400))
            #expect(Set(registrations.map(\.checkpoint)).count < 400)
            let report = try notary.audit()
            #expect(report.isConsistent && report.entries == 400 && report.records == 400, "\(report.findings)")
        }
    }

    @Test func aRepeatedKeyGivesTheSameRegistrationAndADifferentRequestIsRefused() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            let first = try await notary.register("once", key: "k-1", for: caller)
            let again = try await notary.register("once", key: "k-1", for: caller)
            #expect(again.id == first.id && again.isReplay && again.record == first.record)
            await #expect(throws: NotaryError(.idempotencyConflict, "")) {
                try await notary.register("twice", key: "k-1", for: caller)
            }
            let other = try notary.createAccount(named: "other")
            let stranger = Caller(account: other.id, name: "other", authentication: "test")
            #expect(try await notary.register("once", key: "k-1", for: stranger).id != first.id)
            #expect(try notary.audit().entries == 2)
        }
    }

    /// Each fact of a declared file is part of the request that a key stands for, and a declared file is never an upload.
    @Test func aRepeatedKeyWithAnotherDeclaredFactIsRefused() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            let request = RegistrationRequest(idempotencyKey: "k-1")
            let digest = SHA256.digest(of: Array("once".utf8))
            let file = DeclaredFile(sha256: digest, sm3: digest, sizeBytes: 4, mediaType: "text/plain")
            let first = try await notary.register(file, request, for: caller)
            #expect(try await notary.register(file, request, for: caller).id == first.id)
            let others = [
                DeclaredFile(sha256: SHA256.digest(of: []), sm3: digest, sizeBytes: 4, mediaType: "text/plain"),
                DeclaredFile(sha256: digest, sizeBytes: 4, mediaType: "text/plain"),
                DeclaredFile(sha256: digest, sm3: digest, sizeBytes: 5, mediaType: "text/plain"),
                DeclaredFile(sha256: digest, sm3: digest, sizeBytes: 4),
            ]
            for other in others {
                await #expect(throws: NotaryError(.idempotencyConflict, "")) {
                    try await notary.register(other, request, for: caller)
                }
            }
            await #expect(throws: NotaryError(.idempotencyConflict, "")) {
                try await notary.register("once", key: "k-1", for: caller)
            }
        }
    }

    @Test func simultaneousRetriesMakeOneRegistration() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            let ids = try await withThrowingTaskGroup(of: LeafHash.self) { group in
                for _ in 0..<50 {
                    group.addTask { try await notary.register("once", key: "retry", for: caller).id }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(try notary.audit().entries == 1)
        }
    }

    @Test func theSameFileTwiceIsTwoRecordsAndTheEarlierIsShown() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            let first = try await notary.register("a photo", claim: Claim([.title: "Mine"]), for: caller)
            let second = try await notary.register("a photo", for: caller)
            #expect(second.id != first.id)
            #expect(second.earlier.map(\.id) == [first.id])
            #expect(second.earlier.first?.title == "Mine" && second.earlier.first?.kind == .sameBytes)
        }
    }

    @Test func aMatchSaysWhetherItsBytesWereSeen() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            let digest = SHA256.digest(of: Array("a photo".utf8))
            _ = try await notary.register(DeclaredFile(sha256: digest), RegistrationRequest(), for: caller)
            _ = try await notary.register("a photo", for: caller)
            let account = try notary.createAccount(named: "rival")
            let rival = Caller(account: account.id, name: "rival", authentication: "test")
            for caller in [caller, rival] {
                let matches = try notary.search(digest, for: caller).matches
                #expect(matches.map(\.provenance) == [.declared, .computed])
                #expect(matches.map { $0.json["how"]?.stringValue } == ["declared", "computed"])
            }
        }
    }

    @Test func othersSeeThatAMatchExistsAndNothingElse() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            let first = try await notary.register("a photo", claim: Claim([.title: "Secret"]), for: caller)
            let account = try notary.createAccount(named: "rival")
            let rival = Caller(account: account.id, name: "rival", authentication: "test")
            #expect(try notary.registration(first.id, for: rival) == nil)
            #expect(try await notary.evidenceFile(of: first.id, for: rival) == nil)
            let match = try #require(try await notary.register("a photo", for: rival).earlier.first)
            #expect(match.id == nil && match.title == nil && !match.isYours)
            #expect(try notary.registrations(for: rival, after: nil, limit: 10).count == 1)
        }
    }

    @Test func badInputIsRefusedWithItsCodeAndNothingIsRegistered() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            func code(_ work: () async throws -> Registration) async -> NotaryError.Code? {
                do { _ = try await work() } catch { return (error as? NotaryError)?.code }
                return nil
            }
            #expect(await code { try await notary.register("", for: caller) } == .emptyFile)
            #expect(
                await code { try await notary.register("text", mediaType: "image/jpeg", for: caller) } == .notAPicture
            )
            #expect(await code { try await notary.register("x", key: "two words", for: caller) } == .invalidRequest)
            let orphan = RegistrationRequest(parents: [String(repeating: "0", count: 64)])
            #expect(await code { try await notary.register(.numbered(1), orphan, for: caller) } == .unknownParent)
            let truncated = notary.makeUpload()
            try truncated.append([0xFF, 0xD8, 0xFF, 0xE0, 0, 16])
            #expect(
                await code { try await notary.register(truncated, RegistrationRequest(), for: caller) }
                    == .pictureMalformed
            )
            #expect(try notary.audit().entries == 0)
        }
    }

    @Test func anUploadPastTheLimitIsRefusedWhileItStreams() throws {
        let office = try Office()
        let notary = try office.open { $0.uploadLimitBytes = 20 << 20 }
        defer { notary.close() }
        let upload = notary.makeUpload()
        let piece = [UInt8](repeating: 1, count: 1 << 20)
        for _ in 0..<20 { try upload.append(piece) }
        #expect(throws: NotaryError(.fileTooLarge, "")) { try upload.append([0]) }
    }

    @Test func largeFilesSpoolToDiskAndKeepTheirDigests() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            let upload = notary.makeUpload()
            let piece = (0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            for _ in 0..<11 { try upload.append(piece) }
            let registration = try await notary.register(upload, RegistrationRequest(), for: caller)
            let whole = (0..<11).flatMap { _ in piece }
            #expect(try Record(parsing: registration.record).digest(.sha256)?.value == SHA256.digest(of: whole))
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: "\(office.folder)/temporary")
        #expect(left.isEmpty)
    }
}

extension Registration {
    var index: UInt64 { position.index.value }
}
