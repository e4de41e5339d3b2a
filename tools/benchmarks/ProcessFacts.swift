import Foundation

/// What the kernel says about a process, from `/proc`.
struct ProcessFacts {
    let processID: Int32

    static var current: ProcessFacts { ProcessFacts(processID: getpid()) }

    /// The most resident memory it ever had, in MB; `nil` when it is gone.
    var peakMegabytes: Double? {
        let line = text("status")?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }.map {
            $0 * 1024 / 1_000_000
        }
    }

    var children: [ProcessFacts] {
        let folder = "/proc/\(processID)/task"
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return threads.flatMap { thread in
            (text("task/\(thread)/children") ?? "").split(separator: " ").compactMap {
                Int32($0).map(ProcessFacts.init)
            }
        }
    }

    /// User and system time so far, with that of living children, in seconds. Exact to a clock tick, 10 ms.
    var processorSecondsWithChildren: Double {
        children.reduce(processorSeconds) { $0 + $1.processorSeconds }
    }

    /// User and system time so far, in seconds.
    var processorSeconds: Double {
        // The program's name, in parentheses, may hold spaces; user and system time are fields 14 and 15.
        guard let stat = text("stat"), let end = stat.lastIndex(of: ")") else { return 0 }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Bytes that it gave to the system to write so far, of all its threads.
    var writtenBytes: Double {
        let line = text("io")?.split(separator: "\n").first { $0.hasPrefix("wchar:") }
        return line?.split(separator: " ").last.flatMap { Double($0) } ?? 0
    }

    private func text(_ name: String) -> String? {
        try? String(contentsOfFile: "/proc/\(processID)/\(name)", encoding: .utf8)
    }
}
