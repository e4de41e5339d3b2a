import CSeccomp
import Glibc

/// Gives up, for good, everything that decoding does not need. Two walls, since a kernel may lack the second: resource
/// limits under which no descriptor can be opened, then a filter of system calls.
enum Sandbox {
    /// What a decoder and its threads call: to read and write what they were given, to have memory, to wait for each
    /// other, to tell the time, to set their alarm, and to end. Everything else is answered EPERM, not by a kill:
    /// libraries probe for processors or a terminal and cope with a refusal.
    private static let allowedCalls = [
        "read", "write", "lseek", "fstat", "close", "poll", "ppoll",
        "brk", "munmap", "madvise",
        "futex", "set_robust_list", "rseq", "sched_yield", "gettid", "getpid", "membarrier",
        "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall",
        "clock_gettime", "clock_nanosleep", "nanosleep", "gettimeofday", "getrandom",
        "alarm", "setitimer", "exit", "exit_group",
    ]

    private static let allow: UInt32 = 0x7FFF_0000
    /// SCMP_ACT_ERRNO, a macro that Swift does not see.
    private static func refuse(_ code: Int32) -> UInt32 { 0x0005_0000 | UInt32(code) }

    /// - Parameters:
    ///   - memoryBytes: The most private memory of the process.
    ///   - descriptors: How many descriptors, from 0 on, it keeps using.
    /// - Returns: Whether the kernel filters system calls.
    /// - Throws: ``SandboxError`` when a limit cannot be set, or the kernel has a filter that cannot be used.
    static func enter(memoryBytes: Int, descriptors: Int) throws(SandboxError) -> Bool {
        guard cinnabar_give_up_privileges() == 0 else { throw SandboxError(step: "privileges", code: errno) }
        try limit(RLIMIT_CORE, to: 0)
        try limit(RLIMIT_NOFILE, to: descriptors)
        // Private writable memory alone (the filter refuses any other that can be filled): address space would also
        // count the libraries, what threads reserve and never touch, and what is shared with the parent.
        try limit(RLIMIT_DATA, to: memoryBytes)
        return try filter()
    }

    /// Has the kernel end this process when its parent ends. What a taken-over decoder cannot undo, since the filter
    /// refuses it. A parent that ended before is noticed as soon as the process greets it.
    static func endWithParent() throws(SandboxError) {
        guard cinnabar_end_with_parent() == 0 else { throw SandboxError(step: "parent", code: errno) }
    }

    private static func limit(_ resource: __rlimit_resource, to value: Int) throws(SandboxError) {
        var limits = rlimit(rlim_cur: rlim_t(value), rlim_max: rlim_t(value))
        guard setrlimit(__rlimit_resource_t(resource.rawValue), &limits) == 0 else {
            throw SandboxError(step: "limits", code: errno)
        }
    }

    private static func filter() throws(SandboxError) -> Bool {
        guard let context = seccomp_init(refuse(EPERM)) else { throw SandboxError(step: "filter", code: ENOMEM) }
        defer { seccomp_release(context) }
        // Threads that libraries started while warming up come under it too.
        try check(seccomp_attr_set(context, SCMP_FLTATR_CTL_TSYNC, 1))
        for name in allowedCalls { try add(context, allow, name) }
        // No memory becomes executable, and none is new but what RLIMIT_DATA counts. It counts neither shared memory
        // nor stacks, and mremap, which is not allowed, makes a stack longer; realloc copies instead.
        let notExecutable = masked(argument: 2, PROT_EXEC, equals: 0)
        try add(context, allow, "mprotect", where: [notExecutable])
        let counted = masked(argument: 3, MAP_SHARED | MAP_GROWSDOWN, equals: 0)
        try add(context, allow, "mmap", where: [notExecutable, counted])
        // Threads (CLONE_THREAD of linux/sched.h), but no processes. The newer call hides its flags behind a pointer;
        // told that it does not exist, the C library uses the older one.
        try add(context, allow, "clone", where: [masked(argument: 0, 0x1_0000, equals: 0x1_0000)])
        try add(context, refuse(ENOSYS), "clone3")
        switch -seccomp_load(context) {
        case 0: return true
        // EINVAL and ENOSYS: a kernel without filters.
        case EINVAL, ENOSYS: return false
        case let code: throw SandboxError(step: "filter", code: code)
        }
    }

    private static func add(
        _ context: scmp_filter_ctx,
        _ action: UInt32,
        _ name: String,
        where conditions: [scmp_arg_cmp] = []
    ) throws(SandboxError) {
        let number = seccomp_syscall_resolve_name(name)
        // A call that this machine's architecture never had needs no rule.
        if number < 0 { return }
        try check(seccomp_rule_add_array(context, action, number, UInt32(conditions.count), conditions))
    }

    private static func masked(argument: UInt32, _ mask: Int32, equals value: UInt64) -> scmp_arg_cmp {
        scmp_arg_cmp(arg: argument, op: SCMP_CMP_MASKED_EQ, datum_a: UInt64(mask), datum_b: value)
    }

    private static func check(_ result: Int32) throws(SandboxError) {
        guard result == 0 else { throw SandboxError(step: "filter", code: -result) }
    }
}

/// A wall that cannot be built. The process must not read any input then.
struct SandboxError: Error, CustomStringConvertible {
    let step: String
    let code: Int32

    var description: String { "the restrictions cannot be set (\(step), errno \(code))" }
}
