#include "internal.h"

enum {
    /// Words whose first, second, third and fourth parts lie side by side.
    BLOCK = 8,
    SIGNATURE_BITS = 64,
};

/// How the tree was made stands in ARCHITECTURE.md. In blocks of eight words, lowest byte first: the 256 ways of the
/// first step, the 256 words behind each of them, then of each way the 64 bits that make a signature.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
static const _Alignas(64) unsigned char tree[] = {
#embed "words.bin"
};
#pragma clang diagnostic pop

_Static_assert(sizeof tree == CINNABAR_WORDS_BRANCHES * 32 + CINNABAR_WORDS_COUNT * 32 +
                                  CINNABAR_WORDS_BRANCHES * SIGNATURE_BITS,
               "a tree of two steps");

static const uint64_t *ways_of(uint32_t branch) {
    return (const uint64_t *)(tree + (size_t)(branch + 1) * CINNABAR_WORDS_BRANCHES * 32);
}

static uint64_t signature(const uint64_t *descriptor, uint32_t branch) {
    const unsigned char *bits =
        tree + (size_t)CINNABAR_WORDS_BRANCHES * 32 + (size_t)CINNABAR_WORDS_COUNT * 32 + (size_t)branch * SIGNATURE_BITS;
    uint64_t value = 0;
    for (int i = 0; i < SIGNATURE_BITS; i++) value |= (descriptor[bits[i] >> 6] >> (bits[i] & 63) & 1) << i;
    return value;
}

static inline __attribute__((always_inline)) void compare(const uint64_t *ways, const uint64_t *descriptor,
                                                          uint64_t *distances) {
    for (int block = 0; block < CINNABAR_WORDS_BRANCHES / BLOCK; block++, ways += 4 * BLOCK, distances += BLOCK) {
        for (int i = 0; i < BLOCK; i++) {
            distances[i] = (uint64_t)__builtin_popcountll(ways[i] ^ descriptor[0]) +
                           (uint64_t)__builtin_popcountll(ways[BLOCK + i] ^ descriptor[1]) +
                           (uint64_t)__builtin_popcountll(ways[2 * BLOCK + i] ^ descriptor[2]) +
                           (uint64_t)__builtin_popcountll(ways[3 * BLOCK + i] ^ descriptor[3]);
        }
    }
}

CINNABAR_PLAIN static void compare_plainly(const uint64_t *ways, const uint64_t *descriptor, uint64_t *distances) {
    compare(ways, descriptor, distances);
}

#if defined(__x86_64__)
CINNABAR_FAST static void compare_fast(const uint64_t *ways, const uint64_t *descriptor, uint64_t *distances) {
    compare(ways, descriptor, distances);
}
#endif

/// The smallest of what was added, smallest first, of equals the first.
typedef struct {
    uint32_t count, limit;
    uint64_t distances[CINNABAR_WORDS_PROBES];
    uint32_t numbers[CINNABAR_WORDS_PROBES];
} smallest;

static inline void add(smallest *list, uint64_t distance, uint32_t number) {
    if (list->count == list->limit && distance >= list->distances[list->count - 1]) return;
    uint32_t place = list->count < list->limit ? list->count++ : list->count - 1;
    for (; place > 0 && list->distances[place - 1] > distance; place--) {
        list->distances[place] = list->distances[place - 1];
        list->numbers[place] = list->numbers[place - 1];
    }
    list->distances[place] = distance;
    list->numbers[place] = number;
}

static void compare_best(const uint64_t *ways, const uint64_t *descriptor, uint64_t *distances) {
#if defined(__x86_64__)
    if (cinnabar_words_is_fast()) return compare_fast(ways, descriptor, distances);
#endif
    compare_plainly(ways, descriptor, distances);
}

void cinnabar_words_nearest(const uint64_t *descriptor, uint32_t branches, uint32_t count, uint16_t *words,
                            uint64_t *signatures) {
    uint64_t distances[CINNABAR_WORDS_BRANCHES];
    smallest first = {.limit = branches}, second = {.limit = count};
    compare_best((const uint64_t *)tree, descriptor, distances);
    for (uint32_t branch = 0; branch < CINNABAR_WORDS_BRANCHES; branch++) add(&first, distances[branch], branch);
    for (uint32_t i = 0; i < first.count; i++) {
        compare_best(ways_of(first.numbers[i]), descriptor, distances);
        for (uint32_t way = 0; way < CINNABAR_WORDS_BRANCHES; way++)
            add(&second, distances[way], first.numbers[i] * CINNABAR_WORDS_BRANCHES + way);
    }
    for (uint32_t i = 0; i < second.count; i++) {
        words[i] = (uint16_t)second.numbers[i];
        signatures[i] = signature(descriptor, second.numbers[i] / CINNABAR_WORDS_BRANCHES);
    }
}
