import CSeccomp
import Glibc
import PixelDecoding

/// Enters the sandbox as for decoding pictures, tries what code taken over by a hostile file would try, and prints one
/// line for each. Ends the process with 0 when every attempt was refused, with 1 otherwise.
enum SelfTest {
    /// As much as the parent gives a child by default; the tests need no more.
    private static let memoryBytes = 1 << 30

    static func run() -> Never {
        do {
            try PixelDecoder.start()
            let isFiltered = try Sandbox.enter(memoryBytes: memoryBytes, descriptors: 4)
            print("system-call filter: \(isFiltered ? "on" : "this kernel has none")")
        } catch {
            complain("\(error)")
            exit(1)
        }
        let attempts: [(name: String, code: Int32)] = [
            ("open /etc/passwd", cinnabar_try_open("/etc/passwd")),
            ("open a socket", cinnabar_try_socket()),
            ("start a process", cinnabar_try_fork()),
            ("run a program", cinnabar_try_execute("/bin/true")),
            ("signal the parent", cinnabar_try_kill()),
            ("make memory executable", privateMemory(4096, PROT_READ | PROT_EXEC)),
            ("take memory past the limit", privateMemory(memoryBytes, PROT_READ | PROT_WRITE)),
            ("take shared memory", memory(4096, PROT_READ | PROT_WRITE, MAP_SHARED)),
            ("take a growing stack", memory(4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_GROWSDOWN)),
            ("lengthen memory in place", cinnabar_try_lengthen()),
        ]
        for (name, code) in attempts {
            print("\(name): \(code == 0 ? "NOT REFUSED" : "refused (\(String(cString: strerror(code))))")")
        }
        exit(attempts.allSatisfy { $0.code != 0 } ? 0 : 1)
    }

    private static func privateMemory(_ size: Int, _ protection: Int32) -> Int32 {
        memory(size, protection, MAP_PRIVATE)
    }

    private static func memory(_ size: Int, _ protection: Int32, _ flags: Int32) -> Int32 {
        mmap(nil, size, protection, flags | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? errno : 0
    }
}
