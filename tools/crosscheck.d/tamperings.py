"""Copies of an evidence file with one thing changed, of which no tool that reads it may say that it holds."""

import base64
import hashlib
import json
import pathlib
import re

from checks import CONTAINER, FILE, container


class Tampering:
    def __init__(self, name, path, change):
        self.name, self.path, self.change = name, path, change

    def apply(self, folder, file):
        target = file if self.path == FILE else folder / self.path
        if self.path == CONTAINER:
            target = pathlib.Path(container(folder))
        target.write_bytes(self.change(target.read_bytes()))


def flipped(position):
    """One bit of the byte at a position; from the end if it is negative."""

    def change(content):
        altered = bytearray(content)
        altered[position] ^= 1
        return bytes(altered)

    return change


def all_tamperings(intact, file):
    # Not in a name or a length, of which some unpackers make something else without a word.
    record = (intact / "record.json").read_bytes()
    where = pathlib.Path(container(intact)).read_bytes().index(record) + len(record) // 2
    found = [Tampering("a byte of the ZIP", CONTAINER, flipped(where))]
    if file:
        found.append(Tampering("a byte of the file", FILE, flipped(file.stat().st_size // 2)))
    for name in ("record.json", "entry.json"):
        content = (intact / name).read_bytes()
        found.append(Tampering(f"a byte of {name}", name, flipped(content.rindex(b'"sha256"') + len(b'"sha256"') + 8)
                               if name == "entry.json" else flipped(content.index(b'"salt": "') + 10)))
    for folder in sorted(intact.glob("checkpoints/*/*")):
        where = str(folder.relative_to(intact))
        found += note_tamperings(f"{where}/checkpoint.signed")
        for name in ("entry.tlog-proof", "lane.tlog-proof"):
            if (folder / name).is_file():
                found += proof_tamperings(f"{where}/{name}", (folder / name).read_text(encoding="utf-8"))
        signed = (folder / "checkpoint.signed").read_bytes()
        for anchor in sorted((folder / "anchors").glob("*")):
            found += anchor_tamperings(str(anchor.relative_to(intact)), anchor.read_bytes(), signed)
    for record in sorted(intact.glob("META-INF/evidencerecord-*.ers")):
        found.append(Tampering("the last byte of the evidence record", str(record.relative_to(intact)), flipped(-1)))
    return found


def note_tamperings(path):
    """The root, and the log's signature."""

    def root(content):
        lines = content.split(b"\n")
        lines[2] = base64.b64encode(flipped(5)(base64.b64decode(lines[2])))
        return b"\n".join(lines)

    def signature(content):
        words = content.rstrip(b"\n").split(b" ")
        words[-1] = base64.b64encode(flipped(40)(base64.b64decode(words[-1])))
        return b" ".join(words) + b"\n"

    return [Tampering("the checkpoint's root", path, root), Tampering("the log's signature", path, signature)]


def proof_tamperings(path, text):
    def index(content):
        return re.sub(rb"\nindex (\d+)\n", lambda match: b"\nindex %d\n" % (int(match[1]) + 1), content)

    def first_hash(content):
        lines = content.split(b"\n")
        lines[2] = base64.b64encode(flipped(5)(base64.b64decode(lines[2])))
        return b"\n".join(lines)

    found = [Tampering("the proof's index", path, index)]
    if text.split("\n")[2]:
        found.append(Tampering("the proof's first hash", path, first_hash))
    return found


def anchor_tamperings(path, content, signed):
    if path.endswith(".tsr"):
        found = [Tampering("the timestamp's signature", path, flipped(-1))]
        imprint = content.find(hashlib.sha256(signed).digest())
        return found + ([Tampering("the timestamp's imprint", path, flipped(imprint))] if imprint >= 0 else [])
    if path.endswith(".ots"):
        # Magic, version and the digest's algorithm come first, then the digest, then the operations.
        digest = 31 + 1 + 1
        return [Tampering("the proof's digest", path, flipped(digest)),
                Tampering("the proof's first operand", path, flipped(digest + 32 + 4))]
    if path.endswith(".ots-headers.json"):
        return [Tampering("the kept headers", path, merkle_roots)]
    if path.endswith(".evm.json"):
        return evm_tamperings(path, json.loads(content))
    return []


def merkle_roots(content):
    """One bit of the Merkle root in every header: four bytes of version and the previous block's hash come before it."""
    headers = {height: flipped(4 + 32 + 3)(bytes.fromhex(header)).hex() for height, header in json.loads(content).items()}
    return json.dumps(headers).encode()


def evm_tamperings(path, receipt):
    """One digit in each long text of the receipt that is hex: header, transaction, receipt, and every node of a proof."""
    return [Tampering(f"the receipt's {name}", path, changed_digit(text)) for name, text in long_hex(receipt, [])]


def long_hex(value, names):
    if isinstance(value, dict):
        return [found for name, each in value.items() for found in long_hex(each, [*names, name])]
    if isinstance(value, list):
        return [found for number, each in enumerate(value) for found in long_hex(each, [*names, str(number)])]
    is_long = isinstance(value, str) and re.fullmatch(r"(0x)?[0-9a-f]{64,}", value)
    return [(".".join(names), value)] if is_long else []


def changed_digit(text):
    middle = len(text) // 2
    altered = text[:middle] + ("1" if text[middle] == "0" else "0") + text[middle + 1:]
    return lambda content: content.replace(text.encode(), altered.encode())
