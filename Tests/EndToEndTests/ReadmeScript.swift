import Foundation

/// The commands of an evidence file's README.txt, section by section, as a stranger copies them into a shell.
struct ReadmeScript {
    struct Section {
        /// 1 to 5; 3 to 5 stand once for each checkpoint folder.
        let number: Int
        let commands: [String]
        /// The digest that the text promises for the file.
        let promised: String?
    }

    let sections: [Section]

    /// - Parameter file: What FILE stands for.
    init(_ text: String, file: String) {
        var sections: [(number: Int, lines: [String])] = []
        for line in text.components(separatedBy: "\n") {
            if let number = line.firstMatch(of: #/^(\d)\. /#).flatMap({ Int($0.1) }) {
                sections.append((number, []))
            } else if line.hasPrefix("    "), !sections.isEmpty {
                sections[sections.count - 1].lines.append(String(line.dropFirst(4)))
            }
        }
        self.sections = sections.map { number, lines in
            let isDigest = { (line: String) in
                line.trimmingCharacters(in: .whitespaces).wholeMatch(of: /[0-9a-f]{64}/) != nil
            }
            return Section(
                number: number,
                commands: lines.filter { !isDigest($0) }.map { $0.replacing("FILE", with: "'\(file)'") },
                promised: lines.first(where: isDigest)?.trimmingCharacters(in: .whitespaces)
            )
        }
    }
}
