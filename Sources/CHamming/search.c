#include "hamming.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// If 16 parts laid in a ring differ in 31 bits together, one of them differs in at most 1, and with the next one in at
// most 3. Were it not so, one could walk round and round the ring, over one part with 2 bits or more, or over two with 4
// or more, at every step: and the whole ring would have 32. (Qin, Xiao: "Pigeonring", 2018.) So 17 buckets of each part
// are looked into, and the next part's value rules out all but one in four hundred of what lies there.
enum {
    /// Probes on their way: buckets whose bounds are being fetched, then those whose checks are.
    BOUNDS_AHEAD = 64,
    CHECKS_AHEAD = 16,
    RING = 128,
    /// Lines of a bucket fetched ahead of time; the processor itself sees the run by then.
    LINES_AHEAD = 32,
    HIT_CAPACITY = 1024,
    ROWS_AHEAD = 16,
    LINE = 64,
    QUERIES = CINNABAR_HAMMING_QUERIES,
    FEW = 16,
};

/// One bucket to look into, for queries that share it.
typedef struct {
    uint32_t bucket, start, end;
    uint16_t part;
    /// In `order` and `nexts` of the part.
    uint16_t first_query, query_count;
    /// The most bits in which the next part may differ.
    uint16_t limit;
} probe;

typedef struct {
    uint32_t place;
    uint16_t part, query;
} hit;

typedef struct {
    const cinnabar_hamming_table *table;
    const uint64_t *queries;
    uint32_t query_count, radius;
    /// Queries by the value of a part, and what their next parts are.
    uint16_t order[CINNABAR_HAMMING_PARTS][QUERIES], nexts[CINNABAR_HAMMING_PARTS][QUERIES];
    probe ring[RING];
    uint64_t made, bounded, looked_into;
    hit hits[HIT_CAPACITY + 32];
    uint32_t hit_count;
    cinnabar_hamming_match *found;
    size_t capacity, found_count;
} search;

/// Whether the tables of a part find this pair: so that only the first such part tells of it.
static int is_found_by(const cinnabar_hamming_table *table, const uint64_t *row, const uint64_t *query, uint32_t part) {
    uint32_t shift = 16 - table->directory_bits;
    uint32_t apart = (uint32_t)__builtin_popcount((hamming_part(row, part) ^ hamming_part(query, part)) >> shift);
    uint32_t next = hamming_next(part);
    uint32_t next_apart = (uint32_t)__builtin_popcount((uint32_t)(hamming_part(row, next) ^ hamming_part(query, next)));
    return apart <= 1 && next_apart <= 3 - apart;
}

static void verify_one(search *s, const hit *hit) {
    const uint64_t *row = s->table->fingerprints + 4 * (size_t)hit->place;
    const uint64_t *query = s->queries + 4 * (size_t)hit->query;
    uint32_t distance = hamming_distance(row, query);
    if (distance > s->radius)
        return;
    for (uint32_t part = 0; part < hit->part; part++)
        if (is_found_by(s->table, row, query, part))
            return;
    if (s->found_count < s->capacity)
        s->found[s->found_count] = (cinnabar_hamming_match){hit->place, hit->query, (uint16_t)distance};
    s->found_count++;
}

/// Looks at the fingerprints of all hits, whose places become rows on the way.
static void verify(search *s) {
    for (uint32_t step = 0; step < s->hit_count + ROWS_AHEAD; step++) {
        if (step < s->hit_count) {
            hit *next = s->hits + step;
            next->place = s->table->parts[next->part].rows[next->place];
            __builtin_prefetch(s->table->fingerprints + 4 * (size_t)next->place);
        }
        if (step >= ROWS_AHEAD)
            verify_one(s, s->hits + step - ROWS_AHEAD);
    }
    s->hit_count = 0;
}

static inline void add_hit(search *s, const probe *probe, uint32_t place, uint32_t number) {
    s->hits[s->hit_count++] = (hit){place, probe->part, s->order[probe->part][number]};
    __builtin_prefetch(s->table->parts[probe->part].rows + place);
}

static void look_into_plainly(search *s, const probe *probe) {
    const uint16_t *checks = s->table->parts[probe->part].checks, *nexts = s->nexts[probe->part];
    for (uint32_t place = probe->start; place < probe->end; place++) {
        for (uint32_t number = probe->first_query; number < probe->first_query + probe->query_count; number++) {
            if (__builtin_popcount((uint32_t)(checks[place] ^ nexts[number])) > probe->limit)
                continue;
            add_hit(s, probe, place, number);
            if (s->hit_count >= HIT_CAPACITY)
                verify(s);
        }
    }
}

#if defined(__x86_64__)
CINNABAR_AVX512 static void look_into_fast(search *s, const probe *probe) {
    const uint16_t *checks = s->table->parts[probe->part].checks, *nexts = s->nexts[probe->part];
    const __m512i limit = _mm512_set1_epi16((short)probe->limit);
    for (uint32_t place = probe->start; place < probe->end; place += 32) {
        uint32_t rest = probe->end - place;
        __mmask32 mask = rest >= 32 ? ~(__mmask32)0 : ((__mmask32)1 << rest) - 1;
        __m512i values = _mm512_maskz_loadu_epi16(mask, checks + place);
        for (uint32_t number = probe->first_query; number < probe->first_query + probe->query_count; number++) {
            __m512i apart = _mm512_xor_si512(values, _mm512_set1_epi16((short)nexts[number]));
            __mmask32 near = _mm512_mask_cmple_epu16_mask(mask, _mm512_popcnt_epi16(apart), limit);
            for (; near; near &= near - 1)
                add_hit(s, probe, place + (uint32_t)__builtin_ctz(near), number);
            if (s->hit_count >= HIT_CAPACITY)
                verify(s);
        }
    }
}
#endif

