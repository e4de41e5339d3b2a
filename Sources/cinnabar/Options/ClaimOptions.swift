import ArgumentParser
import Evidence
import Foundation

/// What the submitter declares about the work.
struct ClaimOptions: ParsableArguments {
    @Option(help: "The work's title.") var title: String?
    @Option(help: "Who made it.") var author: String?
    @Option(help: "Who owns the rights.") var owner: String?
    @Option(help: "When it was made, in your words or as a date.") var created: String?
    @Option(help: "When and where it was first published.") var firstPublished: String?
    @Option(help: "Under which licence others may use it.") var licence: String?
    @Option(help: "Why it is original.") var originality: String?
    @Option(help: "Anything else.") var note: String?

    @Option(
        help: ArgumentHelp(
            "Read these fields from a JSON object in a file; fields given as options win.",
            valueName: "file"
        )
    )
    var claim: String?

    /// - Throws: ``CommandError`` with status `.usage` for a file that does not read, or a field that a claim cannot
    ///   hold.
    func value() throws -> Claim {
        do {
            return try Claim(json: .object(members()))
        } catch let error as EvidenceError {
            throw Self.failure(error.message)
        } catch let error as JSONError {
            throw Self.failure("\(claim ?? "the file") does not read: \(error.message), at byte \(error.offsetBytes)")
        }
    }

    private func members() throws -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        if let claim {
            let bytes = try InputFile.contents(of: claim, limitBytes: Self.fileLimitBytes)
            guard let object = try JSONValue(parsing: bytes).objectValue else {
                throw Self.failure("\(claim) holds no JSON object")
            }
            members = object
        }
        let options: [(Claim.Field, String?)] = [
            (.title, title), (.author, author), (.owner, owner), (.created, created),
            (.firstPublished, firstPublished), (.licence, licence), (.originality, originality), (.note, note),
        ]
        for (field, text) in options { members[field.rawValue] = text.map(JSONValue.string) ?? members[field.rawValue] }
        return members
    }

    private static func failure(_ reason: String) -> CommandError {
        CommandError(
            "claim.invalid",
            "The claim cannot be used: \(reason).",
            advice: #"Write its fields as text, such as {"title": "Red teapot"}."#,
            status: .usage
        )
    }

    /// Room for every field at its limit, spelled in escapes.
    private static let fileLimitBytes = 1 << 18
}
