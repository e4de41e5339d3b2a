/// One line of comma-separated values (RFC 4180), without line breaks inside quotes.
enum CSVLine {
    static func columns(of line: String) -> [String] {
        var columns: [String] = []
        var column = ""
        var isQuoted = false
        var rest = Array(line)[...]
        while let character = rest.popFirst() {
            switch (character, isQuoted) {
            case ("\"", true) where rest.first == "\"":
                column.append("\"")
                rest.removeFirst()
            case ("\"", _): isQuoted.toggle()
            case (",", false):
                columns.append(column)
                column = ""
            default: column.append(character)
            }
        }
        return columns + [column]
    }
}
