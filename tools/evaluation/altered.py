"""Altered copies of photos, as a thief would make them, kept in a cache from one run to the next."""

import hashlib
import importlib.util
import os
import sys


# What the attack generator's own command takes: as many other photos for collages and pages, scaled to so many
# pixels, and the photo itself scaled to so many before it is altered.
FILLER_COUNT = 24
FILLER_PIXELS = 400_000
PHOTO_PIXELS = 800_000
PICTURES = (".jpg", ".jpeg", ".png", ".webp")


class Altered:
    """One altered copy: where it lies, what it was made from, and which other photos are seen in it."""

    def __init__(self, path, photo, attack, group, fillers):
        self.path, self.photo, self.attack, self.group, self.fillers = path, photo, attack, group, fillers


class RecordingFillers(list):
    """Photos for collages and pages that remember which of them were taken."""

    def __init__(self, photos, names):
        super().__init__(photos)
        self.names, self.taken = names, []

    def __getitem__(self, number):
        self.taken.append(self.names[number])
        return super().__getitem__(number)


def generator(path):
    """The attack generator as a module. Ends the program with a sentence when it is not there."""
    if not os.path.exists(path):
        sys.exit(
            f"tools/evaluate: there is no attack generator at {path}. Name yours in CINNABAR_ATTACKS: a Python file "
            "with a table A of name to (group, function), and load, apply and rng_of."
        )
    description = importlib.util.spec_from_file_location("attacks", path)
    module = importlib.util.module_from_spec(description)
    description.loader.exec_module(module)
    if not module.CJK or not module.LATIN:
        sys.exit("tools/evaluate: the fonts are missing. Install fonts-wqy-zenhei and fonts-dejavu-core.")
    return module


def pictures_in(folder):
    """Names of the pictures in a folder, sorted."""
    return sorted(name for name in os.listdir(folder) if name.lower().endswith(PICTURES))


def filler_names(names):
    """Of these photos, those that collages and pages are filled with: spread over all, the same on every run."""
    return sorted(names, key=lambda name: hashlib.sha256(name.encode()).hexdigest())[:FILLER_COUNT]


class Workshop:
    """Makes altered copies, or finds them made."""

    def __init__(self, attacks_path, filler_folder, cache):
        self.attacks = generator(attacks_path)
        names = filler_names(pictures_in(filler_folder))
        photos = [self.attacks.load(os.path.join(filler_folder, name), FILLER_PIXELS) for name in names]
        self.fillers = RecordingFillers(photos, names)
        key = hashlib.sha256(open(attacks_path, "rb").read() + "\n".join(names).encode()).hexdigest()[:16]
        self.folder = os.path.join(cache, "altered", key)
        os.makedirs(self.folder, exist_ok=True)
        self.index = os.path.join(self.folder, "index.tsv")
        self.made = {}
        if os.path.exists(self.index):
            with open(self.index, encoding="utf-8") as lines:
                for line in lines:
                    fields = line.rstrip("\n").split("\t")
                    # A line that a kill cut short is made again.
                    if len(fields) == 5:
                        self.made[(fields[0], fields[1], fields[2])] = (fields[3], fields[4])

    def attack_names(self, only):
        """All alterations, or those named, in the generator's order. Ends the program when one is unknown."""
        known = list(self.attacks.A)
        unknown = [name for name in only if name not in known]
        if unknown:
            sys.exit(f"tools/evaluate: there is no alteration {', '.join(unknown)}. There are: {', '.join(known)}")
        return [name for name in known if not only or name in only]

    def copies(self, folder, names, attack_names, progress):
        """Every alteration of every photo, in order."""
        found = []
        for name in names:
            source = os.path.join(folder, name)
            # A photo that was exchanged under its name is another photo.
            digest = hashlib.sha256(open(source, "rb").read()).hexdigest()[:16]
            pixels = None
            for attack in attack_names:
                group = self.attacks.A[attack][0]
                there = self.made.get((name, digest, attack))
                if there is None or not os.path.exists(os.path.join(self.folder, there[0])):
                    if pixels is None:
                        pixels = self.attacks.load(source, PHOTO_PIXELS)
                    there = self.make(name, digest, pixels, attack)
                fillers = there[1].split("|") if there[1] else []
                found.append(Altered(os.path.join(self.folder, there[0]), name, attack, group, fillers))
                progress.step()
        return found

    def make(self, name, digest, pixels, attack):
        stem = os.path.splitext(name)[0]
        self.fillers.taken = []
        data, extension = self.attacks.apply(attack, pixels.copy(), stem, self.fillers)
        fillers = "|".join(dict.fromkeys(self.fillers.taken))
        file = os.path.join(f"{stem}-{digest[:4]}", f"{attack.replace('/', '_')}.{extension}")
        path = os.path.join(self.folder, file)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        # Whole or not at all: a kill must not leave half a picture to be searched for.
        with open(path + ".new", "wb") as out:
            out.write(data)
        os.replace(path + ".new", path)
        with open(self.index, "a", encoding="utf-8") as out:
            out.write("\t".join([name, digest, attack, file, fillers]) + "\n")
        return file, fillers
