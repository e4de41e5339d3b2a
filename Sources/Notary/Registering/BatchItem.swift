/// One registration of many: a file that stays home, and what is asked beside it.
public struct BatchItem: Sendable {
    public var file: DeclaredFile
    public var request: RegistrationRequest

    public init(_ file: DeclaredFile, _ request: RegistrationRequest) {
        self.file = file
        self.request = request
    }
}
