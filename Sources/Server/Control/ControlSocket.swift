import Foundation
import Glibc

/// The Unix-domain socket by which commands reach a running server: whoever may open it may administer the notary.
///
/// System calls that take a path or an address are `unsafe` to the compiler; each borrows memory of this call's own.
public struct ControlSocket: Sendable, Equatable {
    /// The longest path in bytes that an address holds, with its closing zero (`sun_path`, unix(7)).
    private static let pathLimitBytes = 108

    public let path: String

    /// - Throws: ``ControlSocketError`` with code `.pathTooLong`.
    public init(path: String) throws(ControlSocketError) {
        guard path.utf8.count < Self.pathLimitBytes else {
            throw ControlSocketError(
                code: .pathTooLong,
                message: "The path of the control socket, \(path), has \(path.utf8.count) bytes, and the system takes "
                    + "\(Self.pathLimitBytes - 1). Put it elsewhere with --set control.socket=PATH, for every command."
            )
        }
        self.path = path
    }

    /// Whether a server takes connections there.
    public var isListening: Bool { connectionFailure == nil }

    /// Makes room: takes away what a killed server left, and makes sure that nobody else can put one there.
    ///
    /// - Throws: ``ControlSocketError`` with code `.occupied` or `.folderUnusable`.
    func prepare() throws(ControlSocketError) {
        try prepareFolder()
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw ControlSocketError(
                code: .occupied,
                message: "\(path) is there and is no socket. Move it away, or set control.socket."
            )
        }
        guard connectionFailure == ECONNREFUSED else {
            throw ControlSocketError(
                code: .occupied,
                message: "Another server listens on \(path). Give each its own with control.socket."
            )
        }
        // Nobody listens: the server that made it was killed. One that came meanwhile would hold the data folder.
        unsafe unlink(path)
    }

    /// Lets only its owner connect. Between making it and this the umask of `cinnabar serve` does.
    func restrict() { _ = unsafe chmod(path, 0o600) }

    // Safe: Swift hands the path over as a C string for this call.
    func remove() { _ = unsafe unlink(path) }

    private func prepareFolder() throws(ControlSocketError) {
        let folder = path.contains("/") ? (path as NSString).deletingLastPathComponent : "."
        try? FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        var status = stat()
        // Safe: the call fills the structure, and borrows the path for its duration.
        guard unsafe stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw ControlSocketError(
                code: .folderUnusable,
                message: "The folder of the control socket, \(folder), is not there and could not be made."
            )
        }
        guard status.st_mode & 0o022 == 0 else {
            throw ControlSocketError(
                code: .folderUnusable,
                message: "Others may write in \(folder), where the control socket goes. Run: chmod go-w \(folder)"
            )
        }
    }

    /// The system's error number on connecting; `nil` when it works.
    private var connectionFailure: Int32? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // Safe: a path that was taken is shorter than the field, which is zero behind it.
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        // Safe: every address begins as `sockaddr` does, and this one lives until the call returns.
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return result == 0 ? nil : errno
    }
}
