/// How a command ends, as scripts see it. Thrown when everything there is to say has been said.
enum ExitStatus: Int32, Error {
    case fine = 0
    /// The thing checked, or the file handed in, does not hold.
    case doesNotHold = 1
    /// The command line itself is wrong: an unknown option, a missing file, no identifier.
    case usage = 2
    /// The surroundings do not allow it: no data folder, no server, a wrong token, another process holds the lock.
    case environment = 3
}
