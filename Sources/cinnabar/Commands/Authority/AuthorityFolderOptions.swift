import ArgumentParser

/// Where a timestamp authority keeps its key.
struct AuthorityFolderOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The authority's folder.", valueName: "folder"))
    var folder = "authority"
}
