import Bytes
import Evidence
import Foundation

/// Where and when the figures were measured: without it they mean little.
struct Machine {
    /// Of the working copy, as the script says.
    let commit: String

    var facts: [(name: String, value: String)] {
        [
            ("commit", commit), ("date", UTCTime(seconds: Int64(Date().timeIntervalSince1970)).description),
            ("processor", processor), ("cores", String(ProcessInfo.processInfo.activeProcessorCount)),
            ("kernel", line("/proc/sys/kernel/osrelease")),
            ("load before", line("/proc/loadavg").split(separator: " ").prefix(3).joined(separator: " ")),
        ]
    }

    private var processor: String {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let model = text.split(separator: "\n").first { $0.hasPrefix("model name") }
        return model?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
    }

    private func line(_ path: String) -> String {
        ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "unknown").trimmingCharacters(in: .newlines)
    }
}
