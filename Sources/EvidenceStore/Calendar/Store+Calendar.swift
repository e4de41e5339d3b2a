public import Bytes

extension Store {
    /// Keeps what the calendar promises to carry on; on the disk when it returns.
    public func putCommitments(_ commitments: [Digest256]) throws(StoreError) {
        var batch = WriteBatch()
        for commitment in commitments { batch.put([], for: Keys.calendar("w", commitment), in: .calendar) }
        // A crash before this line loses promises that nobody was given; after it, the next round has them.
        try backend.commit(batch, durability: .synced)
    }

    /// Puts what waits into a new round; on the disk when it returns.
    ///
    /// - Parameter limit: The most commitments to take.
    /// - Returns: `nil` if nothing waits.
    public func closeCalendarRound(limit: Int) throws(StoreError) -> CalendarRound? {
        try exclusively { () throws(StoreError) in
            let waiting = try backend.rows(Scan(.calendar, prefix: Array("w".utf8), limit: limit))
            guard !waiting.isEmpty else { return nil }
            let last = try backend.rows(Scan(.calendar, prefix: Array("r".utf8), isDescending: true, limit: 1)).first
            let number = try last.map { (row) throws(StoreError) in try Self.round(row.key) + 1 } ?? 0
            var batch = WriteBatch()
            var (commitments, leaves): ([Digest256], [UInt8]) = ([], [])
            for row in waiting {
                guard let commitment = Digest256(row.key.dropFirst()) else { throw .malformedRow(in: .calendar) }
                var place = Keys.number(number)
                place.append(bigEndian: UInt32(commitments.count))
                batch.put(place, for: Keys.calendar("c", commitment), in: .calendar)
                batch.delete(row.key, in: .calendar)
                commitment.append(to: &leaves)
                commitments.append(commitment)
            }
            batch.put(leaves, for: Keys.calendar("r", number), in: .calendar)
            batch.put([], for: Keys.calendar("o", number), in: .calendar)
            // A crash before this line leaves all of them waiting; after it, the round is there and is handed on.
            try backend.commit(batch, durability: .synced)
            return CalendarRound(number: number, commitments: commitments, proof: nil)
        }
    }

    /// Rounds that no block has confirmed, oldest first.
    ///
    /// - Parameter number: Only later ones than this.
    public func openCalendarRounds(after number: UInt64?, limit: Int) throws(StoreError) -> [CalendarRound] {
        let start = number.map { Keys.calendar("o", $0) + [0] }
        let rows = try backend.rows(Scan(.calendar, prefix: Array("o".utf8), start: start, limit: limit))
        var rounds: [CalendarRound] = []
        for row in rows { rounds.append(try calendarRound(Self.round(row.key))) }
        return rounds
    }

    /// Keeps what calendars said of a round's root.
    ///
    /// - Parameter isComplete: Whether it need not be asked for again.
    public func putCalendarProof(_ proof: [UInt8], of round: UInt64, isComplete: Bool) throws(StoreError) {
        var batch = WriteBatch()
        batch.put(proof, for: Keys.calendar("p", round), in: .calendar)
        if isComplete { batch.delete(Keys.calendar("o", round), in: .calendar) }
        try backend.commit(batch, durability: .synced)
    }

    /// The round of a commitment and its place there.
    ///
    /// - Returns: `nil` for one that waits for its round, or that was never promised.
    public func calendarPlace(of commitment: Digest256) throws(StoreError) -> (round: CalendarRound, index: Int)? {
        guard let row = try backend.value(for: Keys.calendar("c", commitment), in: .calendar) else { return nil }
        var reader = ByteReader(row)
        guard let number = reader.read(bigEndian: UInt64.self), let index = reader.read(bigEndian: UInt32.self) else {
            throw .malformedRow(in: .calendar)
        }
        let round = try calendarRound(number)
        guard Int(index) < round.commitments.count else { throw .malformedRow(in: .calendar) }
        return (round, Int(index))
    }

    public func isWaitingForRound(_ commitment: Digest256) throws(StoreError) -> Bool {
        try backend.value(for: Keys.calendar("w", commitment), in: .calendar) != nil
    }

    private func calendarRound(_ number: UInt64) throws(StoreError) -> CalendarRound {
        guard let leaves = try backend.value(for: Keys.calendar("r", number), in: .calendar) else {
            throw .malformedRow(in: .calendar)
        }
        var reader = ByteReader(leaves)
        var commitments: [Digest256] = []
        commitments.reserveCapacity(leaves.count / Digest256.byteCount)
        while let commitment = reader.readDigest() { commitments.append(commitment) }
        guard reader.isAtEnd, !commitments.isEmpty else { throw .malformedRow(in: .calendar) }
        return CalendarRound(
            number: number,
            commitments: commitments,
            proof: try backend.value(for: Keys.calendar("p", number), in: .calendar)
        )
    }

    private static func round(_ key: [UInt8]) throws(StoreError) -> UInt64 {
        var reader = ByteReader(key.dropFirst())
        guard let number = reader.read(bigEndian: UInt64.self), reader.isAtEnd else {
            throw .malformedRow(in: .calendar)
        }
        return number
    }
}
