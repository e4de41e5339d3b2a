/// An original whose chunks are written and that a registration may now name.
public struct WrittenOriginal: Sendable {
    public let account: AccountID
    public let byteCount: UInt64
    let object: ObjectID
    let key: RecordKey
}
