"""Runs stock tools on an evidence file and on tampered copies of it. Called by tools/crosscheck, which installs them."""

import argparse
import json
import os
import pathlib
import shutil
import sys
import tempfile
import time
import zipfile

from checks import all_checks, container
from tamperings import all_tamperings
from toolbox import Toolbox


def arguments():
    parser = argparse.ArgumentParser(prog="tools/crosscheck")
    parser.add_argument("evidence", metavar="FILE.asice")
    parser.add_argument("file", metavar="FILE", nargs="?", help="the registered file")
    parser.add_argument("--trust", help="a trust bundle for cinnabar-verify")
    parser.add_argument("--block", action="append", default=[], help="a block that cinnabar-verify is to believe in")
    parser.add_argument("--verifier", help="cinnabar-verify, if it is not on the path or in .build")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--no-tampering", action="store_true", help="the intact file only")
    parser.add_argument("--scratch", required=True, help=argparse.SUPPRESS)
    return parser.parse_args()


def main():
    given = arguments()
    for path in filter(None, [given.evidence, given.file, given.trust]):
        if not os.path.isfile(path):
            sys.exit(f"tools/crosscheck: there is no file {path}")
    tools = Toolbox(given)
    tools.prepare()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        intact = scratch / "intact"
        try:
            zipfile.ZipFile(given.evidence).extractall(intact)
        except zipfile.BadZipFile:
            sys.exit(f"tools/crosscheck: {given.evidence} is no ZIP file")
        shutil.copyfile(given.evidence, container(intact))
        file = pathlib.Path(given.file).resolve() if given.file else None
        checks = all_checks(intact, file, tools, given)
        rows = [{"check": check, **timed(check, intact, file)} for check in checks]
        copies = 0
        for tampering in [] if given.no_tampering else all_tamperings(intact, file):
            copy, altered = scratch / "tampered", scratch / "file"
            shutil.copytree(intact, copy)
            shutil.copyfile(given.evidence, container(copy))
            if file:
                shutil.copyfile(file, altered)
            tampering.apply(copy, altered)
            copies += 1
            for row in rows:
                check = row["check"]
                if row["status"] != "passed" or not check.reads(tampering.path):
                    continue
                outcome = timed(check, copy, altered if file else None)
                row["tampered"].append((tampering.name, outcome["status"] == "failed", outcome["said"]))
            shutil.rmtree(copy)
    (print_json if given.json else print_table)(rows, copies)
    if any(row["status"] == "failed" or not all(held for _, held, _ in row["tampered"]) for row in rows):
        sys.exit(1)
    sys.exit(3 if any(row["status"] == "not run" for row in rows) else 0)


def timed(check, folder, file):
    began = time.perf_counter()
    status, said = check.run(folder, file)
    return {"status": status, "said": said, "seconds": time.perf_counter() - began, "tampered": []}


def print_table(rows, copies):
    widths = [max(len(row["check"].tool) for row in rows), max(len(row["check"].subject) for row in rows)]
    print(f"{'tool':{widths[0]}}  {'what':{widths[1]}}  intact   tampered copies")
    for row in rows:
        caught = sum(held for _, held, _ in row["tampered"])
        tampered = f"{caught} of {len(row['tampered'])} fail" if row["tampered"] else ""
        print(f"{row['check'].tool:{widths[0]}}  {row['check'].subject:{widths[1]}}  {row['status']:7}  {tampered}".rstrip())
        if row["status"] != "passed":
            print(f"    {row['said']}")
        for name, held, said in row["tampered"]:
            if not held:
                print(f"    NOT CAUGHT: {name}: {said}")
    run = [row for row in rows if row["status"] != "not run"]
    passed = sum(row["status"] == "passed" for row in run)
    every = sum(len(row["tampered"]) for row in run)
    caught = sum(held for row in run for _, held, _ in row["tampered"])
    print(
        f"\n{passed} of {len(run)} checks by {len({row['check'].tool for row in run})} tools pass; "
        f"{caught} of {every} runs on {copies} tampered copies fail as they must."
    )


def print_json(rows, copies):
    print(json.dumps({
        "copies": copies,
        "checks": [
            {
                "tool": row["check"].tool, "subject": row["check"].subject, "kind": row["check"].kind,
                "status": row["status"], "said": row["said"], "seconds": round(row["seconds"], 4),
                "tampered": [{"what": name, "fails": held, "said": said} for name, held, said in row["tampered"]],
            }
            for row in rows
        ],
    }, indent=2))


if __name__ == "__main__":
    main()
