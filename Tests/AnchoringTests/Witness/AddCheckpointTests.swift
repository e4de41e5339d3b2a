import Anchoring
import MerkleLog
import Testing

struct AddCheckpointRequestTests {
    private let note: SignedNote
    private let noteText: String

    init() throws {
        note = try WitnessFixture.note()
        noteText = String(decoding: note.bytes, as: UTF8.self)
    }

    @Test func isWrittenAsTheProtocolSays() throws {
        let proof = [WitnessFixture.hash(1), WitnessFixture.hash(2)]
        let request = try AddCheckpointRequest(oldSize: TreeSize(3), proof: proof, checkpoint: note)
        let text = String(decoding: request.bytes, as: UTF8.self)
        #expect(text.hasPrefix("old 3\n"))
        #expect(text.hasSuffix("=\n\n" + noteText))
        let lines = text.split(separator: "\n" as Character, omittingEmptySubsequences: false)
        #expect(
            lines[1...2] == [
                "S/USLzRFVMU73i67jNK349FgCtYxw4Wl18ziPHeFRZo=", "28G0yQD/5I1XW12lxjgEASX2XbD+PiRJS3bqmGRX2YY=",
            ]
        )
        #expect(lines[3].isEmpty)
        #expect(try AddCheckpointRequest(parsing: request.bytes) == request)
    }

    @Test func isReadWithoutProof() throws {
        let request = try AddCheckpointRequest(parsing: Array("old 0\n\n\(noteText)".utf8))
        #expect(request.oldSize == .empty)
        #expect(request.proof.isEmpty)
        #expect(request.checkpoint == note)
    }

    @Test(arguments: [
        "", "\n\n", "old 0\n", "old\n\n", "old \n\n", "old 00\n\n", "old 01\n\n", "old +1\n\n", "old -1\n\n",
        "old 0 \n\n",
        " old 0\n\n", "Old 0\n\n", "old  0\n\n", "old 0\r\n\r\n", "old 18446744073709551616\n\n", "old 0\nAAAA\n\n",
        "old 0\nnot base64\n\n", "old 0\nS/USLzRFVMU73i67jNK349FgCtYxw4Wl18ziPHeFRZp=\n\n", "size 0\n\n",
    ])
    func refusesOtherBeginnings(_ beginning: String) {
        let error = #expect(throws: WitnessError.self) {
            try AddCheckpointRequest(parsing: Array((beginning + noteText).utf8))
        }
        #expect(error?.code == .malformedRequest)
    }

    @Test func refusesWhatIsNoNote() throws {
        for ending in ["", "text\n", String(noteText.dropLast()), noteText + "\n"] {
            let error = #expect(throws: WitnessError.self) {
                try AddCheckpointRequest(parsing: Array("old 0\n\n\(ending)".utf8))
            }
            #expect(error?.code == .malformedRequest, "\(ending)")
        }
    }

    @Test func hasAtMost63LinesOfProof() throws {
        let hashes = [_](repeating: WitnessFixture.hash(1), count: 64)
        let longest = try AddCheckpointRequest(oldSize: TreeSize(1), proof: Array(hashes.dropLast()), checkpoint: note)
        #expect(try AddCheckpointRequest(parsing: longest.bytes).proof.count == 63)
        let line = String(decoding: longest.bytes, as: UTF8.self).split(separator: "\n")[1]
        let body = "old 1\n" + String(repeating: line + "\n", count: 64) + "\n" + noteText
        for make in [
            { try AddCheckpointRequest(oldSize: TreeSize(1), proof: hashes, checkpoint: note) },
            { try AddCheckpointRequest(parsing: Array(body.utf8)) },
        ] {
            #expect(#expect(throws: WitnessError.self) { try make() }?.code == .tooLarge)
        }
    }

    @Test func isLimitedInBytes() {
        let body = Array("old 0\n\n".utf8) + [UInt8](repeating: 0x61, count: AddCheckpointRequest.limitBytes)
        #expect(#expect(throws: WitnessError.self) { try AddCheckpointRequest(parsing: body) }?.code == .tooLarge)
    }
}

struct AddCheckpointResponseTests {
    private static func response(_ status: Int, _ body: String, type: String? = nil) -> IncomingResponse {
        IncomingResponse(status: status, headers: type.map { ["content-type": $0] } ?? [:], body: Array(body.utf8))
    }

    @Test func everyAnswerIsReadAsWritten() throws {
        let line = try WitnessFixture.witnesses[0].cosignature(for: "a\n", timestampSeconds: 9)
        let refusals = AddCheckpointResponse.Refusal.allCases.map { AddCheckpointResponse.refused($0) }
        for answer in [.cosigned([line, line]), .conflict(.empty), .conflict(TreeSize(70_000))] + refusals {
            let response = IncomingResponse(
                status: answer.status,
                headers: ["content-type": answer.contentType],
                body: answer.body
            )
            #expect(try AddCheckpointResponse(response) == answer)
        }
        #expect(AddCheckpointResponse.conflict(TreeSize(42)).status == 409)
        #expect(AddCheckpointResponse.conflict(TreeSize(42)).contentType == "text/x.tlog.size")
        #expect(AddCheckpointResponse.conflict(TreeSize(42)).body == Array("42\n".utf8))
        #expect(Set(refusals.map(\.status)) == [400, 403, 404, 422])
    }

    @Test(arguments: ["", "\n", "42", "042\n", "42\n\n", " 42\n", "42\r\n", "-1\n", "18446744073709551616\n"])
    func refusesOtherSizes(_ body: String) {
        expectUnexpected(Self.response(409, body, type: "text/x.tlog.size"))
    }

    @Test func aConflictNeedsItsContentType() {
        expectUnexpected(Self.response(409, "42\n"))
        expectUnexpected(Self.response(409, "42\n", type: "text/plain"))
        #expect(throws: Never.self) {
            try AddCheckpointResponse(Self.response(409, "42\n", type: "Text/X.tlog.size; charset=utf-8"))
        }
    }

    @Test(arguments: ["", "\n", "text\n", "\u{2014} name AAAAAAA=", "- name AAAAAAA=\n", "\u{2014} name AAAAAAA=\n\n"])
    func refusesWhatIsNoSignatureLine(_ body: String) {
        expectUnexpected(Self.response(200, body))
    }

    @Test func refusesOtherStatuses() {
        for status in [201, 204, 301, 401, 429, 500, 503] { expectUnexpected(Self.response(status, "")) }
    }

    private func expectUnexpected(_ response: IncomingResponse, at location: SourceLocation = #_sourceLocation) {
        let error = #expect(throws: WitnessError.self, sourceLocation: location) { try AddCheckpointResponse(response) }
        #expect(error?.code == .unexpectedReply, sourceLocation: location)
    }
}
