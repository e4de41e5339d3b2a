import Foundation
import Testing

/// What must be true of the page's files for it to work on plain HTTP, under its content policy, in three languages.
struct PageContentTests {
    /// They are built into the program as literals, which the compiler takes slowly when they are large.
    static let fileLimitBytes = 40 * 1024

    @Test(arguments: PageFiles.names)
    func `a file is small and is text`(name: String) throws {
        let text = try PageFiles.text(of: name)
        #expect(!text.isEmpty && text.utf8.count < Self.fileLimitBytes)
    }

    @Test(arguments: PageFiles.names)
    func `nothing comes from elsewhere`(name: String) throws {
        let text = try PageFiles.text(of: name).replacing("http://www.w3.org/2000/svg", with: "")
        #expect(!text.contains("http://") && !text.contains("https://") && !text.contains("@import"))
        #expect(!text.contains("crypto.subtle"), "absent on plain HTTP")
    }

    @Test(arguments: PageFiles.names.filter { $0.hasSuffix(".js") })
    func `answers are never put in as markup`(name: String) throws {
        let text = try PageFiles.text(of: name)
        for forbidden in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"] {
            #expect(!text.contains(forbidden))
        }
    }

    @Test func `the content policy holds: no inline script, style or handler`() throws {
        let page = try PageFiles.text(of: "index.html")
        #expect(!page.contains("<style") && !page.contains(" style="))
        #expect(page.matches(of: /<script(?![^>]*\bsrc=)/).isEmpty)
        #expect(page.matches(of: /\son[a-z]+\s*=/).isEmpty)
    }

    @Test func `every file that is named exists, and every file is named`() throws {
        var named: Set = ["index.html"]
        for name in PageFiles.names {
            let text = try PageFiles.text(of: name)
            for match in text.matches(of: /(?:src=|href=|from |Worker\()"(?:\.\/)?([a-z-]+\.(?:js|css|svg))"/) {
                named.insert(String(match.1))
            }
        }
        #expect(named == Set(PageFiles.names))
    }

    @Test func `every element that the scripts look for is in the page`() throws {
        let page = try PageFiles.text(of: "index.html")
        for match in try PageFiles.text(of: "page.js").matches(of: /\bat\("([a-z-]+)"\)/) {
            #expect(page.contains("id=\"\(match.1)\""), "\(match.1)")
        }
    }

    @Test func `every sentence is there in Chinese and Korean`() throws {
        let tables = try wordTables()
        let page = Set(try PageFiles.text(of: "index.html").matches(of: /data-words="(\w+)"/).map { String($0.1) })
        let english = try #require(tables["en"])
        #expect(page.isDisjoint(with: english), "English sentences stand once, in the page or in the table")
        #expect(tables["zh"] == english.union(page))
        #expect(tables["ko"] == english.union(page))
    }

    @Test func `every sentence that the scripts say exists`() throws {
        let english = try #require(try wordTables()["en"])
        for name in ["page.js", "results.js"] {
            for match in try PageFiles.text(of: name).matches(of: /\bsay\("(\w+)"/) {
                #expect(english.contains(String(match.1)), "\(match.1)")
            }
        }
    }

    /// The names of the sentences in words.js, by language.
    private func wordTables() throws -> [String: Set<String>] {
        var tables: [String: Set<String>] = [:]
        var language = ""
        for line in try PageFiles.text(of: "words.js").split(separator: "\n") {
            if let match = line.wholeMatch(of: /\s{4}(en|zh|ko): \{/) {
                language = String(match.1)
            } else if let match = line.prefixMatch(of: /\s{8}"?([\w ]+?)"?: "/) {
                tables[language, default: []].insert(String(match.1))
            } else if line == "};" {
                break
            }
        }
        return tables
    }
}
