/// A member's bytes, in memory: archives and folders give members whole, under a limit.
struct MemberContent: FileContent {
    let bytes: [UInt8]

    var sizeBytes: UInt64 { UInt64(bytes.count) }

    func piece(at offset: UInt64) -> [UInt8] {
        guard offset < sizeBytes else { return [] }
        return Array(bytes[Int(offset)...].prefix(InputFile.pieceBytes))
    }
}
