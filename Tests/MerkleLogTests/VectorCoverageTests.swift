import Foundation
import MerkleLog
import Testing

/// That no file of the shared vectors is left out: each is bundled here byte for byte, or is read by a test by name.
@Suite(.enabled(if: Vectors.hasOutside("merkle"), "the vectors are not here: set CINNABAR_VECTORS"))
struct VectorCoverageTests {
    /// What tests read where it lies, since it is other people's: ``NoteVectorTests``, ``ProofVectorTests``,
    /// ``RootVectorTests``, ``TileVectorTests``; the policy by the witness policy's tests.
    private static let readOutside: Set = [
        "merkle/third-party/reference-tree.json", "merkle/third-party/consistency.jsonl",
        "merkle/third-party/inclusion.jsonl", "checkpoint/policy.txt", "checkpoint/mldsa44.json",
        "checkpoint/third-party/rome2026h1.note", "checkpoint/third-party/milan2026h1.note",
        "checkpoint/third-party/rome2026h1-mirror.note", "note/cases.json", "tiles/third-party/tessera-log/vkey",
        "tiles/third-party/tessera-log/checkpoint",
    ]

    private static func files(in folder: String) -> [String] {
        let root = Vectors.outside.appending(path: folder).path
        let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: root + "/" + name)
            return attributes?[.type] as? FileAttributeType == .typeRegular
        }.map { folder + "/" + $0 }.sorted()
    }

    private struct NoteCase: Decodable {
        let file: String
    }

    private struct ProofCase: Decodable {
        let proof: String
        let record: String
    }

    /// The resources of the third-party log, which is checked at every size from 0 to 15.
    private static let smallLog: Set<String> = {
        var files: Set<String> = []
        for size in 0...15 { files.insert("checkpoint.\(size)") }
        for width in 1...15 {
            files.insert(TilePath.tile(TileID(level: 0, index: 0), width: width).text)
            files.insert(TilePath.entries(index: 0, width: width).text)
        }
        return Set(files.map { "tiles/third-party/tessera-log/" + $0 })
    }()

    @Test(arguments: ["merkle", "note", "checkpoint", "tiles", "tlog-proof"])
    func everyFileIsRead(folder: String) throws {
        var read = Self.readOutside.union(Self.smallLog)
        if folder == "note" {
            let cases = try Vectors.json([NoteCase].self, Vectors.outside.appending(path: "note/cases.json"))
            read.formUnion(cases.map { "note/" + $0.file })
        }
        let files = Self.files(in: folder).filter { !$0.hasSuffix("/README.md") }
        #expect(!files.isEmpty)
        var bundled = 0
        for file in files {
            let copy = Vectors.bundled.appending(path: file)
            if FileManager.default.fileExists(atPath: copy.path) {
                #expect(try Vectors.bytes(copy) == Vectors.bytes(Vectors.outside.appending(path: file)), "\(file)")
                bundled += 1
            } else {
                #expect(read.contains(file), "No test reads \(file).")
            }
        }
        print("vectors: \(folder): \(files.count) files, \(bundled) of them in this repository")
    }

    /// Bundled cases name every bundled note and proof.
    @Test func everyBundledCaseIsNamed() throws {
        let checkpoints = try Vectors.json(
            [NoteCase].self,
            Vectors.bundled.appending(path: "checkpoint/generated-cases.json")
        ).map { "checkpoint/" + $0.file }
        let proofs = try Vectors.json([ProofCase].self, Vectors.bundled.appending(path: "tlog-proof/cases.json"))
            .flatMap { ["tlog-proof/" + $0.proof, "tlog-proof/" + $0.record] }
        let named = Set(checkpoints + proofs)
        let there = (Self.files(in: "checkpoint/generated") + Self.files(in: "tlog-proof")).filter { file in
            [".note", ".tlog-proof", ".record"].contains { file.hasSuffix($0) }
        }
        #expect(Set(there) == named)
    }
}
