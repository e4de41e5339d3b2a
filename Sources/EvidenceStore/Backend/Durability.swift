/// What a commit has reached when it returns.
public enum Durability: Sendable {
    /// The disk, together with every earlier commit.
    case synced
    /// The operating system. A later synced commit makes it durable; a crash before that may lose it, and then loses
    /// every later commit too.
    case buffered
}
