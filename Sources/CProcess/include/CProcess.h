#pragma once

#include <stddef.h>
#include <sys/types.h>

/// Starts `path` with the arguments `mode` and `limit`, an empty environment, `/` as working folder, no blocked or
/// ignored signals, in a process group of its own (so that a Ctrl-C meant for us does not end it in mid-work).
///
/// The child has `input` as descriptor 0, `output` as 1 (or /dev/null when negative), /dev/null as 2, `shared` as 3
/// (or none when negative), and no other. Returns 0 and sets `*child`, or returns an errno. To the kernel, the child's
/// parent is a thread that lives as long as this process, whichever thread calls.
int cinnabar_spawn(const char *path, const char *mode, const char *limit, int input, int output, int shared,
                   pid_t *child);

/// Anonymous memory of `size` bytes as a file that no longer can shrink or grow. Returns the descriptor, or -1 with
/// errno.
int cinnabar_shared_memory(size_t size);

/// Gives the pages of such memory back to the system; they read as zeros afterwards.
void cinnabar_discard_memory(int descriptor, size_t size);

/// Two connected stream sockets. Returns 0, or -1 with errno.
int cinnabar_channel(int *near, int *far);

/// A pipe. Returns 0, or -1 with errno.
int cinnabar_pipe(int *read_end, int *write_end);
