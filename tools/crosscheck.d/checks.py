"""What each tool checks of an evidence file. A check says which members it reads, so that it is only held to notice a
change in those."""

import base64
import json
import pathlib
import re
import shlex
import shutil
import socket
import subprocess
import tempfile
import time

from toolbox import Missing, SECONDS_LIMIT, run

FILE = "the file"
CONTAINER = "the ZIP"


class Check:
    def __init__(self, tool, kind, subject, members, command):
        self.tool, self.kind, self.subject = tool, kind, subject
        self.members = members
        self.command = command

    def reads(self, path):
        return path in self.members if self.members is not None else path != CONTAINER

    def run(self, folder, file):
        """`passed`, `failed` or `not run`, and the line that the tool said."""
        try:
            passed, said = self.command(folder, file)
        except Missing as missing:
            return "not run", str(missing)
        except subprocess.TimeoutExpired:
            return "failed", f"took longer than {SECONDS_LIMIT} seconds"
        lines = [line for line in said.strip().splitlines() if line.strip()]
        return "passed" if passed else "failed", lines[-1][:200] if lines else "said nothing"


def all_checks(intact, file, tools, given):
    checks = whole(tools, given)
    checks.append(simple("unzip -t", "container", "the ZIP", [CONTAINER],
                         lambda folder, _: [tools.program("unzip"), "-tq", container(folder)]))
    checks += digests(intact, file)
    for folder in sorted(intact.glob("checkpoints/*/*")):
        checks += log_checks(intact, folder.relative_to(intact), tools)
        for anchor in sorted((folder / "anchors").glob("*")):
            checks += anchor_checks(intact, anchor.relative_to(intact), tools)
    for record in sorted(intact.glob("META-INF/evidencerecord-*.ers")):
        checks += record_checks(intact, record.relative_to(intact), tools)
    return checks


def simple(tool, kind, subject, members, arguments, expected=None):
    """A tool that says by its exit status whether it holds, and perhaps by a line besides."""

    def command(folder, file):
        result = run(arguments(folder, file), folder)
        return result.returncode == 0 and (expected is None or expected in result.stdout), result.stdout

    return Check(tool, kind, subject, members, command)


def shell(tool, kind, subject, members, lines, expected):
    """Commands of README.txt, run in a copy, for they leave files behind."""

    def command(folder, file):
        with tempfile.TemporaryDirectory() as scratch:
            copy = pathlib.Path(scratch) / "copy"
            shutil.copytree(folder, copy)
            result = run(["sh", "-c", "\n".join(lines)], copy)
            return result.returncode == 0 and expected in result.stdout, result.stdout

    return Check(tool, kind, subject, members, command)


def container(folder):
    """The evidence file that a folder was unpacked from lies beside it."""
    return f"{folder}.asice"


def whole(tools, given):
    """Unpacked too, where no check sum of the ZIP helps."""

    def verify(evidence, file):
        arguments = [tools.verifier(), str(evidence)]
        arguments += ["--file", str(file)] if file else []
        arguments += ["--trust", str(pathlib.Path(given.trust).resolve())] if given.trust else []
        for block in given.block:
            arguments += ["--block", block]
        result = run(arguments)
        failed = re.findall(r"^  FAILED.*\[(.*)\]$", result.stdout, re.MULTILINE)
        return result.returncode == 0, "fails: " + ", ".join(failed) if failed else result.stdout

    return [
        Check("cinnabar-verify", "container", "the ZIP", [CONTAINER], lambda folder, file: verify(container(folder), file)),
        Check("cinnabar-verify", "all", "the same unpacked", None, verify),
    ]


def digests(intact, file):
    """Of the file in record.json, and of record.json in entry.json."""

    def sha256(path):
        return run(["sha256sum", str(path)]).stdout.split(" ")[0]

    def of_file(folder, file):
        found = sha256(file)
        return json.loads((folder / "record.json").read_bytes())["digests"]["sha256"]["value"] == found, found

    def of_record(folder, _):
        found = sha256(folder / "record.json")
        return json.loads((folder / "entry.json").read_bytes())["sha256"] == found, found

    checks = [Check("sha256sum", "record", "record.json in entry.json", ["record.json", "entry.json"], of_record)]
    if file:
        checks.insert(0, Check("sha256sum", "record", "the file in record.json", [FILE], of_file))
    return checks


