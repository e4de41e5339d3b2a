import Fingerprints
import Foundation
import MediaDecoding
import Testing

/// Children that die, hang and are replaced.
struct PoolTests {
    private let picture = Result { try PoolFixture.bytes("baseline.jpg") }

    @Test func aChildServesManyFiles() async throws {
        let pool = try DecoderPool(children: 1)
        #expect(pool.isFiltered == nil && pool.processIDs.isEmpty)
        for _ in 0..<3 { _ = try await pool.picture(from: picture.get()) }
        let first = pool.processIDs
        #expect(try await PoolFixture.refusal(Array("text".utf8), pool) == .unsupportedFormat)
        _ = try await pool.picture(from: picture.get())
        #expect(pool.processIDs == first && first.count == 1)
        #expect(pool.counters.decoded == 4 && pool.counters.refused == 1 && pool.counters.restarts == 0)
    }

    @Test func aChildKilledAtWorkCostsItsFile() async throws {
        let pool = try DecoderPool(children: 1)
        _ = try await pool.picture(from: picture.get())
        let child = try #require(pool.processIDs.first)
        kill(child, SIGSTOP)
        async let refusal = PoolFixture.refusal(try picture.get(), pool)
        // Whether the file is handed over before or after the kill, the child is replaced; before, it costs the file.
        try await Task.sleep(for: .milliseconds(200))
        kill(child, SIGKILL)
        #expect([.decoderDied, nil].contains(try await refusal))
        #expect(try await PoolFixture.refusal(picture.get(), pool) == nil)
        #expect(pool.counters.restarts == 1 && pool.processIDs.first != child)
    }

    @Test func aChildKilledWhileIdleCostsNothing() async throws {
        let pool = try DecoderPool(children: 1)
        _ = try await pool.picture(from: picture.get())
        let child = try #require(pool.processIDs.first)
        kill(child, SIGKILL)
        // Its end of the channel is closed when the last of its threads is gone and the first waits to be reaped.
        while try FileManager.default.contentsOfDirectory(atPath: "/proc/\(child)/task").count > 1
            || !String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8).contains(") Z ")
        {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(try await PoolFixture.refusal(picture.get(), pool) == nil)
        #expect(pool.counters.restarts == 1)
    }

    @Test func aChildThatHangsIsReplaced() async throws {
        let pool = try DecoderPool(children: 1, limits: DecodeLimits(seconds: 3))
        _ = try await pool.picture(from: picture.get())
        let child = try #require(pool.processIDs.first)
        kill(child, SIGSTOP)
        #expect(try await PoolFixture.refusal(picture.get(), pool) == .timedOut)
        // It is gone, not merely abandoned.
        #expect(kill(child, 0) == -1)
        #expect(pool.counters.restarts == 1 && pool.counters.refused == 1)
    }

    @Test func manyFilesShareTwoChildren() async throws {
        let pool = try DecoderPool(children: 2)
        let bytes = try picture.get()
        let names = FormatTests.files.map(\.name)
        let files = try names.map(PoolFixture.bytes)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<100 {
                group.addTask {
                    let file = index.isMultiple(of: 2) ? bytes : files[index % files.count]
                    let picture = try await pool.picture(from: file)
                    #expect(picture.width == 96 && picture.mediaType == MediaFormat(signatureOf: file).mediaType)
                }
            }
            try await group.waitForAll()
        }
        #expect(pool.processIDs.count == 2 && pool.counters.decoded == 100 && pool.counters.restarts == 0)
    }

    @Test func theQueueIsBounded() async throws {
        let pool = try DecoderPool(children: 1, waitingLimit: 2)
        let bytes = try picture.get()
        _ = try await pool.picture(from: bytes)
        let child = try #require(pool.processIDs.first)
        kill(child, SIGSTOP)
        let busy = try await withThrowingTaskGroup(of: MediaError.Code?.self) { group in
            for _ in 0..<4 { group.addTask { try await PoolFixture.refusal(bytes, pool) } }
            // One is at work and two wait, so that the first answer is the fourth's.
            let first = try await group.next()
            kill(child, SIGCONT)
            var others: [MediaError.Code?] = []
            for try await code in group { others.append(code) }
            #expect(others == [nil, nil, nil])
            return first
        }
        #expect(busy == .some(.busy))
    }

    @Test func shutdownRefusesWhatWaits() async throws {
        let pool = try DecoderPool(children: 1)
        let bytes = try picture.get()
        _ = try await pool.picture(from: bytes)
        pool.shutdown()
        #expect(try await PoolFixture.refusal(bytes, pool) == .decoderUnavailable)
        #expect(pool.counters.refused == 1)
    }

    @Test func aMissingProgramIsSaidAtOnce() throws {
        #expect(throws: MediaError(.decoderUnavailable, "")) { try DecoderPool(executable: "/nonexistent/decoder") }
    }

    @Test func anotherProgramIsNoDecoder() async throws {
        let pool = try DecoderPool(executable: "/bin/true", children: 1)
        #expect(try await PoolFixture.refusal(picture.get(), pool) == .decoderUnavailable)
    }
}
