import Bytes
import Testing

@testable import Fingerprints

/// Every case of the reference's conformance data: ISO 24138 calls an implementation conformant that passes all.
@Suite(.enabled(if: Conformance.isThere, "no iscc/conformance.json in CINNABAR_VECTORS (default ../shared/vectors)"))
struct ISCCConformanceTests {
    @Test func metaCodes() throws {
        try check("gen_meta_code_v0", count: 20) { inputs, outputs in
            let metadata: ISCCMetadata? =
                switch inputs[2] {
                case .object(let object): ISCCMetadata(object)
                case .string(let url): try ISCCMetadata(url: url)
                default: nil
                }
            let meta = try ISCC.metaCode(
                name: inputs[0].text,
                description: inputs[1].text,
                metadata: metadata,
                bits: inputs[3].int
            )
            #expect(meta.name == outputs["name"]?.text)
            #expect(meta.description == outputs["description"]?.text ?? "")
            #expect(meta.metadataURL == outputs["meta"]?.text)
            #expect(meta.metadataHash == outputs["metahash"]?.text)
            return meta.unit
        }
    }

    @Test func textCodes() throws {
        try check("gen_text_code_v0", count: 5) { inputs, outputs in
            #expect(CollapsedText(inputs[0].text).scalars.count == outputs["characters"]?.int)
            return ISCC.textCode(of: inputs[0].text, bits: inputs[1].int)
        }
    }

    @Test func imageCodes() throws {
        try check("gen_image_code_v0", count: 3) { inputs, _ in
            ISCC.imageCode(of: inputs[0].array.map { UInt8($0.int) }, bits: inputs[1].int)
        }
    }

    @Test func audioCodes() throws {
        try check("gen_audio_code_v0", count: 5) { inputs, _ in
            ISCC.audioCode(of: inputs[0].array.map { Int32($0.int) }, bits: inputs[1].int)
        }
    }

    @Test func videoCodes() throws {
        try check("gen_video_code_v0", count: 3) { inputs, _ in
            try ISCC.videoCode(of: inputs[0].array.map { $0.array.map(\.int) }, bits: inputs[1].int)
        }
    }

    @Test func mixedCodes() throws {
        try check("gen_mixed_code_v0", count: 2) { inputs, _ in
            try ISCC.mixedCode(of: inputs[0].array.map { try ISCCUnit(code: $0.text) }, bits: inputs[1].int)
        }
    }

    /// Whatever pieces the bytes come in.
    @Test(arguments: [1, 7, 1000, 1 << 20]) func dataCodes(pieceBytes: Int) throws {
        try check("gen_data_code_v0", count: 4) { inputs, _ in
            var stream = DataCodeStream()
            for piece in try pieces(of: inputs[0], pieceBytes) { stream.update(piece) }
            return stream.unit(bits: inputs[1].int)
        }
    }

    @Test(arguments: [1, 7, 1000, 1 << 20]) func instanceCodes(pieceBytes: Int) throws {
        try check("gen_instance_code_v0", count: 3) { inputs, outputs in
            var stream = InstanceCodeStream()
            for piece in try pieces(of: inputs[0], pieceBytes) { stream.update(piece) }
            let bytes = try #require(inputs[0].bytes)
            #expect(Hex.encode(ISCC.multihashPrefix + BLAKE3.hash(bytes)) == outputs["datahash"]?.text)
            #expect(outputs["filesize"]?.int == bytes.count)
            return stream.unit(bits: inputs[1].int)
        }
    }

    @Test func codes() throws {
        let cases = try Conformance.cases(of: "gen_iscc_code_v0")
        #expect(cases.count == 5)
        for (name, example) in cases {
            let units = try example.inputs[0].json.array.map { try ISCCUnit(code: $0.text) }
            let code = try ISCCCode(units)
            #expect(code.code == example.outputs.json.object["iscc"]?.text, "\(name)")
            #expect(try ISCCCode(code: code.code) == code, "\(name)")
        }
    }

    @Test func sequences() throws {
        let encoding = try Conformance.cases(of: "encode_seq")
        #expect(encoding.count == 4)
        for (name, example) in encoding {
            let units = try example.inputs[0].json.array.map { try ISCCUnit(code: $0.text) }
            #expect(ISCCSequence.encode(units) == example.outputs.json.bytes, "\(name)")
        }
        let decoding = try Conformance.cases(of: "decode_seq")
        #expect(decoding.count == 4)
        for (name, example) in decoding {
            let bytes = try #require(example.inputs[0].json.bytes)
            #expect(try ISCCSequence.decode(bytes).map(\.code) == example.outputs.json.array.map(\.text), "\(name)")
        }
    }

    private func pieces(of stream: CanonicalJSON, _ pieceBytes: Int) throws -> [[UInt8]] {
        let bytes = try #require(stream.bytes)
        return stride(from: 0, to: bytes.count, by: pieceBytes).map {
            Array(bytes[$0..<min($0 + pieceBytes, bytes.count)])
        }
    }

    private func check(
        _ function: String,
        count: Int,
        _ make: (_ inputs: [CanonicalJSON], _ outputs: [String: CanonicalJSON]) throws -> ISCCUnit
    ) throws {
        let cases = try Conformance.cases(of: function)
        #expect(cases.count == count)
        for (name, example) in cases {
            let outputs = example.outputs.json.object
            let unit = try make(example.inputs.map(\.json), outputs)
            #expect(unit.code == outputs["iscc"]?.text, "\(function) \(name)")
            #expect(try ISCCUnit(code: unit.code) == unit, "\(name)")
        }
    }
}
