#pragma once
#include <spawn.h>

/// The two actions of glibc that Swift's own module of it leaves out, since POSIX has no names for them.
int cinnabar_add_chdir(posix_spawn_file_actions_t *actions, const char *folder);
int cinnabar_add_closefrom(posix_spawn_file_actions_t *actions, int descriptor);
