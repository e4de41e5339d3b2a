import ArgumentParser
import Bytes

/// A registration's id as an argument: 64 hexadecimal digits, in either case.
struct Identifier: ExpressibleByArgument {
    let digest: Digest256

    init?(argument: String) {
        guard let digest = Digest256(hex: argument.lowercased()) else { return nil }
        self.digest = digest
    }
}
