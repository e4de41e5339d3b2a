// Swift's Glibc module is built without _GNU_SOURCE and lacks memfd_create, its seals, and the two file actions that
// close every descriptor and change the working folder.
#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

// The descriptors the child is given lie at 10 or above before they are put in place, so that none overwrites another.
enum { LOWEST_SOURCE = 10 };

static int add_descriptor(posix_spawn_file_actions_t *actions, int source, int target) {
    if (source < 0)
        return 0;
    return posix_spawn_file_actions_adddup2(actions, source, target);
}

static int fill_actions(posix_spawn_file_actions_t *actions, int input, int output, int shared) {
    int failure = add_descriptor(actions, input, 0);
    if (!failure)
        failure = output < 0 ? posix_spawn_file_actions_addopen(actions, 1, "/dev/null", O_WRONLY, 0)
                             : add_descriptor(actions, output, 1);
    if (!failure)
        failure = posix_spawn_file_actions_addopen(actions, 2, "/dev/null", O_WRONLY, 0);
    if (!failure)
        failure = add_descriptor(actions, shared, 3);
    if (!failure)
        failure = posix_spawn_file_actions_addclosefrom_np(actions, shared < 0 ? 3 : 4);
    if (!failure)
        failure = posix_spawn_file_actions_addchdir_np(actions, "/");
    return failure;
}

static int fill_attributes(posix_spawnattr_t *attributes) {
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    int failure = posix_spawnattr_setsigdefault(attributes, &all);
    if (!failure)
        failure = posix_spawnattr_setsigmask(attributes, &none);
    if (!failure)
        failure = posix_spawnattr_setpgroup(attributes, 0);
    if (!failure)
        failure = posix_spawnattr_setflags(
            attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    return failure;
}

static int spawn_from(const char *path, const char *mode, const char *limit, const int sources[3], pid_t *child) {
    posix_spawn_file_actions_t actions;
    int failure = posix_spawn_file_actions_init(&actions);
    if (failure)
        return failure;
    posix_spawnattr_t attributes;
    failure = posix_spawnattr_init(&attributes);
    if (!failure) {
        failure = fill_actions(&actions, sources[0], sources[1], sources[2]);
        if (!failure)
            failure = fill_attributes(&attributes);
        char *const arguments[] = {(char *)path, (char *)mode, (char *)limit, NULL};
        char *const environment[] = {NULL};
        if (!failure)
            failure = posix_spawn(child, path, &actions, &attributes, arguments, environment);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

typedef struct {
    const char *path, *mode, *limit;
    int given[3];
    pid_t child;
    int failure;
    int is_done;
} spawn_request;

static void spawn(spawn_request *request) {
    int sources[3] = {-1, -1, -1};
    int failure = 0;
    for (int index = 0; index < 3 && !failure; index++) {
        if (request->given[index] < 0)
            continue;
        sources[index] = fcntl(request->given[index], F_DUPFD_CLOEXEC, LOWEST_SOURCE);
        if (sources[index] < 0)
            failure = errno;
    }
    if (!failure)
        failure = spawn_from(request->path, request->mode, request->limit, sources, &request->child);
    for (int index = 0; index < 3; index++)
        if (sources[index] >= 0)
            close(sources[index]);
    request->failure = failure;
}

// Children ask the kernel to end them with their parent, and it takes the thread that started them for that. So one
// thread, which never ends, starts them all; `request` is what it works on, under `lock`.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static spawn_request *request;
static int has_thread;

static void *serve_requests(void *unused) {
    (void)unused;
    pthread_mutex_lock(&lock);
    for (;;) {
        while (!request)
            pthread_cond_wait(&changed, &lock);
        spawn(request);
        request->is_done = 1;
        request = NULL;
        pthread_cond_broadcast(&changed);
    }
}

// Signals of this process go to its other threads. To be called under the lock.
static int start_thread(void) {
    sigset_t all, previous;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &previous);
    pthread_t thread;
    int failure = pthread_create(&thread, NULL, serve_requests, NULL);
    if (!failure)
        pthread_detach(thread);
    pthread_sigmask(SIG_SETMASK, &previous, NULL);
    return failure;
}

int cinnabar_spawn(const char *path, const char *mode, const char *limit, int input, int output, int shared,
                   pid_t *child) {
    spawn_request mine = {path, mode, limit, {input, output, shared}, 0, 0, 0};
    pthread_mutex_lock(&lock);
    if (!has_thread) {
        mine.failure = start_thread();
        has_thread = !mine.failure;
    }
    if (has_thread) {
        while (request)
            pthread_cond_wait(&changed, &lock);
        request = &mine;
        pthread_cond_broadcast(&changed);
        while (!mine.is_done)
            pthread_cond_wait(&changed, &lock);
    }
    pthread_mutex_unlock(&lock);
    *child = mine.child;
    return mine.failure;
}

int cinnabar_shared_memory(size_t size) {
    int descriptor = memfd_create("cinnabar-decoder", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (descriptor < 0)
        return -1;
    if (ftruncate(descriptor, (off_t)size) == 0 &&
        fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0)
        return descriptor;
    int failure = errno;
    close(descriptor);
    errno = failure;
    return -1;
}

void cinnabar_discard_memory(int descriptor, size_t size) {
    // A failure only keeps the pages; the next upload overwrites them.
    (void)fallocate(descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, (off_t)size);
}

int cinnabar_channel(int *near, int *far) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return -1;
    *near = ends[0];
    *far = ends[1];
    return 0;
}

int cinnabar_pipe(int *read_end, int *write_end) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return -1;
    *read_end = ends[0];
    *write_end = ends[1];
    return 0;
}
