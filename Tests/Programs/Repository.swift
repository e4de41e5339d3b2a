import Foundation

/// Where this source tree lies.
public enum Repository {
    public static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    public static func path(_ name: String) -> String { "\(root)/\(name)" }
}