static _Atomic int is_fast_allowed = 1;

void cinnabar_hamming_set_fast(int is_allowed) { is_fast_allowed = is_allowed; }

int cinnabar_hamming_is_fast(void) {
#if defined(__x86_64__)
    return is_fast_allowed && __builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("avx512bitalg") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
#else
    return 0;
#endif
}

static void fetch_checks(search *s, probe *probe) {
    const cinnabar_hamming_part *part = s->table->parts + probe->part;
    probe->start = part->starts[probe->bucket];
    probe->end = part->starts[probe->bucket + 1];
    const char *line = (const char *)(part->checks + probe->start), *end = (const char *)(part->checks + probe->end);
    if (line == end)
        return;
    line = (const char *)((uintptr_t)line & ~(uintptr_t)(LINE - 1));
    if (end - line > LINES_AHEAD * LINE)
        end = line + LINES_AHEAD * LINE;
    for (; line < end; line += LINE)
        __builtin_prefetch(line);
}

static inline void advance(search *s, int is_fast, uint64_t bounds_ahead, uint64_t checks_ahead) {
    while (s->made - s->bounded > bounds_ahead)
        fetch_checks(s, s->ring + s->bounded++ % RING);
    while (s->bounded - s->looked_into > checks_ahead) {
        const probe *probe = s->ring + s->looked_into++ % RING;
#if defined(__x86_64__)
        if (is_fast) {
            look_into_fast(s, probe);
            continue;
        }
#endif
        (void)is_fast;
        look_into_plainly(s, probe);
    }
}

/// Orders the queries by their bucket in a part. Eight most of the time: those are put in place one by one.
static void order_few(search *s, uint16_t *order, uint16_t *values) {
    for (uint32_t query = 0; query < s->query_count; query++) {
        uint16_t value = values[query];
        uint32_t place = query;
        for (; place > 0 && values[place - 1] > value; place--) {
            values[place] = values[place - 1];
            order[place] = order[place - 1];
        }
        values[place] = value;
        order[place] = (uint16_t)query;
    }
}

/// By the lower byte, then by the upper one.
static void order_many(search *s, uint16_t *order, uint16_t *values) {
    uint16_t other_order[QUERIES], other_values[QUERIES];
    for (uint32_t query = 0; query < s->query_count; query++)
        order[query] = (uint16_t)query;
    for (uint32_t shift = 0; shift < 16; shift += 8) {
        uint32_t places[257] = {0};
        for (uint32_t query = 0; query < s->query_count; query++)
            places[(values[query] >> shift & 0xff) + 1]++;
        for (uint32_t byte = 1; byte < 256; byte++)
            places[byte] += places[byte - 1];
        for (uint32_t query = 0; query < s->query_count; query++) {
            uint32_t place = places[values[query] >> shift & 0xff]++;
            other_values[place] = values[query];
            other_order[place] = order[query];
        }
        memcpy(values, other_values, s->query_count * sizeof *values);
        memcpy(order, other_order, s->query_count * sizeof *order);
    }
}

static void order_queries(search *s, uint32_t part, uint16_t *values) {
    uint16_t *order = s->order[part];
    for (uint32_t query = 0; query < s->query_count; query++)
        values[query] = (uint16_t)(hamming_part(s->queries + 4 * (size_t)query, part) >> (16 - s->table->directory_bits));
    if (s->query_count <= FEW)
        order_few(s, order, values);
    else
        order_many(s, order, values);
    for (uint32_t place = 0; place < s->query_count; place++)
        s->nexts[part][place] = hamming_part(s->queries + 4 * (size_t)order[place], hamming_next(part));
}

static void add_probe(search *s, probe probe, int is_fast) {
    __builtin_prefetch(s->table->parts[probe.part].starts + probe.bucket);
    s->ring[s->made++ % RING] = probe;
    advance(s, is_fast, BOUNDS_AHEAD, CHECKS_AHEAD);
}

size_t cinnabar_hamming_search(const cinnabar_hamming_table *table, const uint64_t *queries, uint32_t query_count,
                               uint32_t radius, cinnabar_hamming_match *found, size_t capacity) {
    search s;
    s.table = table;
    s.queries = queries;
    s.query_count = query_count < QUERIES ? query_count : QUERIES;
    s.radius = radius;
    s.made = s.bounded = s.looked_into = 0;
    s.hit_count = 0;
    s.found = found;
    s.capacity = capacity;
    s.found_count = 0;
    int is_fast = cinnabar_hamming_is_fast();
    uint16_t values[QUERIES];
    for (uint32_t part = 0; part < CINNABAR_HAMMING_PARTS; part++) {
        order_queries(&s, part, values);
        for (uint32_t first = 0, end; first < s.query_count; first = end) {
            end = first + 1;
            while (end < s.query_count && values[end] == values[first])
                end++;
            probe probe = {values[first], 0, 0, (uint16_t)part, (uint16_t)first, (uint16_t)(end - first), 3};
            add_probe(&s, probe, is_fast);
            probe.limit = 2;
            for (uint32_t bit = 0; bit < table->directory_bits; bit++) {
                probe.bucket = values[first] ^ 1u << bit;
                add_probe(&s, probe, is_fast);
            }
        }
    }
    advance(&s, is_fast, 0, 0);
    verify(&s);
    return s.found_count;
}
