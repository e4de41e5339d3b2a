import ArgumentParser

/// Where the data folder is and how it is configured.
struct FolderOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The data folder. Also CINNABAR_DATA; by default ./data.",
            valueName: "folder"
        )
    )
    var data: String?

    @Option(
        help: ArgumentHelp(
            "A configuration file in JSON. Also CINNABAR_CONFIG.",
            valueName: "file"
        )
    )
    var config: String?

    @Option(
        help: ArgumentHelp(
            "Set one key of the configuration; `cinnabar config` lists them.",
            valueName: "key=value"
        )
    )
    var set: [String] = []

    /// Whether the command line names a data folder, which then counts more than a server in the environment.
    var isNamed: Bool { data != nil || set.contains { $0.hasPrefix("data=") } }
}
