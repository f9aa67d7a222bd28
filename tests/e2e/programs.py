"""The program under test and a simulator of its own, for the tests in this folder.

The environment names the program: ALBATROSS_BINARY or ALBATROSS, default build/release/albatross.
"""
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BINARY = str(pathlib.Path(os.environ.get("ALBATROSS_BINARY") or os.environ.get("ALBATROSS")
                          or ROOT / "build/release/albatross").resolve())
# How long any one answer may take: a program that has stopped answering is named, not waited for.
ANSWER_LIMIT = 20
KEY = "AKIAALBATROSSEXAMPLE"
SECRET = "albatross/simulator/EXAMPLE/secret+key00"

STACK = """\
name: shop
region: us-east-1
instances: {count: 2, type: t3.micro}
services:
  web: {port: 80, health: {path: /, interval: 10s}}
  api: {port: 8080, health: {path: /up, interval: 10s}, route: {paths: [/api/*]}}
load_balancer: true
poll_interval: 100ms
"""


def clean_environment(**values):
    """Nobody's own settings take part."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "ALBATROSS", "XDG_"))}
    for name in ("NO_COLOR", "CI", "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
        kept.pop(name, None)
    return {**kept, "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
            "AWS_EC2_METADATA_DISABLED": "true", "LC_ALL": "C.UTF-8", **values}


class Simulator:
    """One `albatross sim` as its own process, with AWS's delays all but gone."""

    def __init__(self, *arguments):
        self.folder = tempfile.TemporaryDirectory()
        self.ready = pathlib.Path(self.folder.name, "url")
        log = pathlib.Path(self.folder.name, "calls.log")
        self.process = subprocess.Popen(
            [BINARY, "sim", "--times", "fast", "--speed", "4", "--ready-file", str(self.ready),
             "--log", str(log), *arguments],
            stdout=subprocess.PIPE, text=True, env=clean_environment())
        deadline = time.monotonic() + 30
        while not self.ready.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the simulator did not start")
            time.sleep(0.005)
        self.url = self.ready.read_text().strip()

    def get(self, path):
        """What the control endpoint says."""
        return self.ask(urllib.request.Request(self.url + "/_albatross/" + path))

    def ask(self, request):
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_LIMIT) as answer:
                return answer.read()
        except urllib.error.HTTPError:
            raise
        except (TimeoutError, urllib.error.URLError) as error:
            raise AssertionError(f"{request.full_url}: {error}; the simulator is "
                                 f"{self.whereabouts()}") from error

    def whereabouts(self):
        """Where the process is, for whoever finds that it does not answer."""
        if self.process.poll() is not None:
            return f"gone (exit code {self.process.returncode})"
        try:
            folder = pathlib.Path("/proc", str(self.process.pid))
            status = (folder / "status").read_text()
            state = next(line for line in status.splitlines() if line.startswith("State:"))
            return f"there ({state.split(None, 1)[1]}, in {(folder / 'wchan').read_text()})"
        except (OSError, StopIteration):
            return "there"

    def state(self):
        return json.loads(self.get("state"))

    def inventory(self):
        """What the account holds, without states that change by themselves."""
        return sorted((item["type"], item["id"]) for item in self.state()["items"])

    def calls(self):
        return self.state()["calls"]

    def post(self, what, body):
        """To the control endpoint."""
        data = json.dumps(body).encode()
        self.ask(urllib.request.Request(f"{self.url}/_albatross/{what}", data=data))

    def add_faults(self, *rules):
        self.post("faults", {"rules": list(rules)})

    def reset(self):
        self.post("reset", {})

    def stop(self):
        """Ends it as a user would; what it said at its end, and its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            output, _ = self.process.communicate(timeout=ANSWER_LIMIT)
        except subprocess.TimeoutExpired:
            where = self.whereabouts()
            self.process.kill()
            self.process.communicate()
            raise AssertionError(f"the simulator does not end; it is {where}") from None
        finally:
            self.folder.cleanup()
        return output, self.process.returncode


class Workplace:
    """A folder with a stack file and a state of its own, pointed at a simulator."""

    def __init__(self, url, stack=STACK):
        self.folder = tempfile.TemporaryDirectory()
        self.file = pathlib.Path(self.folder.name, "shop.yaml")
        self.file.write_text(stack)
        self.environment = clean_environment(
            AWS_ENDPOINT_URL=url, AWS_ACCESS_KEY_ID=KEY, AWS_SECRET_ACCESS_KEY=SECRET,
            AWS_REGION="us-east-1", ALBATROSS_STATE_DIR=self.folder.name + "/state")

    def start(self, *words, **environment):
        return subprocess.Popen([BINARY, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, cwd=self.folder.name,
                                env={**self.environment, **environment})

    def run(self, *words, **environment):
        process = self.start(*words, **environment)
        try:
            output, errors = process.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()
            output, errors = process.communicate()
            raise AssertionError(f"{' '.join(words)} does not end; it said:\n{output}{errors}") from None
        return subprocess.CompletedProcess(words, process.returncode, output, errors)

    def json(self, *words, **environment):
        """The exit code and the one document on standard output."""
        done = self.run(*words, "--output", "json", **environment)
        return done.returncode, json.loads(done.stdout)

    def close(self):
        self.folder.cleanup()
