import Foundation

/// The source files of this package.
enum SourceTree {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    struct File {
        /// From the package's root.
        let path: String
        let lines: [String]

        /// The modules it imports, whatever stands before the word.
        var imports: Set<String> {
            let pattern =
                /^(?:@\w+(?:\(\w+\))? )*(?:public |package |internal )?import (?:struct |class |enum |func )?(\w+)/
            return Set(lines.compactMap { $0.firstMatch(of: pattern).map { String($0.1) } })
        }

        /// Lines without their comments, by number from 1.
        var code: [(number: Int, text: String)] {
            lines.enumerated().map { number, line in
                (number + 1, line.firstMatch(of: /(^|\s)\/\/.*$/).map { String(line[..<$0.range.lowerBound]) } ?? line)
            }
        }
    }

    static func text(of path: String) -> String {
        (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
    }

    /// The names of the folders in one folder.
    static func folders(in path: String) -> Set<String> {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: path).path)) ?? []
        return Set(names.filter { !$0.hasPrefix(".") })
    }

    /// All Swift files below a folder.
    static func files(below folder: String) -> [File] {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
        return paths.filter { $0.hasSuffix(".swift") }.sorted().map {
            let path = "\(folder)/\($0)"
            return File(path: path, lines: text(of: path).components(separatedBy: "\n"))
        }
    }
}
