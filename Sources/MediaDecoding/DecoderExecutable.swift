import Glibc

/// Where the decoder program lies.
///
/// - Parameter path: Its path, or `nil` for `cinnabar-decoder` beside the running program.
/// - Throws: ``MediaError`` `.decoderUnavailable` when there is no such program.
package func decoderExecutable(_ path: String?) throws(MediaError) -> String {
    let path = path ?? folderOfThisProgram() + "/cinnabar-decoder"
    // The string lives as long as the call.
    guard unsafe access(path, X_OK) == 0 else {
        throw MediaError(.decoderUnavailable, "There is no decoder program at \(path).")
    }
    return path
}

private func folderOfThisProgram() -> String {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    // The array is as long as the count says, and nothing past the answered length is read.
    let length = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe bytes.baseAddress.map { unsafe readlink("/proc/self/exe", $0, bytes.count) } ?? 0
    }
    let program = buffer.prefix(max(0, length))
    return String(decoding: program.prefix(program.lastIndex(of: UInt8(ascii: "/")) ?? 0), as: UTF8.self)
}
