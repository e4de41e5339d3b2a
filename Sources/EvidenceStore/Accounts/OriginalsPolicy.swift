/// Whether an account's originals are kept.
public enum OriginalsPolicy: UInt8, Sendable {
    case never = 0
    case always = 1
}
