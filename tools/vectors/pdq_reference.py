"""Writes Tests/FingerprintsTests/Vectors/pdq-reference/*.json: what Meta's PDQ says about pictures made by a formula.

    python3 -m venv venv && venv/bin/pip install pdqhash==0.2.8 numpy
    venv/bin/python tools/vectors/pdq_reference.py Tests/FingerprintsTests/Vectors/pdq-reference
"""

import json
import pathlib
import sys

import numpy
import pdqhash

ORIENTATIONS = ["original", "rotate90", "rotate180", "rotate270", "flipVertical", "flipHorizontal",
                "rotate90FlipVertical", "rotate90FlipHorizontal"]

# name, width, height, seed, amplitude of the waves, grey
CASES = [
    ("smallest", 5, 5, 1, 160, True),
    ("one-block-per-pixel", 64, 64, 2, 160, True),
    ("one-block-per-pixel-colour", 64, 64, 3, 160, False),
    ("below-two-per-window", 128, 127, 4, 160, True),
    ("above-one-per-window", 129, 130, 5, 160, False),
    ("odd-sides", 211, 173, 6, 160, False),
    ("strip-wide", 500, 7, 7, 160, True),
    ("strip-tall", 6, 411, 8, 160, False),
    ("usual", 256, 342, 9, 160, True),
    ("usual-colour", 342, 256, 10, 160, False),
    ("window-of-six", 683, 130, 11, 160, True),
    ("quality-near-the-limit", 200, 150, 12, 40, True),
    ("faint", 150, 200, 13, 6, False),
    ("flat", 100, 80, 14, 0, True),
]


class Generator:
    """Knuth's 64-bit linear congruential generator; the upper 31 bits count."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return self.state >> 33


def channel(width, height, generator, amplitude):
    """Six triangle waves across the picture, in whole numbers only."""
    x, y = numpy.meshgrid(numpy.arange(width, dtype=numpy.int64), numpy.arange(height, dtype=numpy.int64))
    total = numpy.full((height, width), 600, dtype=numpy.int64)
    for _ in range(6):
        period = 9 + generator.next() % 140
        across = generator.next() % 9 - 4
        down = generator.next() % 9 - 4
        offset = generator.next() % period
        phase = (x * across + y * down + offset + 100000 * period) % period
        total += amplitude * numpy.abs(2 * phase - period) // period
    return numpy.clip(total // 6, 0, 255).astype(numpy.uint8)


def write(folder, name, width, height, seed, amplitude, grey):
    generator = Generator(seed)
    red = channel(width, height, generator, amplitude)
    planes = [red, red, red] if grey else [red] + [channel(width, height, generator, amplitude) for _ in range(2)]
    picture = numpy.ascontiguousarray(numpy.stack(planes, axis=2))
    vectors, quality = pdqhash.compute_dihedral(picture)
    alone, alone_quality = pdqhash.compute(picture)
    assert list(alone) == list(vectors[0]) and alone_quality == quality
    digits = ["%064x" % int("".join(str(int(bit)) for bit in vector), 2) for vector in vectors]
    kind = "grey" if grey else "colour"
    case = {
        "description": f"{width} x {height}, {kind}, seed {seed}, amplitude {amplitude}",
        "width": width, "height": height, "seed": seed, "amplitude": amplitude, "grey": grey,
        "checksum": int(picture[:, :, 0].astype(numpy.int64).sum()),
        "expect": {"quality": quality, "orientations": dict(zip(ORIENTATIONS, digits))},
    }
    (folder / f"{name}.json").write_text(json.dumps(case, indent=2) + "\n")
    print(name, quality, digits[0])


for case in CASES:
    write(pathlib.Path(sys.argv[1]), *case)
