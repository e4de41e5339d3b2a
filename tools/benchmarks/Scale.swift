/// How much is measured.
struct Scale {
    let rounds: Int
    /// Photos of one ingest.
    let photos: Int
    /// Photos that are looked up one by one.
    let lookups: Int
    /// Photos of the runs that watch memory.
    let memoryPhotos: Int
    /// Digest-only registrations of one run.
    let digests: Int
    /// Digest-only registrations of one run that sends them by thousands.
    let batchedDigests: Int
    /// Of the large log.
    var entries: Int
    /// Of one run at half load, and of one by wrk.
    let loadSeconds: Double
    /// Evidence files that one run verifies.
    let verifications: Int
    /// Registrations of the run that weighs anchors against them.
    let anchoredDigests: Int
    /// Sizes of the exact index.
    var fingerprints: [Int]
    /// Pictures of the indexes of parts: a million takes 6 GB, and as much again while it is made.
    let indexedParts: [Int]

    static let full = Scale(
        rounds: 5,
        photos: 250,
        lookups: 180,
        memoryPhotos: 1000,
        digests: 60_000,
        batchedDigests: 300_000,
        entries: 10_000_000,
        loadSeconds: 5,
        verifications: 100,
        anchoredDigests: 1_000_000,
        fingerprints: [1_000_000, 10_000_000],
        indexedParts: [100_000, 1_000_000]
    )
    /// For a look after a change.
    static let quick = Scale(
        rounds: 3,
        photos: 60,
        lookups: 40,
        memoryPhotos: 100,
        digests: 12_000,
        batchedDigests: 50_000,
        entries: 200_000,
        loadSeconds: 1,
        verifications: 20,
        anchoredDigests: 50_000,
        fingerprints: [1_000_000],
        indexedParts: [10_000]
    )
}
