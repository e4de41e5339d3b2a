#pragma once

#include "CHamming.h"

#if defined(__x86_64__)
#define CINNABAR_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512bitalg,avx512vpopcntdq,popcnt")))
#endif

/// A part is 16 bits of one word: rows of one parity and columns of one parity, of the four rows of the transform that
/// the word holds. Mirroring a picture turns all bits of such a class or none, but for those near the median: so parts
/// of several orientations are equal, and share their buckets.
static inline uint16_t hamming_part(const uint64_t *fingerprint, uint32_t part) {
    uint64_t bits = fingerprint[part / 4] >> ((part & 1) + 16 * (part >> 1 & 1)) & 0x0000555500005555;
    bits = (bits | bits >> 1) & 0x0000333300003333;
    bits = (bits | bits >> 2) & 0x00000f0f00000f0f;
    bits = (bits | bits >> 4) & 0x000000ff000000ff;
    return (uint16_t)(bits | bits >> 24);
}

static inline uint32_t hamming_next(uint32_t part) { return (part + 1) % CINNABAR_HAMMING_PARTS; }

static inline uint32_t hamming_distance(const uint64_t *left, const uint64_t *right) {
    return (uint32_t)(__builtin_popcountll(left[0] ^ right[0]) + __builtin_popcountll(left[1] ^ right[1]) +
                      __builtin_popcountll(left[2] ^ right[2]) + __builtin_popcountll(left[3] ^ right[3]));
}
