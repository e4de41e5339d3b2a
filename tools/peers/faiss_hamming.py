"""Times FAISS on 256-bit fingerprints, as a peer of `tools/bench --only index --only scan`.

    python3 tools/peers/faiss_hamming.py [ENTRIES] [--multi]

Random fingerprints, one thread, its processor time. Flat: the nearest one of 64 queries at once and of one alone, milliseconds a query.
With --multi also IndexBinaryMultiHash with 16 hashes of 16 bits, 1 bit flipped, which finds all within 31 bits as our
index does. Needs `pip install faiss-cpu numpy`.
"""

import sys
import time

try:
    import faiss
    import numpy
except ImportError:
    sys.exit("faiss_hamming.py: not measured, faiss-cpu and numpy are not installed")

BITS = 256
QUERIES = 64
RADIUS = 31


def milliseconds(work, queries, repetitions=5):
    """The median over repetitions, for each query."""
    times = []
    for _ in range(repetitions):
        start = time.process_time()
        work()
        times.append(1000 * (time.process_time() - start) / queries)
    return sorted(times)[repetitions // 2]


def main():
    numbers = [word for word in sys.argv[1:] if word.isdigit()]
    count = int(numbers[0]) if numbers else 10_000_000
    faiss.omp_set_num_threads(1)
    random = numpy.random.default_rng(4)
    entries = random.integers(0, 256, (count, BITS // 8), dtype=numpy.uint8)
    queries = random.integers(0, 256, (QUERIES, BITS // 8), dtype=numpy.uint8)

    flat = faiss.IndexBinaryFlat(BITS)
    flat.add(entries)
    print(f"peer.faiss-flat.batch\t{milliseconds(lambda: flat.search(queries, 1), QUERIES, 3):.3g}\tms/fingerprint")
    print(f"peer.faiss-flat.single\t{milliseconds(lambda: flat.search(queries[:1], 1), 1):.3g}\tms/fingerprint")
    del flat
    if "--multi" in sys.argv:
        multi = faiss.IndexBinaryMultiHash(BITS, 16, 16)
        multi.nflip = 1
        multi.add(entries)
        times = [milliseconds(lambda q=q: multi.range_search(queries[q : q + 1], RADIUS + 1), 1, 1) for q in range(QUERIES)]
        print(f"peer.faiss-multi-hash\t{sorted(times)[QUERIES // 2]:.3g}\tms/fingerprint")


if __name__ == "__main__":
    main()
