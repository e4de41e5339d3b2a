"""Registers photos among distractors, looks up altered copies, and tells what was found and what was named wrongly."""

import argparse
import hashlib
import json
import os
import sys

import altered
import peers
import scoring
from product import Product, linked
from progress import Progress
from report import Report

HERE = os.path.dirname(os.path.abspath(__file__))
# Kinds of packages.tsv whose pictures have no parts in common with each other: any match among them is a mistake.
STRANGER_KINDS = ("photo", "thing")


def arguments():
    parser = argparse.ArgumentParser(prog="tools/evaluate", description=__doc__)
    cache = os.environ.get("CINNABAR_CACHE", os.path.expanduser("~/.cache/cinnabar"))
    parser.add_argument("photos", help="a folder of photos: JPEG, PNG, WebP")
    parser.add_argument("--out", default="evaluation", help="for the results and the log (default: evaluation)")
    parser.add_argument("--distractors", default=os.path.join(cache, "distractors"), help="pictures to register too")
    parser.add_argument("--programs", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--only", default="", help="alterations, with commas between; all when left out")
    parser.add_argument("--limit", type=int, help="only so many photos")
    parser.add_argument("--limit-distractors", type=int, help="only so many distractors")
    parser.add_argument("--hold-out", type=int, default=0, help="so many photos are not registered")
    parser.add_argument("--strangers", type=int, default=300, help="so many distractors are not registered")
    parser.add_argument("--altered-strangers", type=int, default=20, help="so many of those are altered too")
    parser.add_argument("--width", type=int, default=os.cpu_count(), help="searches at once (default: one per core)")
    parser.add_argument("--fresh", action="store_true", help="forget an earlier run in --out")
    parser.add_argument("--prepare", action="store_true", help="only make altered copies and fingerprints")
    parser.add_argument("--report", action="store_true", help="only tell what the answers so far say")
    parser.add_argument("--no-peers", action="store_true", help="leave the peers out")
    options = parser.parse_args()
    options.cache = cache
    options.attacks = os.environ.get("CINNABAR_ATTACKS", os.path.join(HERE, "../../../shared/attacks/attacks.py"))
    return options


def main():
    options = arguments()
    os.makedirs(options.out, exist_ok=True)
    names = altered.pictures_in(options.photos)[: options.limit]
    workshop = altered.Workshop(options.attacks, options.photos, options.cache)
    attack_names = workshop.attack_names([name for name in options.only.split(",") if name])
    held_out = held_out_photos(names, workshop.fillers.names, options.hold_out)
    distractors, strangers = divided_distractors(options)
    registered = {
        name: os.path.join(options.photos, name)
        for name in altered.pictures_in(options.photos)
        if name not in held_out
    }
    registered.update({name: os.path.join(options.distractors, name) for name in distractors})

    copies = made(workshop, options.photos, names, attack_names, "altering photos")
    some = strangers[: options.altered_strangers]
    strange = made(workshop, options.distractors, some, attack_names, "altering strangers")
    same = scoring.twins(os.path.join(HERE, "truth.tsv"))
    queries = [scoring.query(copy, registered, same) for copy in copies + strange]
    for name in strangers:
        path = os.path.join(options.distractors, name)
        queries.append(scoring.Query(path, None, name, "unaltered", "stranger", {name, *same.get(name, ())}))

    if options.prepare:
        if not options.no_peers:
            judged_peers(options, queries, registered)
        return
    names_by_id, answers, seconds, version = asked(options, registered, queries)
    queries = [query for query in queries if query.path in answers]
    scored = [scoring.Scored(query, answers[query.path], names_by_id) for query in queries]
    judged = {} if options.no_peers else judged_peers(options, queries, registered)
    facts = [
        ("program", version),
        ("photos", f"{len(names)} from {options.photos}, {len(held_out)} of them not registered"),
        ("registered", f"{len(registered)}, of them {len(distractors)} distractors, in {seconds:.0f} s"),
        ("queries", f"{len(queries)}, {options.width} at once"),
    ]
    report = Report(scored, len(registered), facts, judged, scored)
    report.write(options.out)
    for line in report.lines():
        print(line)
    print(f"\nEvery query is in {os.path.join(options.out, 'queries.tsv')}, the figures in summary.json beside it.")


def held_out_photos(names, fillers, count):
    """Photos that stay unregistered, none of which fills collages; the same on every run."""
    free = [name for name in names if name not in fillers]
    return set(sorted(free, key=lambda name: hashlib.sha256(name[::-1].encode()).hexdigest())[:count])


def divided_distractors(options):
    """Names to register, and names of strangers to look up; the same on every run over the same folder."""
    if not os.path.isdir(options.distractors):
        sys.exit(f"tools/evaluate: there is no folder {options.distractors}. Run tools/evaluation/distractors first.")
    kinds = {}
    with open(os.path.join(HERE, "packages.tsv"), encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                fields = line.split("\t")
                kinds[fields[0]] = fields[1]
    names = altered.pictures_in(options.distractors)
    names.sort(key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    able = [name for name in names if kinds.get(name.rpartition("-")[0]) in STRANGER_KINDS]
    strangers = able[: options.strangers]
    left = set(strangers)
    return [name for name in names if name not in left][: options.limit_distractors], strangers


def made(workshop, folder, names, attack_names, what):
    return workshop.copies(folder, names, attack_names, Progress(what, len(names) * len(attack_names)))


def asked(options, registered, queries):
    """Registers and searches, going on where an earlier run of the same program over the same pictures stopped."""
    product = Product(options.programs, os.path.abspath(options.out))
    plan = hashlib.sha256("\n".join([product.version, *sorted(registered.values())]).encode()).hexdigest()
    plan_path = os.path.join(options.out, "plan")
    answers_path = os.path.join(options.out, "answers.ndjson")
    same_plan = os.path.exists(plan_path) and open(plan_path, encoding="utf-8").read() == plan
    if options.report:
        with open(product.mark, encoding="utf-8") as file:
            mark = json.load(file)
        return mark["names"], earlier(answers_path), mark["seconds"], product.version
    fresh = options.fresh or not same_plan or not os.path.exists(product.mark)
    answers = {} if fresh else earlier(answers_path)
    if fresh and os.path.exists(answers_path):
        os.remove(answers_path)
    try:
        product.start(fresh)
        if fresh:
            folder = linked(os.path.join(product.folder, "registered"), registered.values())
            product.register([folder], len(registered), Progress("registering", len(registered)))
            with open(plan_path, "w", encoding="utf-8") as out:
                out.write(plan)
        with open(product.mark, encoding="utf-8") as file:
            mark = json.load(file)
        # In an order that mixes photos and alterations, so that a run cut short is a fair sample.
        todo = sorted({query.path for query in queries} - set(answers), key=mixed)
        progress = Progress("searching", len(todo))
        with open(answers_path, "a", encoding="utf-8") as out:

            def answered(path, milliseconds, status, told):
                answer = {"path": path, "ms": milliseconds, "status": status, "matches": told.get("matches", [])}
                answer["notes"] = told.get("notes", told.get("detail", ""))
                out.write(json.dumps(answer) + "\n")
                answers[path] = answer
                progress.step()

            product.search_all(todo, options.width, answered)
    finally:
        product.stop()
    return mark["names"], answers, mark["seconds"], product.version


def mixed(path):
    return hashlib.sha256(path.encode()).hexdigest()


def earlier(path):
    """Answers of a run that was interrupted; only those that came, whole."""
    answers = {}
    if os.path.exists(path):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                if line.endswith("}\n"):
                    answer = json.loads(line)
                    if answer["status"] == 200:
                        answers[answer["path"]] = answer
    return answers


def judged_peers(options, queries, registered):
    cache = peers.PeerCache(options.cache)
    if not cache.functions:
        print("tools/evaluate: no peer is installed (pdqhash, ImageHash, iscc-sdk)", file=sys.stderr)
        return {}
    paths = [query.path for query in queries] + list(registered.values())
    progress = Progress("peers", len(paths))
    rows = {}
    for path in paths:
        rows[path] = cache.fingerprints(path)
        progress.step()
    return peers.judged(queries, registered, rows)


if __name__ == "__main__":
    main()
