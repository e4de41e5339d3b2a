#pragma once

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/// No program started from here on gains rights by its file, and no process of the same user may look into this one.
/// Returns 0, or -1 with errno. (`prctl` is variadic, which Swift cannot call.)
static inline int cinnabar_give_up_privileges(void) {
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) ? -1 : 0;
}

/// The kernel kills this process when the thread that started it ends. Returns 0, or -1 with errno.
static inline int cinnabar_end_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); }

// What the self-test tries. Each returns 0 when it got through, or an errno.

static inline int cinnabar_try_open(const char *path) { return open(path, O_RDONLY) < 0 ? errno : 0; }
static inline int cinnabar_try_socket(void) { return socket(AF_INET, SOCK_STREAM, 0) < 0 ? errno : 0; }
static inline int cinnabar_try_kill(void) { return kill(getppid(), 0) < 0 ? errno : 0; }

static inline int cinnabar_try_lengthen(void) {
    void *memory = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    // 1 is MREMAP_MAYMOVE, which needs _GNU_SOURCE.
    return syscall(SYS_mremap, memory, 4096, 8192, 1) < 0 ? errno : 0;
}

static inline int cinnabar_try_fork(void) {
    pid_t child = fork();
    if (child < 0)
        return errno;
    if (child == 0)
        _exit(0);
    waitpid(child, NULL, 0);
    return 0;
}

static inline int cinnabar_try_execute(const char *path) {
    char *const arguments[] = {(char *)path, NULL};
    char *const environment[] = {NULL};
    execve(path, arguments, environment);
    return errno;
}
