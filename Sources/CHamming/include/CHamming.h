#pragma once

#include <stddef.h>
#include <stdint.h>

/// Counting differing bits of 256-bit fingerprints, by AVX-512 where the processor has it: chosen when the program runs,
/// which Swift cannot, and with prefetches, which Swift lacks. A fingerprint is four words of 64 bits.

enum {
    /// A fingerprint is cut into so many parts of 16 bits.
    CINNABAR_HAMMING_PARTS = 16,
    /// Fingerprints looked for in one call: 64 pictures in eight orientations.
    CINNABAR_HAMMING_QUERIES = 512,
    /// What the tables find without a miss: of 16 parts with 31 differing bits, one differs in no more than 1.
    CINNABAR_HAMMING_RADIUS = 31,
};

/// All fingerprints by the value of one part: bucket `b` holds the places `starts[b]` up to `starts[b + 1]`.
typedef struct {
    const uint32_t *starts;
    /// By place: the value of the next part, so that almost no fingerprint need be looked at.
    const uint16_t *checks;
    /// By place: the number of the fingerprint.
    const uint32_t *rows;
} cinnabar_hamming_part;

typedef struct {
    const uint64_t *fingerprints;
    uint32_t count;
    /// Upper bits of a part's value that choose the bucket, 1 to 16.
    uint32_t directory_bits;
    cinnabar_hamming_part parts[CINNABAR_HAMMING_PARTS];
} cinnabar_hamming_table;

typedef struct {
    uint32_t row;
    uint16_t query;
    uint16_t distance;
} cinnabar_hamming_match;

/// Whether this processor counts bits by AVX-512.
int cinnabar_hamming_is_fast(void);

/// Chooses how bits are counted, for tests and comparisons: 0 the plain way, 1 the best there is.
void cinnabar_hamming_set_fast(int is_allowed);

/// Fills the table of one part. `starts` has room for 2^directory_bits + 1 numbers, the others for `count`.
void cinnabar_hamming_fill_part(const uint64_t *fingerprints, uint32_t count, uint32_t directory_bits, uint32_t part,
                                uint32_t *starts, uint16_t *checks, uint32_t *rows);

/// Finds equal fingerprints: `firsts[r]` becomes the lowest row that is equal to row `r`.
///
/// - slots: Room for 2^slot_bits numbers, more than `count`.
/// - seed: Random, so that nobody can choose fingerprints that meet in one slot.
void cinnabar_hamming_find_equal(const uint64_t *fingerprints, uint32_t count, uint64_t seed, uint32_t *slots,
                                 uint32_t slot_bits, uint32_t *firsts);

/// Every pair of a row and a query within `radius`, at most CINNABAR_HAMMING_RADIUS, each once, in no order.
///
/// - query_count: At most CINNABAR_HAMMING_QUERIES.
/// - Returns: How many there are. Only the first `capacity` are written: if there are more, call again with more room.
size_t cinnabar_hamming_search(const cinnabar_hamming_table *table, const uint64_t *queries, uint32_t query_count,
                               uint32_t radius, cinnabar_hamming_match *found, size_t capacity);

/// Compares rows from `*row` on, one after another, with all queries, for any radius; in the order of rows. Stops
/// where `found` might not hold the next rows' matches, with `*row` behind the last one compared.
///
/// - capacity: At least 16 × query_count.
/// - Returns: How many were found.
size_t cinnabar_hamming_scan(const uint64_t *fingerprints, uint32_t count, uint32_t *row, const uint64_t *queries,
                             uint32_t query_count, uint32_t radius, cinnabar_hamming_match *found, size_t capacity);
