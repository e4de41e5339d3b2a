#include "internal.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

int cinnabar_words_is_fast(void) {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512bw");
#else
    return 0;
#endif
}

CINNABAR_PLAIN static size_t scan_plainly(const cinnabar_postings *postings, const cinnabar_probe *probe,
                                          uint32_t radius, cinnabar_hit *hits) {
    size_t count = 0;
    const uint32_t end = postings->starts[probe->word + 1];
    for (uint32_t i = postings->starts[probe->word]; i < end; i++) {
        uint32_t distance = (uint32_t)__builtin_popcountll(postings->signatures[i] ^ probe->signature);
        if (distance <= radius)
            hits[count++] =
                (cinnabar_hit){postings->owners[i], postings->places[i], probe->feature, (uint16_t)distance};
    }
    return count;
}

#if defined(__x86_64__)
CINNABAR_FAST static size_t scan_fast(const cinnabar_postings *postings, const cinnabar_probe *probe, uint32_t radius,
                                      cinnabar_hit *hits) {
    const __m512i wanted = _mm512_set1_epi64((long long)probe->signature), limit = _mm512_set1_epi64(radius);
    const uint32_t end = postings->starts[probe->word + 1];
    size_t count = 0;
    for (uint32_t i = postings->starts[probe->word]; i < end; i += 8) {
        const __mmask8 valid = end - i >= 8 ? 0xff : (__mmask8)((1u << (end - i)) - 1);
        const __m512i values = _mm512_maskz_loadu_epi64(valid, postings->signatures + i);
        const __m512i distances = _mm512_popcnt_epi64(_mm512_xor_si512(values, wanted));
        uint32_t mask = _mm512_mask_cmple_epu64_mask(valid, distances, limit);
        for (; mask; mask &= mask - 1) {
            const uint32_t at = i + (uint32_t)__builtin_ctz(mask);
            const uint32_t distance = (uint32_t)__builtin_popcountll(postings->signatures[at] ^ probe->signature);
            hits[count++] =
                (cinnabar_hit){postings->owners[at], postings->places[at], probe->feature, (uint16_t)distance};
        }
    }
    return count;
}
#endif

size_t cinnabar_words_scan(const cinnabar_postings *postings, const cinnabar_probe *probes, size_t probe_count,
                           size_t *probe, uint32_t radius, cinnabar_hit *hits, size_t capacity) {
    size_t count = 0;
    const int is_fast = cinnabar_words_is_fast();
    for (; *probe < probe_count; (*probe)++) {
        const cinnabar_probe *next = probes + *probe;
        if (postings->starts[next->word + 1] - postings->starts[next->word] > capacity - count) break;
#if defined(__x86_64__)
        if (is_fast) {
            count += scan_fast(postings, next, radius, hits + count);
            continue;
        }
#endif
        (void)is_fast;
        count += scan_plainly(postings, next, radius, hits + count);
    }
    return count;
}
