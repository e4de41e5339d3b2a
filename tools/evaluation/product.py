"""Cinnabar as its users have it: a data folder, a server, an import, and searches over HTTP."""

import concurrent.futures
import hashlib
import http.client
import json
import os
import shutil
import subprocess
import sys
import threading
import time
import urllib.parse

# A search that takes longer is a failure to be told of.
TIMEOUT_SECONDS = 120
# A busy server says so; so many times it is asked again.
RETRIES = 20
REFUSED_LIMIT = 10


class Product:
    """One log, served, that registers pictures and looks others up."""

    def __init__(self, programs, folder):
        self.program = os.path.join(programs, "cinnabar")
        self.folder = folder
        self.data = os.path.join(folder, "data")
        self.mark = os.path.join(folder, "registered.json")
        self.server = None
        if not os.access(self.program, os.X_OK):
            sys.exit(f"tools/evaluate: there is no program {self.program}. Build it: swift build -c release")
        self.version = hashlib.sha256()
        for name in ("cinnabar", "cinnabar-decoder"):
            with open(os.path.join(programs, name), "rb") as program:
                self.version.update(program.read())
        self.version = self.version.hexdigest()[:16]

    def run(self, *arguments):
        """What a command prints. Ends the program when the command fails."""
        ran = subprocess.run([self.program, *arguments], capture_output=True, text=True, cwd=self.folder)
        if ran.returncode != 0:
            said = ran.stdout[-600:] + ran.stderr[-600:]
            sys.exit(f"tools/evaluate: cinnabar {arguments[0]} ended with {ran.returncode}: {said}")
        return ran.stdout

    def start(self, fresh):
        """Opens the log for requests, a new one when asked."""
        if fresh:
            shutil.rmtree(self.data, ignore_errors=True)
            if os.path.exists(self.mark):
                os.remove(self.mark)
        if not os.path.exists(self.data):
            self.run("init", "--data", self.data, "--origin", "evaluation.example.org/log")
        tokens = json.loads(self.run("tokens", "create", "--data", self.data, "--account", "default", "--json"))
        self.token = next(value for value in tokens.values() if isinstance(value, str) and value.startswith("cin_"))
        settings = ["--set", "metrics.port=0", "--set", "log.level=error", "--set", "originals.keepByDefault=false"]
        command = [self.program, "serve", "--data", self.data, "--port", "0", "--json", *settings]
        self.server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=self.folder)
        said = ""
        while not said.rstrip().endswith("}"):
            line = self.server.stdout.readline()
            if not line:
                sys.exit("tools/evaluate: cinnabar serve ended before it said where it listens.")
            said += line
        self.url = json.loads(said)["url"]

    def stop(self):
        if self.server:
            self.server.terminate()
            self.server.wait(timeout=60)
            self.server = None

    def register(self, folders, total, progress):
        """Registers every picture of these folders with `cinnabar import`.

        - Returns: id to name, for what was registered, and how many seconds that took.
        """
        command = [self.program, "import", *folders, "--server", self.url, "--json"]
        environment = dict(os.environ, CINNABAR_TOKEN=self.token)
        names, refused, started = {}, [], time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=self.folder) as running:
            for line in running.stdout:
                told = json.loads(line)
                if "registration" in told:
                    names[told["registration"]["id"]] = os.path.basename(told["member"])
                elif "error" in told:
                    refused.append(f"{told['member']}: {told['error']}")
                if "member" in told:
                    progress.step()
        seconds = time.monotonic() - started
        if len(names) + len(refused) != total:
            sys.exit(f"tools/evaluate: cinnabar import told of {len(names) + len(refused)} pictures, not of {total}.")
        for each in refused[:REFUSED_LIMIT]:
            print(f"tools/evaluate: refused: {each}", file=sys.stderr)
        with open(self.mark, "w", encoding="utf-8") as out:
            json.dump({"names": names, "refused": refused, "seconds": seconds}, out)
        return names, seconds

    def search_all(self, paths, width, answered):
        """Looks all of them up, `width` at once, and hands each answer on: path, milliseconds, status, JSON."""
        place = threading.local()

        def search(path):
            with open(path, "rb") as file:
                data = file.read()
            boundary = "cinnabar-evaluation-boundary"
            name = os.path.basename(path)
            head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
            body = head.encode() + data + f"\r\n--{boundary}--\r\n".encode()
            headers = {
                "Authorization": f"Bearer {self.token}",
                "Content-Type": f"multipart/form-data; boundary={boundary}",
            }
            for attempt in range(RETRIES):
                started = time.monotonic()
                try:
                    if not hasattr(place, "connection"):
                        address = urllib.parse.urlsplit(self.url)
                        host, port = address.hostname, address.port
                        place.connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)
                    place.connection.request("POST", "/v1/searches", body, headers)
                    response = place.connection.getresponse()
                    answer = response.read()
                except (http.client.HTTPException, OSError) as error:
                    del place.connection
                    if attempt == RETRIES - 1:
                        return path, 0.0, 0, {"detail": str(error)}
                    time.sleep(0.5)
                    continue
                milliseconds = (time.monotonic() - started) * 1000
                if response.status == 503 and attempt < RETRIES - 1:
                    time.sleep(0.5)
                    continue
                return path, milliseconds, response.status, json.loads(answer or b"{}")

        with concurrent.futures.ThreadPoolExecutor(width) as pool:
            for answer in pool.map(search, paths):
                answered(*answer)


def linked(folder, sources):
    """A fresh folder with exactly these files in it: linked, or copied where the disk is another one."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for source in sources:
        target = os.path.join(folder, os.path.basename(source))
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)
    return folder
