import Monitoring

/// Which alarms were told already in this run.
actor Calm {
    private var told: Set<String> = []

    /// Whether there was no alarm so far.
    var holds: Bool { told.isEmpty }

    /// The alarms that were not told yet; they count as told afterwards. A stalled log stays one alarm while its
    /// seconds go by.
    func news(in round: MonitorRound) -> [LogAlarm] {
        round.alarms.filter { alarm in
            told.insert(alarm.kind.rawValue + (alarm.evidenceFolder ?? "")).inserted
        }
    }
}
