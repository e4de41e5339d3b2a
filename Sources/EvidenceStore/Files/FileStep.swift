/// The steps by which a small file is replaced, in order. After each of them a crash leaves the old file or the new one.
package enum FileStep: String, Sendable, CaseIterable {
    case writeTemporary, syncTemporary, rename, syncFolder

    /// Takes a step, or lets it fail: what tests replace.
    package typealias Runner = @Sendable (Self, () throws(StoreError) -> Void) throws(StoreError) -> Void

    package static let plainly: Runner = { (_, step) throws(StoreError) in try step() }
}
