import Evidence
import Fingerprints
import MediaDecoding

extension ExaminedFile {
    /// What the record says of the content. A file without codes of its bytes gets none of its content either: they are
    /// not wanted.
    func fingerprints(of file: UploadedFile) -> [Record.Fingerprint] {
        var fingerprints: [Record.Fingerprint] = []
        if let pdq {
            let value = pdq.fingerprint.hex
            fingerprints.append(.init(algorithm: PDQFingerprint.algorithm, value: value, quality: pdq.quality))
        }
        fingerprints += document?.recordFingerprints ?? []
        guard !file.codes.isEmpty else { return fingerprints }
        let content = decoded.map { ISCC.imageCode(of: $0.luma) } ?? document?.textCode
        return fingerprints + ([content].compactMap(\.self) + file.codes).map(Record.Fingerprint.init)
    }
}

extension Record.Fingerprint {
    /// ISCC units carry no quality of their own.
    fileprivate init(_ unit: ISCCUnit) {
        self.init(algorithm: unit.algorithm, value: unit.code, quality: 100)
    }
}
