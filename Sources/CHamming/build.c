#include "hamming.h"

#include <string.h>

void cinnabar_hamming_fill_part(const uint64_t *fingerprints, uint32_t count, uint32_t directory_bits, uint32_t part,
                                uint32_t *starts, uint16_t *checks, uint32_t *rows) {
    uint32_t bucket_count = 1u << directory_bits, shift = 16 - directory_bits, next = hamming_next(part);
    memset(starts, 0, ((size_t)bucket_count + 1) * sizeof *starts);
    for (uint32_t row = 0; row < count; row++)
        starts[hamming_part(fingerprints + 4 * (size_t)row, part) >> shift]++;
    // Each start is raised to its bucket's end, and comes down again while the bucket fills from behind.
    for (uint32_t bucket = 1; bucket <= bucket_count; bucket++)
        starts[bucket] += starts[bucket - 1];
    for (uint32_t row = count; row-- > 0;) {
        const uint64_t *fingerprint = fingerprints + 4 * (size_t)row;
        uint32_t place = --starts[hamming_part(fingerprint, part) >> shift];
        checks[place] = hamming_part(fingerprint, next);
        rows[place] = row;
    }
}

static uint64_t mixed(const uint64_t *fingerprint, uint64_t seed) {
    uint64_t mix = seed;
    for (int word = 0; word < 4; word++) {
        mix = (mix ^ fingerprint[word]) * 0x9e3779b97f4a7c15;
        mix ^= mix >> 29;
    }
    mix *= 0xbf58476d1ce4e5b9;
    return mix ^ mix >> 32;
}

void cinnabar_hamming_find_equal(const uint64_t *fingerprints, uint32_t count, uint64_t seed, uint32_t *slots,
                                 uint32_t slot_bits, uint32_t *firsts) {
    enum { AHEAD = 16 };
    uint64_t hashes[AHEAD], mask = ((uint64_t)1 << slot_bits) - 1;
    memset(slots, 0xff, ((size_t)mask + 1) * sizeof *slots);
    for (uint64_t step = 0; step < (uint64_t)count + AHEAD; step++) {
        // The hash of a row is kept while its slot is on its way from memory.
        uint64_t hash = hashes[step % AHEAD];
        if (step < count) {
            hashes[step % AHEAD] = mixed(fingerprints + 4 * step, seed) & mask;
            __builtin_prefetch(slots + hashes[step % AHEAD], 1);
        }
        if (step < AHEAD)
            continue;
        uint32_t row = (uint32_t)(step - AHEAD);
        const uint64_t *fingerprint = fingerprints + 4 * (size_t)row;
        while (slots[hash] != UINT32_MAX && memcmp(fingerprints + 4 * (size_t)slots[hash], fingerprint, 32) != 0)
            hash = (hash + 1) & mask;
        if (slots[hash] == UINT32_MAX)
            slots[hash] = row;
        firsts[row] = slots[hash];
    }
}
