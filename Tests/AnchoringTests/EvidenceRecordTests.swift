import Anchoring
import Foundation
import OpenSSL
import Testing

struct EvidenceRecordTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let record: String
        let object: String
        let ok: Bool
        let why: String

        var testDescription: String { "\(record) over \(object): \(why)" }
    }

    private func verify(_ record: [UInt8], over data: [UInt8]) throws -> VerifiedEvidenceRecord {
        try UnverifiedEvidenceRecord(record)
            .verified(over: data, trust: .roots(Vectors.certificates("ers/root.pem")))
    }

    @Test(arguments: try Vectors.cases("ers/cases.json") as [Case])
    func ownCase(_ vector: Case) throws {
        let record = try Vectors.bytes("ers/\(vector.record)")
        let data = try Vectors.bytes("ers/\(vector.object)")
        switch (vector.ok, vector.record) {
        case (true, _):
            let verified = try verify(record, over: data)
            #expect(verified.chains.count == (vector.record.contains("hash") ? 2 : 1))
            #expect(verified.renewalCount == Self.renewals[vector.record, default: 0])
        case (false, "bad-flip-3277.ers"):
            let error = #expect(throws: EvidenceRecordError.self) { try verify(record, over: data) }
            #expect(error?.code == .timestampInvalid)
            #expect(error?.cause?.code == .signatureInvalid)
        case (false, _) where vector.record.hasPrefix("bad-flip"):
            expectRecord(.malformed) { try verify(record, over: data) }
        default: expectRecord(.dataMismatch) { try verify(record, over: data) }
        }
    }

    private static let renewals = [
        "object0-ts-renewed.ers": 1, "object1-ts-renewed.ers": 1, "object0-hash-renewed.ers": 2,
        "object1-hash-renewed.ers": 2, "object0-hash-then-ts-renewed.ers": 3, "object1-hash-then-ts-renewed.ers": 3,
    ]

    @Test func recordOfOneTokenIsWhatOthersEncode() throws {
        let data = try Vectors.bytes("ers/object0.bin")
        let record = try Vectors.bytes("ers/single.ers")
        let verified = try verify(record, over: data)
        let response = try UnverifiedTimestamp(response: verified.timestamp.der)
        #expect(try EvidenceRecord.encode(timestamp: response) == record)
    }

    @Test func recordOfAnyDigestVerifies() throws {
        let data = try Vectors.bytes("rfc3161/data.bin")
        let trust = try TimestampTrust.roots(Vectors.certificates("rfc3161/root.pem"))
        for name in ["good-sha256", "good-sha384", "good-sha512", "good-sm3", "good-rsa"] {
            let timestamp = try UnverifiedTimestamp(response: Vectors.bytes("rfc3161/\(name).tsr"))
            let record = try EvidenceRecord.encode(timestamp: timestamp)
            let verified = try UnverifiedEvidenceRecord(record).verified(over: data, trust: trust)
            #expect(verified.timestamp.token.genTimeText == timestamp.response.token?.genTimeText)
            expectRecord(.dataMismatch) {
                try UnverifiedEvidenceRecord(record).verified(over: data + [0], trust: trust)
            }
        }
        let rejection = try UnverifiedTimestamp(response: Vectors.bytes("rfc3161/bad-rejection.tsr"))
        expectRecord(.malformed) { try EvidenceRecord.encode(timestamp: rejection) }
    }

    @Test func badTokensAndTreesHaveTheirCodes() throws {
        let data = try Vectors.bytes("rfc3161/data.bin")
        let trust = try TimestampTrust.roots(Vectors.certificates("rfc3161/root.pem"))
        let bad = try UnverifiedTimestamp(response: Vectors.bytes("rfc3161/bad-signature.tsr"))
        let record = try EvidenceRecord.encode(timestamp: bad)
        let error = #expect(throws: EvidenceRecordError.self) {
            try UnverifiedEvidenceRecord(record).verified(over: data, trust: trust)
        }
        #expect(error?.code == .timestampInvalid)
        #expect(error?.cause?.code == .signatureInvalid)

        let object = try Vectors.bytes("ers/object0.bin")
        var tree = try Vectors.bytes("ers/object0.ers")
        // The last byte of the tree's last hash value, just before the token.
        tree[193] ^= 1
        expectRecord(.hashTreeMismatch) { try verify(tree, over: object) }
        expectRecord(.trailingBytes) { try verify(tree + [0], over: object) }
        expectRecord(.malformed) { try verify([], over: object) }
        expectRecord(.malformed) { try verify([0x30, 0], over: object) }
        expectRecord(.tooLarge) {
            try verify([UInt8](repeating: 0x30, count: UnverifiedEvidenceRecord.byteLimit + 1), over: object)
        }
    }

    @Test(arguments: ["single.ers", "object0.ers", "object0-ts-renewed.ers"])
    func noAlteredByteIsTrustedOrTraps(name: String) throws {
        let good = try Vectors.bytes("ers/\(name)")
        let data = try Vectors.bytes("ers/object0.bin")
        let original = try verify(good, over: data).timestamp.token
        // Every byte of the short ones; of the renewed one, whose check takes longer, a share.
        for position in stride(from: 0, to: good.count, by: name.contains("renewed") ? 13 : 1) {
            for change: UInt8 in [0x01] {
                var bytes = good
                bytes[position] ^= change
                guard let accepted = try? verify(bytes, over: data) else { continue }
                #expect(accepted.timestamp.token.genTimeText == original.genTimeText)
                #expect(accepted.timestamp.token.imprint == original.imprint)
            }
            #expect(throws: EvidenceRecordError.self) { try verify(Array(good.prefix(position)), over: data) }
        }
    }

    private static let folder = "ers/third-party"

    /// Tokens of a real qualified authority. Which root it has is not ours to say, so any signer is accepted.
    @Test(.enabled(if: Vectors.hasOutside(folder), "third-party vectors are not here: set CINNABAR_VECTORS"))
    func outsideCases() throws {
        func verify(_ record: String, over object: String = "BIN-1.bin") throws -> VerifiedEvidenceRecord {
            try UnverifiedEvidenceRecord(Vectors.outsideBytes("\(Self.folder)/\(record)"))
                .verified(over: Vectors.outsideBytes("\(Self.folder)/\(object)"), trust: .anySigner)
        }
        #expect(try verify("BIN-1_ER.ers").renewalCount == 0)
        #expect(try verify("BIN-2_ER.ers").chains.map(\.count) == [2])
        for record in ["BIN-3_ER.ers", "BIN-4_ER.ers"] {
            let verified = try verify(record)
            #expect(verified.chains.map(\.count) == [2, 1])
            #expect(verified.newest.token.imprintAlgorithm == .sha512)
        }
        expectRecord(.malformed) { try verify("BIN-1_ER_malformed.ers") }
        for object in ["ER-2Chains3ATS1.bin", "ER-2Chains3ATS2.bin"] {
            // A data group of two: each of its objects is proven by its own digest.
            #expect(try verify("ER-2Chains3ATS.ers", over: object).chains.map(\.count) == [2, 1])
            expectRecord(.renewalMismatch) { try verify("er-asn1-tst-renewal-invalid.ers", over: object) }
        }
    }
}
