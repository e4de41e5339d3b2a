#include "hamming.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum {
    /// Rows compared with one query after another while they stay in registers.
    BLOCK = 16,
};

static size_t compare_plainly(const uint64_t *rows, uint32_t count, uint32_t first, const uint64_t *queries,
                              uint32_t query_count, uint32_t radius, cinnabar_hamming_match *found) {
    size_t found_count = 0;
    for (uint32_t row = 0; row < count; row++) {
        for (uint32_t query = 0; query < query_count; query++) {
            uint32_t distance = hamming_distance(rows + 4 * (size_t)row, queries + 4 * (size_t)query);
            if (distance <= radius)
                found[found_count++] = (cinnabar_hamming_match){first + row, (uint16_t)query, (uint16_t)distance};
        }
    }
    return found_count;
}

#if defined(__x86_64__)
/// Eight rows turned around: vector `w` holds word `w` of each.
CINNABAR_AVX512 static inline void load_eight(const uint64_t *rows, __m512i words[4]) {
    __m512i a = _mm512_loadu_si512(rows), b = _mm512_loadu_si512(rows + 8);
    __m512i c = _mm512_loadu_si512(rows + 16), d = _mm512_loadu_si512(rows + 24);
    const __m512i low = _mm512_setr_epi64(0, 4, 8, 12, 1, 5, 9, 13), high = _mm512_setr_epi64(2, 6, 10, 14, 3, 7, 11, 15);
    __m512i ab01 = _mm512_permutex2var_epi64(a, low, b), ab23 = _mm512_permutex2var_epi64(a, high, b);
    __m512i cd01 = _mm512_permutex2var_epi64(c, low, d), cd23 = _mm512_permutex2var_epi64(c, high, d);
    words[0] = _mm512_shuffle_i64x2(ab01, cd01, 0x44);
    words[1] = _mm512_shuffle_i64x2(ab01, cd01, 0xee);
    words[2] = _mm512_shuffle_i64x2(ab23, cd23, 0x44);
    words[3] = _mm512_shuffle_i64x2(ab23, cd23, 0xee);
}

CINNABAR_AVX512 static inline __m512i distances(const __m512i words[4], const uint64_t *query) {
    __m512i sum = _mm512_popcnt_epi64(_mm512_xor_si512(words[0], _mm512_set1_epi64((long long)query[0])));
    for (int word = 1; word < 4; word++)
        sum = _mm512_add_epi64(
            sum, _mm512_popcnt_epi64(_mm512_xor_si512(words[word], _mm512_set1_epi64((long long)query[word]))));
    return sum;
}

/// Sixteen rows. In the order of queries, where the plain way takes them in the order of rows.
CINNABAR_AVX512 static size_t compare_fast(const uint64_t *rows, uint32_t first, const uint64_t *queries,
                                           uint32_t query_count, uint32_t radius, cinnabar_hamming_match *found) {
    __m512i left[4], right[4];
    const __m512i limit = _mm512_set1_epi64(radius);
    size_t found_count = 0;
    load_eight(rows, left);
    load_eight(rows + 32, right);
    for (uint32_t query = 0; query < query_count; query++) {
        __m512i near = distances(left, queries + 4 * (size_t)query), far = distances(right, queries + 4 * (size_t)query);
        uint32_t mask = (uint32_t)_mm512_cmple_epu64_mask(near, limit) |
                        (uint32_t)_mm512_cmple_epu64_mask(far, limit) << 8;
        if (__builtin_expect(mask == 0, 1))
            continue;
        uint64_t counts[BLOCK];
        _mm512_storeu_si512(counts, near);
        _mm512_storeu_si512(counts + 8, far);
        for (; mask; mask &= mask - 1) {
            uint32_t row = (uint32_t)__builtin_ctz(mask);
            found[found_count++] = (cinnabar_hamming_match){first + row, (uint16_t)query, (uint16_t)counts[row]};
        }
    }
    return found_count;
}
#endif

size_t cinnabar_hamming_scan(const uint64_t *fingerprints, uint32_t count, uint32_t *row, const uint64_t *queries,
                             uint32_t query_count, uint32_t radius, cinnabar_hamming_match *found, size_t capacity) {
    size_t found_count = 0;
    int is_fast = cinnabar_hamming_is_fast();
    while (*row < count && capacity - found_count >= (size_t)BLOCK * query_count) {
        const uint64_t *rows = fingerprints + 4 * (size_t)*row;
        uint32_t rest = count - *row < BLOCK ? count - *row : BLOCK;
#if defined(__x86_64__)
        if (is_fast && rest == BLOCK) {
            found_count += compare_fast(rows, *row, queries, query_count, radius, found + found_count);
            *row += BLOCK;
            continue;
        }
#endif
        (void)is_fast;
        found_count += compare_plainly(rows, rest, *row, queries, query_count, radius, found + found_count);
        *row += rest;
    }
    return found_count;
}
