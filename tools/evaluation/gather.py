"""Gathers distractors: different pictures from Debian packages, for an evaluation to register beside the originals.

Every package of packages.tsv is downloaded and unpacked without being installed. Pictures inside it, also inside its
ZIP and Qt resource files, are kept when they are large enough, not flat, and not near a picture that was kept before
(PDQ in eight orientations) nor near one of the photos under test. What was kept stands in index.tsv with its package;
licences/ has the packages' copyright files.
"""

import argparse
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import numpy
import pdqhash
from PIL import Image, ImageOps

# Two within this PDQ distance, of 256 bits, count as the same picture: the product itself confirms only below 60.
APART_BITS = 60
SHORT_SIDE = 300
MAXIMUM_PIXELS = 1_000_000
# A picture of more than this is a scan or a map of the sky; decoding it takes minutes.
MAXIMUM_SOURCE_PIXELS = 120_000_000
MINIMUM_BYTES = 8_000
# Below this quality PDQ's own authors advise not to match at all: the picture is nearly flat.
MINIMUM_QUALITY = 50
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".tga")
ARCHIVES = (".zip", ".pk3", ".sh3f", ".sh3t", ".jar", ".oxt")
CARVED = (".rcc",)
HERE = os.path.dirname(os.path.abspath(__file__))
Image.MAX_IMAGE_PIXELS = None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    cache = os.environ.get("CINNABAR_CACHE", os.path.expanduser("~/.cache/cinnabar"))
    parser.add_argument("--out", default=os.path.join(cache, "distractors"), help="where the pictures go")
    parser.add_argument("--apart-from", action="append", default=[], help="a folder of photos that none may be near")
    parser.add_argument("--count", type=int, default=5000, help="how many suffice")
    options = parser.parse_args()
    gathering = Gathering(options.out, cache)
    for folder in options.apart_from:
        gathering.stay_apart(folder)
    with open(os.path.join(HERE, "packages.tsv"), encoding="utf-8") as lines:
        packages = [line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#")]
    for package, _, cap, licence in packages:
        if len(gathering) >= options.count:
            break
        gathering.take(package, int(cap), licence)
    print(f"{len(gathering)} pictures in {options.out}")


class Gathering:
    """The folder of distractors as it grows: what is kept, and the fingerprints that tell what is new."""

    def __init__(self, folder, cache):
        self.folder, self.cache = folder, cache
        self.done_folder = os.path.join(folder, "done")
        for each in (self.done_folder, os.path.join(folder, "licences"), os.path.join(cache, "packages")):
            os.makedirs(each, exist_ok=True)
        self.index = os.path.join(folder, "index.tsv")
        self.others = numpy.zeros((0, 32), numpy.uint8)
        self.hashes = []
        if os.path.exists(self.index):
            with open(self.index, encoding="utf-8") as lines:
                rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
            self.hashes = [numpy.frombuffer(bytes.fromhex(row[5]), numpy.uint8) for row in rows]
        else:
            with open(self.index, "w", encoding="utf-8") as out:
                out.write("# file\tpackage\tversion\tlicence\tmember\tpdq\tsha256\n")

    def __len__(self):
        return len(self.hashes)

    def stay_apart(self, folder):
        rows = []
        for name in sorted(os.listdir(folder)):
            if name.lower().endswith(PICTURES):
                picture = prepared(open(os.path.join(folder, name), "rb").read())
                if picture is not None:
                    rows.extend(fingerprints(picture)[0][:1])
        self.others = numpy.concatenate([self.others, numpy.array(rows, numpy.uint8).reshape(-1, 32)])

    def take(self, package, cap, licence):
        mark = os.path.join(self.done_folder, package)
        if os.path.exists(mark):
            return
        archive = downloaded(package, os.path.join(self.cache, "packages"))
        if archive is None:
            print(f"{package}: not in this Debian's archive, left out", file=sys.stderr)
            return
        version = os.path.basename(archive).split("_")[1].replace("%3a", ":")
        kept = looked_at = 0
        with tempfile.TemporaryDirectory(dir=self.cache) as unpacked:
            subprocess.run(["dpkg-deb", "-x", archive, unpacked], check=True)
            copyright_file = os.path.join(unpacked, "usr/share/doc", package, "copyright")
            if os.path.exists(copyright_file):
                shutil.copyfile(copyright_file, os.path.join(self.folder, "licences", package + ".txt"))
            for member, data in members(unpacked):
                looked_at += 1
                picture = prepared(data)
                if picture is not None and self.keep(picture, package, version, licence, member):
                    kept += 1
                    if kept == cap:
                        break
        with open(mark, "w", encoding="utf-8") as out:
            out.write(f"{kept}\n")
        print(f"{package}: {kept} kept of {looked_at} looked at; {len(self)} in all", flush=True)

    def keep(self, picture, package, version, licence, member):
        hashes, quality = fingerprints(picture)
        if quality < MINIMUM_QUALITY:
            return False
        known = numpy.array(self.hashes, numpy.uint8).reshape(-1, 32)
        for table in (known, self.others):
            if len(table) and nearest(table, hashes) <= APART_BITS:
                return False
        name = f"{package}-{hashlib.sha256(picture.tobytes()).hexdigest()[:12]}.jpg"
        coded = io.BytesIO()
        picture.save(coded, "JPEG", quality=90)
        with open(os.path.join(self.folder, name), "wb") as out:
            out.write(coded.getvalue())
        digest = hashlib.sha256(coded.getvalue()).hexdigest()
        with open(self.index, "a", encoding="utf-8") as out:
            out.write("\t".join([name, package, version, licence, member, hashes[0].tobytes().hex(), digest]) + "\n")
        self.hashes.append(hashes[0])
        return True


def downloaded(package, folder):
    """The package's file in the folder, fetched by apt when it is not there; None when apt does not know it."""
    there = [name for name in os.listdir(folder) if name.startswith(package + "_")]
    if not there:
        fetched = subprocess.run(["apt-get", "-qq", "download", package], cwd=folder, capture_output=True)
        there = [name for name in os.listdir(folder) if name.startswith(package + "_")]
        if fetched.returncode != 0 or not there:
            return None
    return os.path.join(folder, there[0])


def members(folder):
    """Every picture's bytes under a folder, also in archives and resource files, always in the same order."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(root, name)
            inside = os.path.relpath(path, folder)
            if os.path.islink(path) or os.path.getsize(path) < MINIMUM_BYTES:
                continue
            extension = os.path.splitext(name)[1].lower()
            if extension in PICTURES:
                yield inside, open(path, "rb").read()
            elif extension in ARCHIVES and zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    for entry in sorted(archive.infolist(), key=lambda each: each.filename):
                        if entry.filename.lower().endswith(PICTURES) and entry.file_size >= MINIMUM_BYTES:
                            yield inside + "!" + entry.filename, archive.read(entry)
            elif extension in CARVED:
                for offset, data in carved(open(path, "rb").read()):
                    yield f"{inside}@{offset}", data


def carved(data):
    """The JPEG, PNG and WebP files that stand uncompressed in a Qt resource file, by its length before each."""
    for found in re.finditer(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF....WEBP", data, re.DOTALL):
        start = found.start()
        length = int.from_bytes(data[max(0, start - 4):start], "big")
        if MINIMUM_BYTES <= length <= len(data) - start:
            yield start, data[start:start + length]


def prepared(data):
    """The picture upright in RGB on white, at most a million pixels; None when it is too small, too long or flat."""
    try:
        picture = Image.open(io.BytesIO(data))
        if min(picture.size) < SHORT_SIDE or max(picture.size) > 3 * min(picture.size):
            return None
        if picture.width * picture.height > MAXIMUM_SOURCE_PIXELS:
            return None
        picture.draft("RGB", (1600, 1600))
        picture = ImageOps.exif_transpose(picture)
        if picture.mode in ("RGBA", "LA", "P", "PA"):
            picture = picture.convert("RGBA")
            ground = Image.new("RGB", picture.size, "white")
            ground.paste(picture, mask=picture.getchannel("A"))
            picture = ground
        picture = picture.convert("RGB")
    except Exception:
        return None
    pixels = picture.width * picture.height
    if pixels > MAXIMUM_PIXELS:
        shrink = (MAXIMUM_PIXELS / pixels) ** 0.5
        picture = picture.resize((int(picture.width * shrink), int(picture.height * shrink)), Image.LANCZOS)
        if min(picture.size) < SHORT_SIDE:
            return None
    small = numpy.asarray(picture.resize((48, 48), Image.BOX)).astype(int)
    colours = len(numpy.unique((small // 16).reshape(-1, 3), axis=0))
    # Normal maps are mostly one blue; diagrams and masks have a handful of colours.
    blue = (small[..., 2] > 190) & (abs(small[..., 0] - 128) < 48) & (abs(small[..., 1] - 128) < 48)
    if colours < 40 or blue.mean() > 0.6 or small.mean(2).std() < 10:
        return None
    return picture


def fingerprints(picture):
    """PDQ in eight orientations, packed, and its quality."""
    vectors, quality = pdqhash.compute_dihedral(numpy.asarray(picture))
    return [numpy.packbits(vector) for vector in vectors], quality


def nearest(table, hashes):
    """The least distance, in bits, between any row of the table and any of the hashes."""
    least = 256
    for each in hashes:
        least = min(least, int(numpy.bitwise_count(table ^ each).sum(1).min()))
    return least


if __name__ == "__main__":
    main()
