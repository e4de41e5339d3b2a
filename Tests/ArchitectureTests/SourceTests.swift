import Testing

/// What STYLE.md asks of every file and a machine can see.
@Suite struct SourceTests {
    static let files = SourceTree.files(below: "Sources")

    /// Past this a file has a seam.
    private static let lineLimit = 350
    /// Targets whose job is to own raw handles; strict memory safety is off in them.
    private static let owners: Set = [
        "OpenSSL", "Secp256k1", "RocksDB", "Gzip", "FeatureWords", "Hamming", "PixelDecoding", "ArchiveDecoding",
        "TextDecoding",
        "cinnabar-decoder",
    ]

    @Test func thereAreSources() { #expect(Self.files.count > 100) }

    @Test(arguments: ["fatalError(", "try!", "as!", "TODO", "FIXME", "XXX"])
    func isNowhere(word: String) {
        for file in Self.files {
            for line in file.lines.indices where file.lines[line].contains(word) {
                Issue.record("\(file.path):\(line + 1) has \(word)")
            }
        }
    }

    /// Foundation's way of starting programs reads past its buffer in a process that has many descriptors open.
    @Test func noProgramIsStartedByFoundation() {
        for file in Self.files + SourceTree.files(below: "Tests") {
            for (number, code) in file.code where code.contains(#/\bProcess\(\)/#) {
                Issue.record("\(file.path):\(number) starts a program by Foundation's Process: use SpawnedProcess")
            }
        }
    }

    @Test func filesAreShort() {
        // What tools/fabric-protos generates is as long as it is.
        for file in Self.files where !file.path.hasSuffix(".pb.swift") {
            #expect(file.lines.count <= Self.lineLimit, "\(file.path) has \(file.lines.count) lines")
        }
    }

    @Test func strictMemorySafetyIsOnEverywhereElse() {
        for target in ArrowTests.targets where target.layer != 0 {
            #expect(target.isStrictlyMemorySafe != Self.owners.contains(target.name), "\(target.name)")
        }
    }

    /// What makes it safe, and what would break it: on the line, or above it as far as the next empty line.
    @Test func unsafeCodeSaysWhyItIsSafe() {
        for file in Self.files where file.lines.contains(where: { $0.contains("unsafe") || $0.contains("@unchecked") })
        {
            for (number, code) in file.code where code.contains(#/@unchecked Sendable|nonisolated\(unsafe\)|\bunsafe /#)
            {
                let start = file.lines[..<number].lastIndex { $0.allSatisfy(\.isWhitespace) } ?? 0
                #expect(
                    file.lines[start..<number].contains { $0.contains("//") },
                    "\(file.path):\(number) has no comment: \(code)"
                )
            }
        }
    }
}
