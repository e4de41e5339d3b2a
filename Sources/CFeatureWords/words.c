#include "internal.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum {
    /// Words whose first, second, third and fourth parts lie side by side.
    BLOCK = 8,
    SIGNATURE_BITS = 64,
    /// Descriptors that share what is read of the tree: about 80 kB of the stack.
    GROUP = 512,
    /// Further than any descriptor.
    FAR = 257,
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

static const uint64_t *words_behind(uint32_t branch) {
    return (const uint64_t *)(tree + (size_t)(branch + 1) * CINNABAR_WORDS_BRANCHES * 32);
}

static uint64_t signature(const uint64_t *descriptor, uint32_t branch) {
    const unsigned char *bits =
        tree + (size_t)CINNABAR_WORDS_BRANCHES * 32 + (size_t)CINNABAR_WORDS_COUNT * 32 + (size_t)branch * SIGNATURE_BITS;
    uint64_t value = 0;
    for (int i = 0; i < SIGNATURE_BITS; i++) value |= (descriptor[bits[i] >> 6] >> (bits[i] & 63) & 1) << i;
    return value;
}

/// The smallest of what was added, smallest first, of equals the first.
typedef struct {
    uint32_t count, limit;
    uint16_t distances[CINNABAR_WORDS_PROBES];
    uint32_t numbers[CINNABAR_WORDS_PROBES];
} smallest;

/// What is as far as this or further need not be added.
static inline uint64_t bound(const smallest *list) {
    return list->count < list->limit ? FAR : list->distances[list->count - 1];
}

static inline void add(smallest *list, uint64_t distance, uint32_t number) {
    if (distance >= bound(list)) return;
    uint32_t place = list->count < list->limit ? list->count++ : list->count - 1;
    for (; place > 0 && list->distances[place - 1] > distance; place--) {
        list->distances[place] = list->distances[place - 1];
        list->numbers[place] = list->numbers[place - 1];
    }
    list->distances[place] = (uint16_t)distance;
    list->numbers[place] = number;
}

CINNABAR_PLAIN static void compare_plainly(const uint64_t *ways, const uint64_t *descriptor, uint32_t first,
                                           smallest *list) {
    for (uint32_t way = 0; way < CINNABAR_WORDS_BRANCHES; way++) {
        const uint64_t *parts = ways + (size_t)way / BLOCK * 4 * BLOCK + way % BLOCK;
        add(list,
            (uint64_t)__builtin_popcountll(parts[0] ^ descriptor[0]) +
                (uint64_t)__builtin_popcountll(parts[BLOCK] ^ descriptor[1]) +
                (uint64_t)__builtin_popcountll(parts[2 * BLOCK] ^ descriptor[2]) +
                (uint64_t)__builtin_popcountll(parts[3 * BLOCK] ^ descriptor[3]),
            first + way);
    }
}

#if defined(__x86_64__)
CINNABAR_FAST static void compare_fast(const uint64_t *ways, const uint64_t *descriptor, uint32_t first,
                                       smallest *list) {
    __m512i wanted[4];
    for (int word = 0; word < 4; word++) wanted[word] = _mm512_set1_epi64((long long)descriptor[word]);
    __m512i limit = _mm512_set1_epi64((long long)bound(list));
    for (uint32_t way = 0; way < CINNABAR_WORDS_BRANCHES; way += BLOCK, ways += 4 * BLOCK) {
        __m512i sum = _mm512_popcnt_epi64(_mm512_xor_si512(_mm512_load_si512(ways), wanted[0]));
        for (int word = 1; word < 4; word++)
            sum = _mm512_add_epi64(
                sum, _mm512_popcnt_epi64(_mm512_xor_si512(_mm512_load_si512(ways + word * BLOCK), wanted[word])));
        uint32_t mask = _mm512_cmplt_epu64_mask(sum, limit);
        if (__builtin_expect(mask == 0, 1)) continue;
        uint64_t distances[BLOCK];
        _mm512_storeu_si512(distances, sum);
        for (; mask; mask &= mask - 1) {
            const uint32_t lane = (uint32_t)__builtin_ctz(mask);
            add(list, distances[lane], first + way + lane);
        }
        limit = _mm512_set1_epi64((long long)bound(list));
    }
}
#endif

static void compare(const uint64_t *ways, const uint64_t *descriptor, uint32_t first, smallest *list, int is_fast) {
#if defined(__x86_64__)
    if (is_fast) {
        compare_fast(ways, descriptor, first, list);
        return;
    }
#endif
    (void)is_fast;
    compare_plainly(ways, descriptor, first, list);
}

/// At most GROUP descriptors: those that follow one way are compared one after another, while its words are at hand.
static void nearest_of_group(const uint64_t *descriptors, uint32_t descriptor_count, uint32_t branches, uint32_t count,
                             uint16_t *words, uint64_t *signatures) {
    smallest lists[GROUP];
    uint16_t ways[GROUP * CINNABAR_WORDS_PROBES], followers[GROUP * CINNABAR_WORDS_PROBES];
    uint32_t starts[CINNABAR_WORDS_BRANCHES + 1] = {0};
    const int is_fast = cinnabar_words_is_fast();
    for (uint32_t i = 0; i < descriptor_count; i++) {
        smallest first = {.limit = branches};
        compare((const uint64_t *)tree, descriptors + 4 * (size_t)i, 0, &first, is_fast);
        for (uint32_t k = 0; k < branches; k++) {
            ways[i * branches + k] = (uint16_t)first.numbers[k];
            starts[first.numbers[k] + 1]++;
        }
        lists[i] = (smallest){.limit = count};
    }
    for (uint32_t branch = 0; branch < CINNABAR_WORDS_BRANCHES; branch++) starts[branch + 1] += starts[branch];
    uint32_t ends[CINNABAR_WORDS_BRANCHES];
    for (uint32_t branch = 0; branch < CINNABAR_WORDS_BRANCHES; branch++) ends[branch] = starts[branch];
    for (uint32_t k = 0; k < descriptor_count * branches; k++) followers[ends[ways[k]]++] = (uint16_t)(k / branches);
    for (uint32_t branch = 0; branch < CINNABAR_WORDS_BRANCHES; branch++) {
        for (uint32_t k = starts[branch]; k < ends[branch]; k++)
            compare(words_behind(branch), descriptors + 4 * (size_t)followers[k], branch * CINNABAR_WORDS_BRANCHES,
                    lists + followers[k], is_fast);
    }
    for (uint32_t i = 0; i < descriptor_count; i++) {
        for (uint32_t k = 0; k < count; k++) {
            const uint32_t word = lists[i].numbers[k];
            words[i * count + k] = (uint16_t)word;
            signatures[i * count + k] = signature(descriptors + 4 * (size_t)i, word / CINNABAR_WORDS_BRANCHES);
        }
    }
}

void cinnabar_words_nearest(const uint64_t *descriptors, uint32_t descriptor_count, uint32_t branches, uint32_t count,
                            uint16_t *words, uint64_t *signatures) {
    for (uint32_t first = 0; first < descriptor_count; first += GROUP) {
        const uint32_t rest = descriptor_count - first;
        nearest_of_group(descriptors + 4 * (size_t)first, rest < GROUP ? rest : GROUP, branches, count,
                         words + (size_t)first * count, signatures + (size_t)first * count);
    }
}
