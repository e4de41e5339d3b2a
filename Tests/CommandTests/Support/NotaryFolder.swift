import Testing

/// A test folder with a data folder made by `cinnabar init`.
func makeNotaryFolder() async throws -> TestFolder {
    let folder = try TestFolder()
    let run = try await cinnabar(["init", "--origin", "log.example.com"], in: folder)
    try #require(run.status == 0, "\(run.errors)")
    return folder
}
