"""What others would have found: PDQ by its own library, ImageHash and ISCC, over the same pictures and queries."""

import hashlib
import io
import json
import os

import numpy
from PIL import Image, ImageOps

# Every peer is also judged at the distance where it names one wrong photo in a million pairs.
RATE = 1e-6
# Larger pictures are scaled first, for all peers alike; PDQ's own tools do so at 1024, to 512.
LONG_SIDE = 1024


class Peer:
    """A fingerprint of others: its name, the distance its makers or users commonly take, and how many bits it has."""

    def __init__(self, key, title, field, bits, usual, turned=False):
        self.key, self.title, self.field, self.bits, self.usual, self.turned = key, title, field, bits, usual, turned


PEERS = [
    Peer("pdq", "PDQ", "pdq", 256, 31),
    Peer("pdq8", "PDQ, 8 ways", "pdq8", 256, 31, turned=True),
    Peer("phash", "pHash", "phash", 64, 8),
    Peer("iscc", "ISCC image", "iscc", 256, 32),
]


def available():
    """Functions of a picture to hexadecimal fingerprints by field, for the libraries that are installed."""
    functions = {}
    try:
        import pdqhash

        def pdq8(picture):
            vectors, _ = pdqhash.compute_dihedral(numpy.asarray(picture))
            return [numpy.packbits(vector).tobytes().hex() for vector in vectors]

        functions["pdq8"] = pdq8
    except ImportError:
        pass
    try:
        import imagehash

        functions["phash"] = lambda picture: str(imagehash.phash(picture))
    except ImportError:
        pass
    try:
        import iscc_core
        import iscc_sdk
        from loguru import logger

        # It tells of every step of every picture.
        logger.disable("iscc_sdk")
        logger.disable("iscc_core")

        def iscc(picture):
            pixels = iscc_sdk.image_normalize(picture)
            return iscc_core.soft_hash_image_v0(pixels, bits=256).hex()

        functions["iscc"] = iscc
    except ImportError:
        pass
    return functions


class PeerCache:
    """Fingerprints by the file's digest, kept from one run to the next."""

    def __init__(self, cache):
        os.makedirs(cache, exist_ok=True)
        self.path = os.path.join(cache, "peers.ndjson")
        self.functions = available()
        self.known = {}
        if os.path.exists(self.path):
            with open(self.path, encoding="utf-8") as lines:
                for line in lines:
                    # A line that a kill cut short is made again.
                    if line.endswith("}\n"):
                        row = json.loads(line)
                        self.known[row["sha256"]] = row

    def fingerprints(self, path):
        with open(path, "rb") as file:
            data = file.read()
        digest = hashlib.sha256(data).hexdigest()
        row = self.known.get(digest)
        if row is None or any(field not in row for field in self.functions):
            picture = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
            if picture.mode in ("RGBA", "LA", "P", "PA"):
                picture = picture.convert("RGBA")
                ground = Image.new("RGB", picture.size, "white")
                ground.paste(picture, mask=picture.getchannel("A"))
                picture = ground
            picture = picture.convert("RGB")
            picture.thumbnail((LONG_SIDE, LONG_SIDE))
            row = {"sha256": digest}
            for field, function in self.functions.items():
                row[field] = function(picture)
            self.known[digest] = row
            with open(self.path, "a", encoding="utf-8") as out:
                out.write(json.dumps(row) + "\n")
        return row


def judged(queries, registered, rows_of):
    """Every peer that is installed, over the same queries.

    - Parameters:
      - queries: Objects with path, photo (nil for strangers) and allowed: the names that are no mistake.
      - registered: name to path.
      - rows_of: path to the row of fingerprints.
    - Returns: By peer: at each of its two distances, the set of numbers of queries found, and how many wrong pairs.
    """
    names = sorted(registered)
    place = {name: number for number, name in enumerate(names)}
    results = {}
    for peer in PEERS:
        source = "pdq8" if peer.field == "pdq" else peer.field
        if any(source not in rows_of[query.path] for query in queries):
            continue
        table = numpy.stack([words(first(rows_of[registered[name]][source])) for name in names])
        right = numpy.full(len(queries), peer.bits + 1)
        wrong = numpy.zeros(peer.bits + 1, numpy.int64)
        for number, query in enumerate(queries):
            values = rows_of[query.path][source]
            values = values if peer.turned else [first(values)]
            distances = numpy.min([numpy.bitwise_count(table ^ words(value)).sum(1) for value in values], axis=0)
            if query.photo is not None:
                right[number] = distances[place[query.photo]]
            distances = numpy.delete(distances, [place[name] for name in query.allowed if name in place])
            wrong += numpy.bincount(distances, minlength=peer.bits + 1)
        pairs = max(int(wrong.sum()), 1)
        within = numpy.cumsum(wrong)
        fits = numpy.nonzero(within <= pairs * RATE)[0]
        careful = int(fits[-1]) if len(fits) else -1
        results[peer.key] = {
            "title": peer.title,
            "pairs": pairs,
            "at": [
                {
                    "distance": distance,
                    "found": set(numpy.nonzero(right <= distance)[0].tolist()),
                    "wrong": int(within[distance]) if distance >= 0 else 0,
                }
                for distance in (peer.usual, careful)
            ],
        }
    return results


def first(value):
    return value[0] if isinstance(value, list) else value


def words(value):
    return numpy.frombuffer(bytes.fromhex(value), numpy.uint64)
