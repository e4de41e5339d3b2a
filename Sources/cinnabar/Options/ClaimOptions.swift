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

    /// - Throws: ``CommandError`` for a file that does not read, `EvidenceError` for a field that a claim cannot hold.
    func value() throws -> Claim {
        var fields: [String: JSONValue] = [:]
        if let claim {
            let bytes = try InputFile.contents(of: claim, limitBytes: Self.fileLimitBytes)
            guard let object = try JSONValue(parsing: bytes).objectValue else {
                throw CommandError(
                    "claim.invalid",
                    "\(claim) holds no JSON object.",
                    advice: #"Write the fields of a claim, such as {"title": "Red teapot"}."#,
                    status: .usage
                )
            }
            fields = object
        }
        let options: [(Claim.Field, String?)] = [
            (.title, title), (.author, author), (.owner, owner), (.created, created),
            (.firstPublished, firstPublished), (.licence, licence), (.originality, originality), (.note, note),
        ]
        for (field, text) in options { fields[field.rawValue] = text.map(JSONValue.string) ?? fields[field.rawValue] }
        return try Claim(json: .object(fields))
    }

    /// Room for every field at its limit, spelled in escapes.
    private static let fileLimitBytes = 1 << 18
}
