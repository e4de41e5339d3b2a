import ArgumentParser

struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Look at the log: its checkpoint, a proof, its keys, a full audit; or at any log from outside.",
        subcommands: [
            LogCheckpointCommand.self, LogProofCommand.self, LogTrustCommand.self, LogAuditCommand.self,
            LogNoticesCommand.self, LogFreezeCommand.self, LogServeStaticCommand.self, LogMonitorCommand.self,
        ]
    )
}
