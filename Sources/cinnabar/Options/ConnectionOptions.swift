import ArgumentParser

/// Which Cinnabar a command talks to: a data folder on this machine, or a server.
struct ConnectionOptions: ParsableArguments {
    @OptionGroup(title: "Data folder")
    var folder: FolderOptions

    @Option(
        help: ArgumentHelp(
            "The account to act for in a data folder; a server takes it from the token.",
            valueName: "name"
        )
    )
    var account = "default"

    @Option(
        help: ArgumentHelp(
            "Use this server, http://127.0.0.1:8080 for instance, instead of a data folder. Also CINNABAR_SERVER.",
            valueName: "url"
        )
    )
    var server: String?

    @Option(
        help: ArgumentHelp(
            "The server's API token. Better kept off the command line: in CINNABAR_TOKEN, or in a file.",
            valueName: "token"
        )
    )
    var token: String?

    @Option(
        help: ArgumentHelp(
            "Read the API token from the first line of this file. Also CINNABAR_TOKEN_FILE.",
            valueName: "file"
        )
    )
    var tokenFile: String?
}
