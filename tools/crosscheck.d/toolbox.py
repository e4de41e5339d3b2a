"""Where the tools are, and how they are run."""

import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
# The slowest is a Java machine starting; a tool that takes longer hangs.
SECONDS_LIMIT = 120


class Missing(Exception):
    """A tool that is not there and could not be made; the message says why."""


class Toolbox:
    def __init__(self, given):
        self.scratch = pathlib.Path(given.scratch).resolve()
        self.python = self.scratch / "venv" / "bin" / "python"
        self.verifier_given = given.verifier
        self.made = {}

    def prepare(self):
        """Builds what must be built, so that no check's time holds it."""
        for make in (lambda: self.java("Timestamp"), lambda: self.java("EvidenceRecord"), self.logcheck):
            try:
                make()
            except Missing:
                pass  # The check itself says so.

    def program(self, name):
        path = shutil.which(name)
        if not path:
            raise Missing(f"{name} is not installed")
        return path

    def verifier(self):
        built = [HERE.parent.parent / ".build" / kind / "cinnabar-verify" for kind in ("release", "debug")]
        for path in filter(None, [self.verifier_given, shutil.which("cinnabar-verify"), *built]):
            if pathlib.Path(path).is_file():
                return str(path)
        raise Missing("cinnabar-verify is not built: run `swift build -c release`, or give --verifier")

    def script(self, name, module):
        """The command for a Python script here, which needs a package."""
        if not (HERE / name).is_file():
            raise Missing(f"{name} is not here")
        found = self.python.is_file() and subprocess.run(
            [self.python, "-c", f"import {module}"], capture_output=True, check=False
        ).returncode == 0
        if not found:
            raise Missing(f"PyPI's packages could not be installed: see {self.scratch}/pip.log")
        return [str(self.python), str(HERE / name)]

    def ots(self):
        path = self.scratch / "venv" / "bin" / "ots"
        if not path.is_file():
            raise Missing(f"PyPI's opentimestamps-client could not be installed: see {self.scratch}/pip.log")
        return str(path)

    def java(self, name):
        """The command for a Java program here, compiled against Debian's Bouncy Castle."""
        jars = [f"/usr/share/java/{jar}.jar" for jar in ("bcprov", "bcpkix", "bcutil")]
        if not all(pathlib.Path(jar).is_file() for jar in jars):
            raise Missing("Debian's libbcpkix-java is not installed")
        classes = self.scratch / "classes"
        path = ":".join([str(classes), *jars])
        if name not in self.made:
            built = run([self.program("javac"), "-d", str(classes), "-cp", path, str(HERE / f"{name}.java")])
            if built.returncode != 0:
                raise Missing(f"{name}.java does not compile: {built.stdout[-200:]}")
            self.made[name] = [self.program("java"), "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", path, name]
        return self.made[name]

    def logcheck(self):
        if "logcheck" not in self.made:
            if not pathlib.Path("/usr/share/gocode/src/golang.org/x/mod").is_dir():
                raise Missing("Debian's golang-golang-x-mod-dev is not installed")
            program = self.scratch / "logcheck"
            environment = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(self.scratch / "go")}
            source = HERE.parent / "verifiers" / "logcheck.go"
            built = run([self.program("go"), "build", "-o", str(program), str(source)], environment=environment)
            if built.returncode != 0:
                raise Missing(f"logcheck.go does not build: {built.stdout[-200:]}")
            self.made["logcheck"] = str(program)
        return self.made["logcheck"]


def run(command, folder=None, environment=None):
    """Runs a command; what it printed, to either stream, is `stdout`."""
    import os

    return subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace", timeout=SECONDS_LIMIT, check=False, env={**os.environ, **(environment or {})},
    )
