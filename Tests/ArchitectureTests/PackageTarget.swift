import Foundation

/// A target as Package.swift declares it, read from its text: the layer from the comment above it.
struct PackageTarget {
    enum Kind: String { case target, executableTarget, systemLibrary, testTarget }

    let name: String
    let kind: Kind
    /// The N of the last `// Layer N` before it; `nil` for tests.
    let layer: Int?
    /// Targets of this package and products of others.
    let dependencies: Set<String>
    let isStrictlyMemorySafe: Bool

    /// How Swift code imports it.
    var module: String { name.replacing("-", with: "_") }

    static let all: [PackageTarget] = {
        let text = SourceTree.text(of: "Package.swift")
        guard let start = text.range(of: "targets: [\n        // Layer 0") else { return [] }
        var targets: [PackageTarget] = []
        var layer: Int?
        // A declaration starts at the depth of the list's items; comments between them name the layer.
        for block in text[start.lowerBound...].components(separatedBy: "\n        ").dropFirst() {
            if let number = block.firstMatch(of: /^\/\/ Layer (\d+)/) { layer = Int(number.1) }
            if block.hasPrefix("// Tests") { layer = nil }
            let kinds = /^\.(target|executableTarget|systemLibrary|testTarget)\(/
            if let kind = block.firstMatch(of: kinds).flatMap({ Kind(rawValue: String($0.1)) }) {
                targets.append(PackageTarget(parsing: block, kind: kind, layer: layer))
            } else if !block.hasPrefix("//"), let last = targets.popLast() {
                // The rest of a declaration that goes on at a deeper line.
                targets.append(last.continued(by: block))
            }
        }
        return targets
    }()

    private let text: String

    private init(parsing text: String, kind: Kind, layer: Int?) {
        self.text = text
        self.kind = kind
        self.layer = layer
        name = text.firstMatch(of: /name: "([^"]+)"/).map { String($0.1) } ?? ""
        dependencies = Self.dependencies(in: text)
        isStrictlyMemorySafe = text.contains("swiftSettings: safe")
    }

    private func continued(by more: String) -> Self {
        Self(parsing: text + "\n" + more, kind: kind, layer: layer)
    }

    private static func dependencies(in text: String) -> Set<String> {
        guard let start = text.range(of: "dependencies: [") else { return [] }
        let list = text[start.upperBound...].prefix { $0 != "]" }
        let names = list.replacing(/, package: "[^"]*"/, with: "").matches(of: /"([^"]+)"/).map { String($0.1) }
        return Set(names)
    }
}
