/// How much is measured.
struct Scale {
    let rounds: Int
    /// Photos of one ingest.
    let photos: Int
    /// Photos of the runs that watch memory.
    let memoryPhotos: Int
    /// Digest-only registrations of one run.
    let digests: Int
    /// Of one run at half load.
    let loadSeconds: Double
    /// Evidence files that one run verifies.
    let verifications: Int

    static let full = Scale(
        rounds: 5,
        photos: 250,
        memoryPhotos: 1000,
        digests: 60_000,
        loadSeconds: 5,
        verifications: 100
    )
    /// About a minute, for a look after a change.
    static let quick = Scale(
        rounds: 3,
        photos: 60,
        memoryPhotos: 100,
        digests: 12_000,
        loadSeconds: 1,
        verifications: 20
    )
}
