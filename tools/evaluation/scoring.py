"""What is right and what is wrong about the answers."""

import collections
import os

# What is to be found at least, in per cent, of each group of alterations and of all.
GROUP_MARKS = {"crop": 98, "flip/rot": 98, "border": 97, "overlay": 96, "composite": 80, "combo": 80}
ALL_MARK = 93
# At k mistakes in n pairs the true rate is below the k-th of these, counted from 0, by n, with 95 % confidence.
POISSON_BOUNDS = (3.0, 4.74, 6.3, 7.75, 9.15, 10.51)


class Query:
    """One picture that is looked up: what it was made from, and whose name is no mistake."""

    def __init__(self, path, photo, source, attack, group, allowed):
        self.path, self.photo, self.source = path, photo, source
        self.attack, self.group, self.allowed = attack, group, allowed


def twins(path):
    """Photos that show the same thing, by name: whoever finds one for the other is right. From truth.tsv."""
    same = collections.defaultdict(set)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                one, other = line.split("\t")[:2]
                same[one].add(other)
                same[other].add(one)
    return same


def query(altered, registered, same):
    """The query of an altered copy: a stranger's when its photo is not registered."""
    seen = {altered.photo, *altered.fillers}
    allowed = seen | {twin for name in seen for twin in same.get(name, ())}
    photo = altered.photo if altered.photo in registered else None
    return Query(altered.path, photo, altered.photo, altered.attack, altered.group, allowed)


class Scored:
    """A query with its answer: which photos were named, rightly and wrongly."""

    def __init__(self, query, answer, names):
        self.query = query
        self.milliseconds = answer["ms"]
        self.status = answer["status"]
        self.matches = []
        for match in answer.get("matches", []):
            self.matches.append((names.get(match.get("id"), "?"), match))
        self.named = [name for name, _ in self.matches]
        self.found = query.photo is not None and query.photo in self.named
        self.kind = next((kind(match) for name, match in self.matches if name == query.photo), None)
        self.wrong = [(name, match) for name, match in self.matches if name not in query.allowed]

    @property
    def row(self):
        wrong = ";".join(f"{name} ({describe(match)})" for name, match in self.wrong)
        right = next((describe(match) for name, match in self.matches if name == self.query.photo), "")
        fields = [
            os.path.basename(os.path.dirname(self.query.path)) + "/" + os.path.basename(self.query.path),
            self.query.source,
            self.query.attack,
            self.query.group,
            "stranger" if self.query.photo is None else "found" if self.found else "lost",
            self.kind or "",
            right,
            wrong,
            f"{self.milliseconds:.1f}",
            str(self.status),
        ]
        return "\t".join(fields)


ROW_HEADING = "# query\tphoto\talteration\tgroup\toutcome\tkind\tmatch\twrong\tmilliseconds\tstatus"


def kind(match):
    """What the match says it is, and for one by PDQ also what geometry made of it."""
    told = match.get("kind", "")
    geometry = match.get("geometry") or {}
    judged = geometry.get("kind") if geometry.get("result") == "confirmed" else geometry.get("result")
    return told if judged is None or judged == told else f"{told}; {judged}"


def describe(match):
    """A match in one line: its kind and every number that says why."""
    told = [kind(match)]
    for facts in (match, match.get("geometry") or {}):
        for key, value in sorted(facts.items()):
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                told.append(f"{key} {value if isinstance(value, int) else round(value, 3)}")
    return ", ".join(told)


def bound(wrong, pairs):
    """The rate per pair that the true one is below, with 95 % confidence."""
    if wrong < len(POISSON_BOUNDS):
        return POISSON_BOUNDS[wrong] / pairs
    return (wrong + 1.65 * wrong**0.5 + 1.4) / pairs


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0
