import Foundation

/// One run of a program under test.
///
/// Unchecked: Foundation's process and pipe lock for themselves; only one task at a time reads the output.
final class ProgramRun: @unchecked Sendable {
    let process = Process()
    private let output = Pipe()

    /// Starts it. What it says about errors goes where ours goes.
    ///
    /// - Parameters:
    ///   - keepsOutput: Whether somebody reads what it prints while it runs; otherwise a full pipe would stop it.
    ///   - showsErrors: Whether that is of use; some programs write their progress there.
    init(_ program: String, _ arguments: [String], keepsOutput: Bool, showsErrors: Bool = true) throws {
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = keepsOutput ? output : FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        if !showsErrors { process.standardError = FileHandle.nullDevice }
        try process.run()
    }

    var facts: ProcessFacts { ProcessFacts(processID: process.processIdentifier) }

    /// What it has printed when `isEnough` of it came, or it ended.
    func output(until isEnough: (Data) -> Bool) -> Data {
        var data = Data()
        while !isEnough(data) {
            let piece = output.fileHandleForReading.availableData
            if piece.isEmpty { break }
            data += piece
        }
        return data
    }

    /// - Returns: All that it printed, if that is kept.
    /// - Throws: ``BenchmarkError`` unless it ended with 0.
    @discardableResult
    func finished() throws -> Data {
        let data = process.standardOutput is Pipe ? output(until: { _ in false }) : Data()
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let name = process.executableURL?.lastPathComponent ?? ""
            throw BenchmarkError("\(name) \(process.arguments?.first ?? "") ended with \(process.terminationStatus).")
        }
        return data
    }

    /// Asks it to end, and waits.
    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
