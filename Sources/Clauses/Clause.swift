/// A piece of a contract that stands for itself: a heading, or a sentence under one.
public struct Clause: Sendable, Equatable {
    /// The heading that it stands under, such as `第五条 付款`; itself, if it is one; `nil` before the first.
    public let heading: String?
    /// As the document has it, but lines that break within it put together again.
    public let text: String
    /// What it is compared by: its characters in compatibility form and lower case, without white space.
    let key: [Character]

    init(heading: String?, text: String) {
        self.heading = heading
        self.text = text
        key = ClauseText.characters(of: text)
    }
}
