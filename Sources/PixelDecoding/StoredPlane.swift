/// A plane of bytes in the order of the file, before its orientation is applied.
struct StoredPlane: Equatable {
    var width: Int
    var height: Int
    /// Row-major, width × height.
    var pixels: [UInt8]
}
