#!/usr/bin/env python3
"""The simulator's page in a real browser (Debian's Chromium, headless) while a stack is deployed.

Exit code 77 when Chromium is not there. ALBATROSS_SCREENSHOTS names a folder to keep pictures in.
"""
import html.parser
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

from programs import ROOT, Simulator, Workplace

CHROMIUM = shutil.which("chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--hide-scrollbars", "--window-size=1400,1500", "--virtual-time-budget=2500"]


class Page(html.parser.HTMLParser):
    """What a browser made of the page: nodes of the graph, and texts by the element's id."""

    def __init__(self, text):
        super().__init__()
        self.nodes = []
        self.links = []
        self.texts = {}
        self.ready = False
        self.within = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "body":
            self.ready = found.get("data-ready") == "yes"
        if "data-type" in found:
            self.nodes.append((found["data-type"], found["data-state"]))
        if "data-from" in found:
            self.links.append((found["data-from"], found["data-to"], found.get("class")))
        if tag not in ("meta", "br", "path", "rect"):
            self.within.append(found.get("id"))

    def handle_endtag(self, tag):
        if tag not in ("meta", "br", "path", "rect") and self.within:
            self.within.pop()

    def handle_data(self, data):
        for name in filter(None, self.within):
            self.texts[name] = self.texts.get(name, "") + data + " "


def browse(url, *flags):
    with tempfile.TemporaryDirectory() as profile:
        return subprocess.run([CHROMIUM, *FLAGS, "--user-data-dir=" + profile, *flags, url],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120)


class PageTest(unittest.TestCase):
    def look(self, name):
        done = browse(self.simulator.url, "--dump-dom")
        self.assertEqual(done.returncode, 0, done.stderr)
        page = Page(done.stdout)
        self.assertTrue(page.ready, done.stdout[:2000] + done.stderr)
        folder = os.environ.get("ALBATROSS_SCREENSHOTS")
        if folder:
            for mode, flags in (("light", ()), ("dark", ("--blink-settings=preferredColorScheme=0",))):
                picture = pathlib.Path(folder, f"{name}-{mode}.png")
                browse(self.simulator.url, f"--screenshot={picture}", *flags)
        return page

    def test_it_shows_a_deployment_as_it_goes(self):
        self.simulator = Simulator()
        self.addCleanup(self.simulator.stop)
        empty = self.look("empty")
        self.assertEqual(empty.nodes, [])
        self.assertIn(self.simulator.url, empty.texts["empty"])
        self.assertIn("subnet", empty.texts["items"])

        # Load balancers take a minute from here on: the browser has time to look.
        place = Workplace(self.simulator.url, (ROOT / "examples/ai-stack.yaml").read_text())
        self.addCleanup(place.close)
        self.simulator.post("time", {"scale": 0.05})
        deploy = place.start("deploy", "shop.yaml")
        self.addCleanup(deploy.kill)
        deadline = time.monotonic() + 60
        while "load-balancer" not in {kind for kind, _ in self.simulator.inventory()}:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)
        midway = self.look("midway")
        self.assertIn(("load-balancer", "provisioning"), midway.nodes)
        self.assertIn("CreateLoadBalancer", midway.texts["calls"])
        self.assertRegex(midway.texts["calls"], r"\d\.\d ms", "how long answering took")

        self.simulator.post("time", {"scale": 8})
        _, errors = deploy.communicate(timeout=120)
        self.assertEqual(deploy.returncode, 0, errors)
        self.simulator.add_faults({"kind": "throttle", "action": "RunInstances", "times": 2})
        done = self.look("done")
        kinds = [kind for kind, _ in done.nodes]
        self.assertEqual({kind: kinds.count(kind) for kind in set(kinds)},
                         {"load-balancer": 1, "listener": 1, "listener-rule": 3, "target-group": 4,
                          "instance": 2, "file-system": 1})
        self.assertIn(("instance", "running"), done.nodes)
        self.assertEqual(sum(tone == "ok" for _, _, tone in done.links), 8, "a link a healthy target")
        self.assertEqual(done.texts["targets"].count("healthy"), 8)
        self.assertIn(".elb.localhost", done.texts["endpoints"])
        self.assertIn("throttle", done.texts["faults"])


if __name__ == "__main__":
    if CHROMIUM is None:
        print("skipped: chromium is not installed (./dev setup browser installs it)")
        sys.exit(77)
    unittest.main()
