import Archives
import Foundation
import Testing

struct FolderTests {
    @Test func filesComeInTheOrderOfTheirNames() async throws {
        try await MemberFixture.withFolder { folder in
            for path in ["b.txt", "a/z.txt", "a/B.txt", "c/d/e.txt", ".hidden", ".git/config", "합.txt"] {
                let file = folder.appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data(path.utf8).write(to: file)
            }
            let stream = await MemberFixture(folder.path(percentEncoded: false))
            #expect(
                stream.members == [
                    "a/B.txt=a/B.txt", "a/z.txt=a/z.txt", "b.txt=b.txt", "c/d/e.txt=c/d/e.txt", "합.txt=합.txt",
                ]
            )
            #expect(stream.failure == nil)
        }
    }

    @Test func linksAndPipesAreReportedAndNotFollowed() async throws {
        try await MemberFixture.withFolder { folder in
            try FileManager.default.createSymbolicLink(
                atPath: folder.appending(path: "file").path(percentEncoded: false),
                withDestinationPath: "/etc/passwd"
            )
            try FileManager.default.createSymbolicLink(
                atPath: folder.appending(path: "loop").path(percentEncoded: false),
                withDestinationPath: "."
            )
            // The path lives as long as the call.
            let pipe = unsafe mkfifo(folder.appending(path: "pipe").path(percentEncoded: false), 0o600)
            #expect(pipe == 0)
            let stream = await MemberFixture(folder.path(percentEncoded: false))
            #expect(stream.members == ["file!notARegularFile", "loop!notARegularFile", "pipe!notARegularFile"])
        }
    }

    @Test func limitsHold() async throws {
        try await MemberFixture.withFolder { folder in
            for name in ["1", "2", "3"] { try Data("12345".utf8).write(to: folder.appending(path: name)) }
            let path = folder.path(percentEncoded: false)
            let small = await MemberFixture(path, limits: ArchiveLimits(memberBytes: 4))
            #expect(small.members == ["1!memberTooLarge", "2!memberTooLarge", "3!memberTooLarge"])
            #expect(small.failure == nil)
            #expect(await MemberFixture(path, limits: ArchiveLimits(members: 2)).failure == .tooManyMembers)
            #expect(await MemberFixture(path, limits: ArchiveLimits(totalBytes: 14)).failure == .totalTooLarge)
        }
    }

    @Test func aMissingFolderIsUnreadable() async {
        #expect(await MemberFixture("/nonexistent/folder").failure == .unreadable)
    }

    @Test func anEmptyFolderHasNoMembers() async throws {
        try await MemberFixture.withFolder { folder in
            let stream = await MemberFixture(folder.path(percentEncoded: false))
            #expect(stream.members.isEmpty && stream.failure == nil)
        }
    }
}
