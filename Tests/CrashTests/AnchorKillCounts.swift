/// What a run of kills during anchoring came to. Lost and doubled must be 0.
struct AnchorKillCounts: Sendable {
    var kills = 0
    /// Of these, those that met a request on its way to the authority, or one whose answer was not durable yet.
    var duringAnchoring = 0
    var registrations = 0
    /// Checkpoints that reached the authority.
    var batches = 0
    /// Different requests that the authority answered: as many as there are batches, or one was made twice.
    var effects = 0
    /// Requests that it answered, the same bytes again included.
    var arrivals = 0
    /// Registrations that some outsider has not confirmed at the end.
    var lost = 0
    /// Checkpoints with more than one effect.
    var doubled = 0

    var isGood: Bool { lost == 0 && doubled == 0 && effects == batches }

    var text: String {
        """
        \(kills) kills (\(duringAnchoring) while an anchor was under way); \(registrations) registrations; \(batches) \
        batches anchored, \(effects) effects by \(arrivals) requests, \(lost) lost, \(doubled) doubled
        """
    }
}
