import Glibc

// One child process of Cinnabar. Its parent passes descriptors; see CProcess for which.
switch CommandLine.arguments.dropFirst().first {
case "media": MediaService(memoryBytes: limitArgument()).run()
case "overlay": OverlayService(memoryBytes: limitArgument()).run()
case "archive": ArchiveService(memberLimitBytes: limitArgument()).run()
case .some(let mode) where mode.hasPrefix("text:"):
    guard let service = DocumentService(mode: mode, memoryBytes: limitArgument()) else {
        complain("this mode is for Cinnabar's own use; see cinnabar-decoder --help")
        exit(64)
    }
    service.run()
case "--self-test": SelfTest.run()
case "--version": print(versionText)
case "--help", "-h", nil: print(helpText)
case .some(let argument):
    complain("unknown argument \(argument); see cinnabar-decoder --help")
    exit(64)
}

/// The second argument: the most private memory of the process, or the largest member, in bytes.
private func limitArgument() -> Int {
    guard CommandLine.arguments.count == 3, let bytes = Int(CommandLine.arguments[2]), bytes > 0 else {
        complain("this mode is for Cinnabar's own use; see cinnabar-decoder --help")
        exit(64)
    }
    return bytes
}
