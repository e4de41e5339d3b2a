import Foundation
import Glibc
import Logging
import Notary

/// A fresh log in a folder of its own, opened. Close it: what its children cost is told while they live.
final class TemporaryLog: Sendable {
    let notary: Notary
    let caller: Caller
    private let folder: TemporaryFolder

    init(_ surroundings: Surroundings, children: Int = 1, keepsOriginals: Bool = false, keepsSketches: Bool = true)
        throws
    {
        folder = try TemporaryFolder(in: surroundings.scratch)
        var configuration = NotaryConfiguration(dataFolder: folder.path)
        configuration.decoderChildren = children
        configuration.keepsOriginalsByDefault = keepsOriginals
        configuration.keepsSketches = keepsSketches
        _ = try Notary.initialize(configuration, origin: "bench.example.org/log")
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        notary = try Notary(configuration, logger: logger) { _ in throw BenchmarkError("No authority is configured.") }
        caller = try notary.localCaller(account: Notary.defaultAccountName)
    }

    /// What its files hold by now, in MB.
    var megabytes: Double {
        let paths = FileManager.default.enumerator(atPath: folder.path)
        var bytes = 0
        while paths?.nextObject() != nil { bytes += paths?.fileAttributes?[.size] as? Int ?? 0 }
        return Double(bytes) / 1_000_000
    }

    /// Waits until the children are gone, so that the next measurement does not count them.
    func close() {
        notary.close()
        for _ in 0..<Self.closingPolls where !ProcessFacts.current.children.isEmpty { usleep(10_000) }
    }

    /// Two seconds: a child that does not end by then is not ours to judge here.
    private static let closingPolls = 200
}
