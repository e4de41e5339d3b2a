import Evidence

extension TextReport {
    /// As many matches as a person reads.
    private static let matchLimit = 5

    /// A registration of the API, for people.
    ///
    /// - Parameter file: What was registered, as the user named it.
    mutating func registration(_ json: JSONValue, file: String) {
        let replayed = json["replayed"]?.boolValue == true
        heading(replayed ? "Already registered" : "Registered", file)
        field("id", json.text("id"), style: .bold)
        if let origin = json["checkpoint"]?.stringValue?.split(separator: "\n").first, let proof = json["proof"] {
            let size = Wording.count(proof.number("size"))
            field("log", "entry \(Wording.count(json.number("index"))) of \(origin), in its checkpoint of size \(size)")
        }
        field("received", Wording.time(json.text("receivedAt")) + " by our clock")
        field("state", json.text("state") + ": " + json.text("stateMeans"))
        timestamps(json["timestamps"]?.arrayValue ?? [])
        anchors(json["anchors"]?.arrayValue ?? [])
        matches(json["earlier"]?.arrayValue ?? [], label: "earlier", none: "no earlier registration found")
    }

    /// What a search found.
    mutating func search(_ json: JSONValue, file: String) {
        let matches = json["matches"]?.arrayValue ?? []
        heading(matches.isEmpty ? "Not found" : "Found", file, style: matches.isEmpty ? .yellow : .green)
        let fingerprints = Wording.count(Int(json.number("searched")), "picture fingerprint", "picture fingerprints")
        field("searched", "the digests of all files, and " + fingerprints)
        field("SHA-256", json.text("sha256"))
        if let picture = json["picture"], picture.objectValue != nil {
            field(
                "picture",
                "\(picture.number("widthPixels")) × \(picture.number("heightPixels")) pixels, "
                    + "fingerprint quality \(picture.number("quality")) of 100"
            )
        }
        if let document = json["document"], document.objectValue != nil {
            field("document", Self.sentence(forDocument: document))
        }
        self.matches(matches, label: "matches", none: "none")
        if let id = json["id"]?.stringValue, !matches.isEmpty {
            field("kept as", "\(id) until \(Wording.time(json.text("keptUntil"), toSeconds: true))", style: .dim)
        }
        for (number, note) in (json["notes"]?.arrayValue ?? []).compactMap(\.stringValue).enumerated() {
            field(number == 0 ? "note" : "", note, style: .dim)
        }
    }

    private mutating func timestamps(_ timestamps: [JSONValue]) {
        for (number, timestamp) in timestamps.enumerated() {
            let isOwn = timestamp["selfOperated"]?.boolValue == true
            field(
                number == 0 ? "timestamps" : "",
                Wording.time(timestamp.text("time")) + " by "
                    + (isOwn ? "this log's operator" : timestamp.text("authority"))
            )
        }
    }

    /// What outsiders owe or gave; confirmed timestamps have their own lines.
    private mutating func anchors(_ anchors: [JSONValue]) {
        var label = "anchors"
        for anchor in anchors where anchor["state"] != "anchored" || anchor["kind"] != "rfc3161" {
            let due = anchor["dueBy"]?.stringValue.map { ", due by " + Wording.time($0, toSeconds: true) } ?? ""
            let late = anchor["late"] == true ? ", late" : ""
            field(
                label,
                "\(anchor.text("outsider")): \(anchor.text("state"))\(due)\(late)",
                style: late.isEmpty ? .plain : .yellow
            )
            label = ""
        }
    }

    private mutating func matches(_ matches: [JSONValue], label: String, none: String) {
        guard !matches.isEmpty else { return field(label, none, style: .dim) }
        for (number, match) in matches.prefix(Self.matchLimit).enumerated() {
            field(number == 0 ? label : "", Self.sentence(for: match), style: .yellow)
            if let means = match["means"]?.stringValue { continuation(means) }
            if let comparison = match["text"]?["clauses"] { clauses(comparison) }
            if let id = match["id"]?.stringValue { continuation(id, style: .dim) }
        }
        let rest = matches.count - Self.matchLimit
        if rest > 0 { continuation("and \(Wording.count(rest)) more, which --json lists") }
    }

    private static func sentence(forDocument document: JSONValue) -> String {
        var parts: [String] = []
        if let pages = document["pages"]?.integerValue { parts.append(Wording.count(Int(pages), "page", "pages")) }
        switch document.text("text") {
        case "read": parts.append("its text was read")
        case "cut": parts.append("the first part of its text was read")
        case "none": parts.append("without text")
        default: parts.append("its text was not read")
        }
        if let charset = document["charset"]?.stringValue { parts.append(charset) }
        return parts.joined(separator: ", ")
    }

    private static func sentence(for match: JSONValue) -> String {
        // Whoever knows a digest can declare it: that says less than a file that Cinnabar has seen.
        var parts = [match["how"] == "declared" ? "\(match.text("kind")) (declared)" : match.text("kind")]
        if match["geometry"]?["result"] == "confirmed" { parts.append("confirmed") }
        if match["geometry"]?["result"] == "not confirmed" { parts.append("not confirmed") }
        if let distance = match["distanceBits"]?.integerValue { parts.append("\(distance) of 256 bits differ") }
        if let orientation = match["orientation"]?.stringValue, orientation != "original" {
            parts.append(Wording.words(orientation))
        }
        if let time = match["registeredAt"]?.stringValue { parts.append(Wording.time(time, toSeconds: true)) }
        if case .number(let share)? = match["text"]?["similarity"], let similarity = Double(share) {
            parts.append("\(Int((similarity * 100).rounded())) % of the wording in common")
        }
        parts.append(match["yours"]?.boolValue == true ? "yours" : "another account")
        if let title = match["title"]?.stringValue { parts.append("“\(title)”") }
        return parts.joined(separator: ", ")
    }
}

extension JSONValue {
    /// The string under `key`, or nothing: text is for people, and a missing field of a newer server is no reason to
    /// stop.
    fileprivate func text(_ key: String) -> String { self[key]?.stringValue ?? "" }
    fileprivate func number(_ key: String) -> Int64 { self[key]?.integerValue ?? 0 }
}
