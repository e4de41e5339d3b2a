import Archives
import Foundation
import Testing

struct ZipTests {
    @Test func membersComeInTheirOrder() async {
        let stream = await MemberFixture(MemberFixture.zip("good.zip"))
        #expect(stream.failure == nil)
        #expect(
            stream.members == [
                "shoes/1.txt=first", "empty.bin=", "合同.txt=계약", "../../outside.txt=kept as a name",
                "shoes/2.txt=second",
            ]
        )
    }

    @Test func storedAndEmptyArchivesAreRead() async {
        #expect(await MemberFixture(MemberFixture.zip("stored.zip")).members == ["a.txt=stored"])
        let empty = await MemberFixture(MemberFixture.zip("empty.zip"))
        #expect(empty.members.isEmpty && empty.failure == nil)
    }

    @Test func aBadMemberCostsItselfAlone() async {
        let damaged = await MemberFixture(MemberFixture.zip("damaged-member.zip"))
        #expect(damaged.failure == nil)
        #expect(damaged.members.count == 5)
        #expect(damaged.members.first == "shoes/1.txt!malformed")
        #expect(damaged.members.last == "shoes/2.txt=second")
    }

    @Test func encryptedMembersAndLinksAreNamed() async {
        #expect(await MemberFixture(MemberFixture.zip("encrypted.zip")).members == ["secret.txt!encrypted"])
        let link = await MemberFixture(MemberFixture.zip("link.zip"))
        #expect(link.members == ["link!notARegularFile", "after.txt=after"])
    }

    @Test func aMemberPastTheLimitCostsItselfAlone() async {
        let limits = ArchiveLimits(memberBytes: (3 << 20) - 1)
        let stream = await MemberFixture(MemberFixture.zip("large-member.zip"), limits: limits)
        #expect(stream.members == ["large.bin!memberTooLarge", "small.txt=small"])
        #expect(stream.failure == nil)
    }

    @Test func aBombIsStopped() async {
        let limits = ArchiveLimits(compressionSlackBytes: 1 << 20)
        let stream = await MemberFixture(MemberFixture.zip("bomb.zip"), limits: limits)
        #expect(stream.failure == .compressionRatio)
        #expect((1...5).contains(stream.members.count))
        // Twenty megabytes do no harm, and may be blank pages.
        let allowed = await MemberFixture(MemberFixture.zip("bomb.zip"))
        #expect(allowed.members.count == 20 && allowed.failure == nil)
    }

    @Test func countsAreLimited() async {
        let few = await MemberFixture(MemberFixture.zip("bomb.zip"), limits: ArchiveLimits(members: 3))
        #expect(few.members.count == 3 && few.failure == .tooManyMembers)
        let total = await MemberFixture(MemberFixture.zip("bomb.zip"), limits: ArchiveLimits(totalBytes: 2_999_999))
        #expect(total.members.count == 2 && total.failure == .totalTooLarge)
        // Hidden files are no members, but they count.
        let hidden = await MemberFixture(MemberFixture.zip("good.zip"), limits: ArchiveLimits(members: 6))
        #expect(hidden.members.count == 4 && hidden.failure == .tooManyMembers)
    }

    @Test func aCutArchiveIsMalformed() async throws {
        let cut = await MemberFixture(MemberFixture.zip("cut.zip"))
        #expect(cut.failure == .malformed || cut.members.last?.hasSuffix("!malformed") == true)
    }

    @Test(arguments: ["not a zip", "", "PK", "%PDF-1.7"])
    func anythingElseIsUnsupported(text: String) async throws {
        try await MemberFixture.withFolder { folder in
            let file = folder.appending(path: "file.zip")
            try Data(text.utf8).write(to: file)
            let stream = await MemberFixture(file.path(percentEncoded: false))
            #expect(stream.members.isEmpty && stream.failure == .unsupportedFormat)
        }
    }

    /// Any answer will do, as long as the stream ends and no child dies.
    @Test func damageAnywhereIsSurvived() async throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: MemberFixture.zip("good.zip")))
        try await MemberFixture.withFolder { folder in
            let file = folder.appending(path: "file.zip")
            for index in stride(from: 0, to: bytes.count, by: 37) {
                var damaged = bytes
                damaged[damaged.startIndex + index] ^= 0xFF
                try damaged.write(to: file)
                #expect(await MemberFixture(file.path(percentEncoded: false)).failure != .decoderDied, "byte \(index)")
            }
        }
    }

    @Test func aMissingDecoderIsSaid() async {
        await #expect(throws: ArchiveError.self) {
            for try await _ in MemberStream(MemberFixture.zip("good.zip"), executable: "/nonexistent") {}
        }
        // A program that says nothing.
        do throws(ArchiveError) {
            for try await _ in MemberStream(MemberFixture.zip("good.zip"), executable: "/bin/true") {}
            Issue.record("no error")
        } catch {
            #expect(error.code == .decoderDied)
        }
    }
}
