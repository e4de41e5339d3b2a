import Evidence

extension NotaryConnection {
    /// The watch of this name or id; `nil` when there is none.
    ///
    /// - Throws: ``CommandError`` when there are several of the name.
    func watchIdentifier(_ name: String) async throws -> String? {
        let watches = try await watches()["watches"]?.arrayValue ?? []
        let found = watches.filter { $0["id"]?.stringValue == name || $0["name"]?.stringValue == name }
        guard found.count < 2 else {
            throw CommandError(
                "watch.ambiguous",
                "There are \(found.count) watches called \(name).",
                advice: "Name one by its id; `cinnabar watch list` shows them.",
                status: .usage
            )
        }
        return found.first?["id"]?.stringValue
    }

    /// - Throws: ``CommandError`` when there is none.
    func requiredWatch(_ name: String) async throws -> String {
        if let id = try await watchIdentifier(name) { return id }
        throw CommandError(
            "watch.unknown",
            "There is no watch called \(name).",
            advice: "`cinnabar watch list` shows those there are.",
            status: .doesNotHold
        )
    }
}
