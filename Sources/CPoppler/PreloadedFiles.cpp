#include "PreloadedFiles.h"

#include <cstdio>
#include <cstring>
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <map>
#include <string>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

struct Mapping {
    void *start;
    size_t size;
};

/// By path. Never freed: it serves until the process ends.
std::map<std::string, Mapping> &mappings()
{
    static auto &files = *new std::map<std::string, Mapping>;
    return files;
}

/// poppler-data has two levels of folders.
const int depth_limit = 4;

void preload(const std::string &folder, int depth)
{
    DIR *listing = depth > 0 ? opendir(folder.c_str()) : nullptr;
    if (!listing) return;
    while (dirent *entry = readdir(listing)) {
        if (entry->d_name[0] == '.') continue;
        std::string path = folder + "/" + entry->d_name;
        struct stat status;
        if (stat(path.c_str(), &status) != 0) continue;
        if (S_ISDIR(status.st_mode)) {
            preload(path, depth - 1);
        } else if (S_ISREG(status.st_mode) && status.st_size > 0) {
            int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
            if (descriptor < 0) continue;
            size_t size = static_cast<size_t>(status.st_size);
            void *start = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
            close(descriptor);
            if (start != MAP_FAILED) mappings()[path] = Mapping{start, size};
        }
    }
    closedir(listing);
}

} // namespace

size_t cinnabar::preload_folder(const char *path)
{
    preload(path, depth_limit);
    return mappings().size();
}

/// Takes the C library's place in this program, for Poppler too: a file that was preloaded is read from memory, which
/// a process that may open none still can. Everything else goes where it always went.
extern "C" FILE *fopen(const char *path, const char *mode)
{
    if (mode[0] == 'r' && !std::strchr(mode, '+')) {
        auto found = mappings().find(path);
        // Read only, as the mode says: the memory is never written.
        if (found != mappings().end()) return fmemopen(found->second.start, found->second.size, "r");
    }
    static auto original = reinterpret_cast<FILE *(*)(const char *, const char *)>(dlsym(RTLD_NEXT, "fopen"));
    return original(path, mode);
}
