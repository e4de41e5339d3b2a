import Fingerprints

/// The ISCC codes of a file's bytes, computed as they come.
struct FileCodes: Sendable {
    private var data = DataCodeStream()
    private var instance = InstanceCodeStream()

    mutating func update(_ bytes: [UInt8]) {
        data.update(bytes)
        instance.update(bytes)
    }

    var units: [ISCCUnit] { [data.unit(), instance.unit()] }
}
