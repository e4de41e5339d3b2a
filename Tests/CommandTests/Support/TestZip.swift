/// A ZIP of stored members.
func zip(_ members: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for (name, bytes) in members {
        var common: [UInt8] = [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]  // version, flags, method, time, date
        common += littleEndian(crc32(bytes)) + littleEndian(UInt32(bytes.count)) + littleEndian(UInt32(bytes.count))
        common += [UInt8(name.utf8.count), 0, 0, 0]
        directory += [0x50, 0x4B, 1, 2, 20, 0] + common + [UInt8](repeating: 0, count: 10)
        directory += littleEndian(UInt32(archive.count)) + Array(name.utf8)
        archive += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + bytes
    }
    let count = [UInt8(members.count), 0]
    let end = [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count + littleEndian(UInt32(directory.count))
    return archive + directory + end + littleEndian(UInt32(archive.count)) + [0, 0]
}

private func littleEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
}
