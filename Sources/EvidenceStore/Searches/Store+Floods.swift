extension Store {
    /// Past so many, only those that are known already are counted on.
    private static let floodLimit = 10_000

    /// Counts a search whose fingerprint is close to too many different pictures.
    public func countFlood(_ fingerprint: [UInt8], pictures: Int, now: Int64) throws(StoreError) {
        try exclusively { () throws(StoreError) in
            let known = try backend.value(for: fingerprint, in: .floods)
                .map { (value) throws(StoreError) in try Flood(Row(key: fingerprint, value: value)) }
            if known == nil, try backend.rows(Scan(.floods, limit: Self.floodLimit)).count >= Self.floodLimit { return }
            let flood = Flood(
                fingerprint: fingerprint,
                first: known?.first ?? now,
                last: now,
                searches: (known?.searches ?? 0) + 1,
                pictures: max(known?.pictures ?? 0, pictures)
            )
            var batch = WriteBatch()
            batch.put(flood.row, for: fingerprint, in: .floods)
            try backend.commit(batch, durability: .buffered)
        }
    }

    /// Those that most searches came upon first.
    public func floods() throws(StoreError) -> [Flood] {
        try backend.rows(Scan(.floods, limit: Self.floodLimit))
            .map { (row) throws(StoreError) in try Flood(row) }
            .sorted { ($0.searches, $0.last) > ($1.searches, $1.last) }
    }
}
