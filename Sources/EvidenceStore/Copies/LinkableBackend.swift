/// A backend whose files can be linked into another folder as they are at one moment.
protocol LinkableBackend: StoreBackend {
    /// Tells this database from every other, also from one that was made of a copy of it.
    func identity() throws(StoreError) -> String

    /// Makes a database of this moment in a new folder, sharing its immutable files. Writes go on meanwhile; every
    /// commit that had returned before is in it.
    func link(into folder: String) throws(StoreError)
}
