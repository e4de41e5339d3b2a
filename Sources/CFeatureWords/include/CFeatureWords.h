#pragma once

#include <stddef.h>
#include <stdint.h>

/// Words of binary descriptors, and lists of what was filed under each: by AVX-512 where the processor has it, chosen
/// when the program runs, which Swift cannot. A descriptor is four words of 64 bits.

enum {
    /// The vocabulary is a tree of two steps with so many ways at each.
    CINNABAR_WORDS_BRANCHES = 256,
    CINNABAR_WORDS_COUNT = 65536,
    /// As many words as one descriptor is looked up under.
    CINNABAR_WORDS_PROBES = 16,
};

/// One descriptor to be looked up under one word.
typedef struct {
    uint64_t signature;
    uint16_t word;
    /// The caller's number of the descriptor.
    uint16_t feature;
} cinnabar_probe;

/// What is filed: the lists of all words one behind another; that of word w is from starts[w] up to starts[w + 1].
typedef struct {
    const uint32_t *starts;
    const uint64_t *signatures;
    const uint32_t *owners;
    const uint32_t *places;
} cinnabar_postings;

typedef struct {
    uint32_t owner;
    uint32_t place;
    uint16_t feature;
    uint16_t distance;
} cinnabar_hit;

/// Whether this processor counts bits by AVX-512.
int cinnabar_words_is_fast(void);

/// The nearest words of descriptors, of each nearest first, with the descriptor's signature under each: the 64 of its
/// bits that say most beside the word.
///
/// - branches: So many ways of the first step are followed, 1 to CINNABAR_WORDS_PROBES.
/// - count: Words wanted of each, 1 to CINNABAR_WORDS_PROBES.
/// - words, signatures: Room for descriptor_count × count.
void cinnabar_words_nearest(const uint64_t *descriptors, uint32_t descriptor_count, uint32_t branches, uint32_t count,
                            uint16_t *words, uint64_t *signatures);

/// Everything filed under the probes' words whose signature differs in at most `radius` bits.
///
/// Stops before a probe whose list `hits` might not hold; `*probe` is the first one not done.
/// - Returns: Hits written.
size_t cinnabar_words_scan(const cinnabar_postings *postings, const cinnabar_probe *probes, size_t probe_count,
                           size_t *probe, uint32_t radius, cinnabar_hit *hits, size_t capacity);
