import ArgumentParser

/// Where a witness keeps its key and its state.
struct WitnessFolderOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The witness's folder. Copies of it must never be put back: the witness would forget what it cosigned.",
            valueName: "folder"
        )
    )
    var folder = "witness"
}
