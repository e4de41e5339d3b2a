/// What is to be done next with one checkpoint for one outsider.
enum AnchorMove: Equatable {
    /// Nothing before this time, in milliseconds since 1970.
    case rest(until: Int64)
    case prepare
    /// Count the attempt, make that durable, and send what was prepared.
    case submit
    /// Ask how it stands.
    case advance(state: [UInt8])
    case end
}
