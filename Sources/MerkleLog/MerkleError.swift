/// What is wrong with a tree, a proof or a tile.
public struct MerkleError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// The leaf's index is not below the tree's size.
        case indexOutsideTree
        /// A consistency proof needs a first tree that is not empty and not larger than the second.
        case sizesOutOfOrder
        /// The proof has fewer or more hashes than its index and sizes ask for.
        case wrongProofLength
        /// The proof's hashes do not lead to the expected root.
        case rootMismatch
        /// Not a tile's path in its one canonical spelling.
        case malformedPath
        /// A tile's bytes are not its width times 32.
        case malformedTile
        /// A tile is missing where the tree's size says that there is one.
        case missingTile
        /// Not a sequence of 1 to 256 length-prefixed entries.
        case malformedBundle
        /// An entry of 65,536 bytes or more has no encoding in a bundle.
        case entryTooLong
        /// The hashes given are not one for each bit set in the tree's size.
        case malformedFrontier
    }

    public let code: Code
    /// What happened, for a person.
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "MerkleError.\(code): \(message)" }
}
