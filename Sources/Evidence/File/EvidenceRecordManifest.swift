import Anchoring
import Bytes
import OpenSSL

/// One RFC 4998 evidence record and the ASiC manifest that says what it covers: one checkpoint's `checkpoint.signed`.
///
/// Source: ETSI EN 319 162-1, 4.4 and annex A.7 (ASiC-E with evidence record).
struct EvidenceRecordManifest {
    /// Names both members: the first bytes of the timestamp's digest, so that it never changes when others come.
    let id: String
    let manifest: [UInt8]
    let record: [UInt8]

    private static let idByteCount = 8

    /// - Throws: ``EvidenceRecordError`` if the response holds no timestamp.
    init(
        response: [UInt8],
        timestamp: UnverifiedTimestamp,
        over signedCheckpoint: [UInt8],
        in folder: MemberPath.CheckpointFolder
    ) throws(EvidenceRecordError) {
        id = Self.id(ofResponse: response)
        record = try EvidenceRecord.encode(timestamp: timestamp)
        manifest = Self.manifest(id: id, over: signedCheckpoint, in: folder)
    }

    static func id(ofResponse response: [UInt8]) -> String {
        Hex.encode(SHA256.digest(of: response).bytes.prefix(idByteCount))
    }

    static func manifest(
        id: String,
        over signedCheckpoint: [UInt8],
        in folder: MemberPath.CheckpointFolder
    ) -> [UInt8] {
        let lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#,
            #"<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">"#,
            #"  <asic:SigReference URI="\#(MemberPath.evidenceRecord(id: id).path)" MimeType="application/octet-stream"/>"#,
            #"  <asic:DataObjectReference URI="\#(MemberPath.signedCheckpoint(folder).path)" MimeType="text/plain">"#,
            #"    <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>"#,
            #"    <ds:DigestValue>\#(Base64.encode(SHA256.digest(of: signedCheckpoint).bytes))</ds:DigestValue>"#,
            #"  </asic:DataObjectReference>"#,
            #"</asic:ASiCManifest>"#,
        ]
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }
}
