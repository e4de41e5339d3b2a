import Foundation

/// The other programs that are installed with this one.
enum Program {
    /// The path of `name` in the folder of the running executable.
    static func beside(_ name: String) -> String {
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent(name).path
    }

    /// Becomes the program at `path`: same terminal, same process, its exit status is ours.
    ///
    /// - Throws: ``CommandError`` when it cannot be started; otherwise this never returns.
    static func become(_ path: String, _ arguments: [String]) throws -> Never {
        var pointers = unsafe ([path] + arguments).map { unsafe strdup($0) }
        unsafe pointers.append(nil)
        // Safe: the strings live until the process image is replaced, and the list ends with a null pointer.
        unsafe execv(path, pointers)
        throw CommandError(
            "program.missing",
            "The program \(path) cannot be started.",
            advice: "Install it beside cinnabar.",
            status: .environment
        )
    }
}