def readme_commands(intact, beginning, containing):
    lines = (intact / "README.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip().startswith(beginning) and containing in line]


def log_checks(intact, folder, tools):
    size = folder.name
    signed = folder / "checkpoint.signed"
    note = (intact / signed).read_text(encoding="utf-8")
    key_id = base64.b64decode(note.splitlines()[-1].split(" ")[-1])[:4].hex()
    key = f"trust/log-{key_id}"
    extract = readme_commands(intact, "sed ", str(signed))
    verify = readme_commands(intact, "openssl pkeyutl", f"{key}.pem")[:1]
    checks = [
        shell("openssl pkeyutl", "log", f"checkpoint.signed, size {size}", [str(signed), f"{key}.pem"],
              ["set -e", *extract, *verify], "Verified Successfully"),
        simple("golang.org/x/mod", "log", f"checkpoint.signed, size {size}", [str(signed), f"{key}.vkey"],
               lambda copy, _: [tools.logcheck(), "note", vkey(copy, key), str(copy / signed)]),
    ]
    for name in ("entry.tlog-proof", "lane.tlog-proof"):
        if (intact / folder / name).is_file():
            checks.append(proof_check(intact, folder / name, key, tools))
    return checks


def vkey(folder, key):
    return (folder / f"{key}.vkey").read_text(encoding="utf-8").strip()


def proof_check(intact, proof, key, tools):
    """Of the entry; or in a top log of the lane's checkpoint that holds it."""
    leaves = ["entry.json"]
    if proof.name == "lane.tlog-proof":
        leaves = [str(path.relative_to(intact)) for path in intact.glob("checkpoints/*/*/checkpoint.signed")
                  if (path.parent / "entry.tlog-proof").is_file()]

    def command(folder, _):
        results = [run([tools.logcheck(), "proof", vkey(folder, key), str(folder / proof), str(folder / leaf)])
                   for leaf in leaves]
        good = [result for result in results if result.returncode == 0]
        return bool(good), (good or results)[0].stdout

    members = [str(proof), f"{key}.vkey"] + leaves
    return Check("golang.org/x/mod", "log", f"{proof.name}, size {proof.parent.name}", members, command)


def roots(folder):
    return [str(path) for path in sorted(folder.glob("trust/tsa-*.pem"))]


def anchor_checks(intact, anchor, tools):
    signed = anchor.parent.parent / "checkpoint.signed"
    subject = f"{anchor.name}, size {anchor.parent.parent.name}"
    members = [str(anchor), str(signed)]
    if anchor.name.endswith(".tsr"):
        command = readme_commands(intact, "openssl ts -verify", f"-in {anchor} ")[:1]
        return [
            simple("openssl ts -verify", "tsr", subject, members, lambda *_: shlex.split(command[0]),
                   "Verification: OK"),
            simple("rfc3161-client", "tsr", subject, members, lambda copy, _: [
                *tools.script("rfc3161_check.py", "rfc3161_client"), str(copy / anchor), str(copy / signed),
                *roots(copy)]),
            simple("Bouncy Castle TSP", "tsr", subject, members, lambda copy, _: [
                *tools.java("Timestamp"), str(copy / anchor), str(copy / signed), *roots(copy)]),
        ]
    if anchor.name.endswith(".ots"):
        headers = anchor.parent / f"{anchor.name}-headers.json"
        if not (intact / headers).is_file():
            return []
        return [Check("ots --bitcoin-node", "ots", subject, [*members, str(headers)],
                      lambda copy, _: verify_ots(copy / anchor, copy / headers, copy / signed, tools))]
    if anchor.name.endswith(".evm.json"):
        return [simple("eth-account, rlp, trie", "evm", subject, members, lambda copy, _: [
            *tools.script("evm_receipt.py", "eth_account, rlp, trie"), str(copy / anchor), str(copy / signed)])]
    return []


def verify_ots(proof, headers, signed, tools):
    """The stock client, asking a node on loopback that serves the kept headers and vouches for nothing."""
    client, script = tools.ots(), tools.script("ots_headers_node.py", "opentimestamps")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    node = subprocess.Popen([*script, str(headers), str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if node.poll() is not None:
                return False, "the kept headers do not read"
            time.sleep(0.05)
        result = run([client, "--no-cache", "--no-default-whitelist", "--bitcoin-node", f"http://u:p@127.0.0.1:{port}/",
                      "verify", "-f", str(signed), str(proof)])
        return result.returncode == 0 and "Success!" in result.stdout, result.stdout
    finally:
        # At once: whoever started us may have left the gentler signal blocked.
        node.kill()
        node.wait()


def record_checks(intact, record, tools):
    manifest = record.parent / f"ASiCEvidenceRecordManifest-{record.stem.removeprefix('evidencerecord-')}.xml"
    covered = re.search(r'<asic:DataObjectReference URI="([^"]+)"', (intact / manifest).read_text(encoding="utf-8"))
    signed = covered.group(1)
    return [simple("Bouncy Castle ERS", "ers", f"{record.name}, size {signed.split('/')[-2]}", [str(record), signed],
                   lambda copy, _: [*tools.java("EvidenceRecord"), str(copy / record), str(copy / signed)])]
