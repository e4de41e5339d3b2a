"""The tables: recall, wrong names, kinds, times, and the peers beside them."""

import collections
import json
import os

import scoring


class Report:
    """All scored queries, and what the peers make of the same ones."""

    def __init__(self, scored, registered_count, facts, peers, judged_numbers):
        self.facts, self.peers, self.registered_count = facts, peers, registered_count
        self.scored = scored
        self.copies = [each for each in scored if each.query.photo is not None]
        self.strangers = [each for each in scored if each.query.photo is None]
        # Peers count queries by number among those they saw.
        self.number = {id(each): number for number, each in enumerate(judged_numbers)}

    def lines(self):
        yield from (f"# {name}: {value}" for name, value in self.facts)
        yield from self.table("group", lambda each: each.query.group, scoring.GROUP_MARKS)
        yield ""
        yield from self.table("alteration", lambda each: each.query.attack, {})
        yield ""
        yield from self.mistakes()
        yield ""
        yield from self.kinds()
        yield ""
        yield from self.times()

    def recall(self, several):
        return 100 * sum(each.found for each in several) / max(len(several), 1)

    def recalls(self, key):
        groups = collections.defaultdict(list)
        for each in self.copies:
            groups[key(each)].append(each)
        return {name: self.recall(several) for name, several in groups.items()}

    def columns(self):
        for key, result in self.peers.items():
            for number in (0, 1):
                yield key, number, f"{result['title']} ≤{result['at'][number]['distance']}"

    def table(self, heading, key, marks):
        columns = list(self.columns())
        yield "\t".join([f"{heading:<30}", "queries", "found %", "mark", "wrong", *[title for _, _, title in columns]])
        groups = collections.OrderedDict()
        for each in self.copies:
            groups.setdefault(key(each), []).append(each)
        rows = list(groups.items()) + [("all", self.copies)]
        for name, several in rows:
            mark = scoring.ALL_MARK if name == "all" else marks.get(name)
            fields = [f"{name:<30}", f"{len(several):>7}", f"{self.recall(several):7.2f}"]
            fields.append(f"≥ {mark}" if mark else "")
            fields.append(str(sum(len(each.wrong) for each in several)))
            for peer, at, title in columns:
                found = self.peers[peer]["at"][at]["found"]
                seen = [each for each in several if id(each) in self.number]
                share = 100 * sum(self.number[id(each)] in found for each in seen) / max(len(seen), 1)
                fields.append(f"{share:{len(title)}.1f}")
            yield "\t".join(fields)

    def mistakes(self):
        wrong = [each for each in self.scored if each.wrong]
        count = sum(len(each.wrong) for each in wrong)
        pairs = self.pairs
        among = f"among {self.registered_count} registered"
        yield f"wrong photos named          {count} in {len(self.scored)} queries, {among}"
        strangers = sum(len(each.wrong) for each in self.strangers)
        yield f"  by pictures of strangers  {strangers} in {len(self.strangers)} queries that must match nothing"
        below = f"below {scoring.bound(count, pairs):.2e} (95 %)"
        yield f"rate per pair               {count / pairs:.2e} of {pairs:.3g} pairs; {below}"
        for result in self.peers.values():
            told = ", ".join(f"{at['wrong']} at ≤{at['distance']}" for at in result["at"])
            yield f"  {result['title']:<25} {told} of {result['pairs']:.3g} pairs"
        refused = collections.Counter(each.status for each in self.scored if each.status != 200)
        if refused:
            yield f"answers other than 200      {dict(refused)}"
        for each in wrong[:40]:
            names = "; ".join(f"{name}: {scoring.describe(match)}" for name, match in each.wrong)
            yield f"  {each.query.source} / {each.query.attack} → {names}"

    @property
    def pairs(self):
        return max(sum(self.registered_count - len(each.query.allowed) for each in self.scored), 1)

    def kinds(self):
        yield "kinds named, by group"
        groups = collections.OrderedDict()
        for each in self.copies:
            groups.setdefault(each.query.group, collections.Counter())[each.kind or "not found"] += 1
        for name, counter in groups.items():
            told = ", ".join(f"{kind} {count}" for kind, count in counter.most_common())
            yield f"  {name:<12} {told}"

    def times(self):
        times = [each.milliseconds for each in self.scored if each.status == 200]
        shares = ((0.5, "50 %"), (0.9, "90 %"), (0.99, "99 %"), (1.0, "slowest"))
        told = ", ".join(f"{title} {scoring.percentile(times, share):.0f}" for share, title in shares)
        yield f"milliseconds a search, over HTTP: {told}"

    def write(self, folder):
        """The same for machines: every query, every alteration, and a summary."""
        with open(os.path.join(folder, "queries.tsv"), "w", encoding="utf-8") as out:
            out.write(scoring.ROW_HEADING + "\n")
            out.writelines(each.row + "\n" for each in self.scored)
        with open(os.path.join(folder, "report.txt"), "w", encoding="utf-8") as out:
            out.writelines(line + "\n" for line in self.lines())
        wrong = sum(len(each.wrong) for each in self.scored)
        summary = {
            "facts": dict(self.facts),
            "queries": len(self.scored),
            "registered": self.registered_count,
            "recall": {
                "all": self.recall(self.copies),
                "groups": self.recalls(lambda each: each.query.group),
                "alterations": self.recalls(lambda each: each.query.attack),
            },
            "wrong": wrong,
            "pairs": self.pairs,
            "rate": wrong / self.pairs,
            "rateBelow": scoring.bound(wrong, self.pairs),
            "peers": {
                key: [
                    {
                        "distance": at["distance"],
                        "recall": 100 * len(at["found"]) / max(len(self.copies), 1),
                        "wrong": at["wrong"],
                    }
                    for at in result["at"]
                ]
                for key, result in self.peers.items()
            },
        }
        with open(os.path.join(folder, "summary.json"), "w", encoding="utf-8") as out:
            json.dump(summary, out, indent=2, sort_keys=True)
            out.write("\n")
