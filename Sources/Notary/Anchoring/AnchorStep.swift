/// The moments between which a process may die while it anchors. Tests end it there.
package enum AnchorStep: String, Sendable, CaseIterable {
    /// The intent is durable.
    case intended
    /// The bytes are made, and not durable.
    case made
    /// The bytes are durable.
    case prepared
    /// The attempt is durable; the bytes go out now.
    case attempted
    /// The outsider has answered; that is not durable.
    case answered
    /// The answer is durable.
    case kept

    /// Takes no part.
    package static let plainly: @Sendable (_ outsider: String, _ step: AnchorStep) throws -> Void = { _, _ in }
}
