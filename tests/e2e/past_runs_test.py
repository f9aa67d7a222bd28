#!/usr/bin/env python3
"""What is kept of runs: the event stream, history, report, trace, also after a crash and a destroy."""
import json
import os
import pathlib
import signal
import stat
import time
import unittest

from programs import SECRET, STACK, Simulator, Workplace

TOKEN = "albatross-session-token-EXAMPLE"


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


class PastRunsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulator = Simulator()
        cls.addClassCleanup(cls.simulator.stop)

    def setUp(self):
        self.place = Workplace(self.simulator.url)
        self.addCleanup(self.place.close)
        self.addCleanup(self.simulator.reset)

    def path(self, name):
        return pathlib.Path(self.place.folder.name, name)

    def wait_for_call(self, action):
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if action in [call["action"] for call in self.simulator.calls()]:
                return
            time.sleep(0.01)
        self.fail(f"no {action}")

    def test_with_events_on_standard_output_nothing_else_stands_there(self):
        done = self.place.run("deploy", "shop.yaml", "--events", "-")
        self.assertEqual(done.returncode, 0, done.stderr)
        events = lines(done.stdout)
        self.assertEqual(events[0]["type"], "run")
        self.assertEqual(events[0]["format"], 1)
        result = events[-1]
        self.assertEqual((result["type"], result["outcome"], result["exit_code"]),
                         ("result", "done", 0))
        self.assertIn(".elb.", result["dns_name"])
        self.assertEqual(result["urls"]["web"], [f"http://{result['dns_name']}/"])
        self.assertIn("Creating ALB...", done.stderr)
        self.assertIn("Ready in", done.stderr)

    def test_a_command_that_cannot_begin_has_a_result_too(self):
        self.place.file.write_text("name: shop\nnonsense: 1\n")
        failed = self.place.run("deploy", "shop.yaml", "--events", "-")
        self.assertEqual(failed.returncode, 2)
        self.assertEqual([line["type"] for line in lines(failed.stdout)], ["result"])
        both = self.place.run("deploy", "shop.yaml", "--events", "-", "--output", "json")
        self.assertEqual(both.returncode, 2)
        self.assertIn("both want standard output", both.stderr)
        nowhere = self.place.run("deploy", "shop.yaml", "--events", "/nowhere/x")
        self.assertEqual(nowhere.returncode, 2)
        self.assertEqual(self.simulator.calls(), [])

    def test_runs_can_be_looked_at_after_the_stack_is_gone(self):
        self.assertEqual(self.place.run("deploy", "shop.yaml", "--trace", "t.json",
                                        "--events", "e.ndjson").returncode, 0)
        self.assertEqual(self.place.run("destroy", "shop", "--yes").returncode, 0)
        history = self.place.run("history").stdout
        self.assertRegex(history, r"shop +2 +\S+ \S+Z +destroy +\S+ +done +(user )?\S+ on ")
        self.assertRegex(history, r"shop +1 +\S+ \S+Z +deploy +\S+ +done +(user )?\S+ on ")
        code, document = self.place.json("history", "shop")
        self.assertEqual(code, 0)
        self.assertEqual([run["doing"] for run in document["runs"]], ["deploy", "destroy"])
        kept = self.place.run("events", "shop", "--run", "1", "--output", "json").stdout
        self.assertEqual(kept, self.path("e.ndjson").read_text(), "the very stream")
        log = self.place.run("events", "shop").stdout
        self.assertIn("Terminating instances...", log)
        self.assertRegex(log, r"done after \S+\n$")
        self.assertEqual(self.place.run("report", "shop", "--run", "1", "-o", "r.html").returncode, 0)
        page = self.path("r.html").read_text()
        self.assertIn("Critical path", page)
        self.assertIn("Written: shop-run-2.html", self.place.run("report", "shop").stdout)
        self.assertTrue(self.path("shop-run-2.html").exists())
        trace = json.loads(self.path("t.json").read_text())
        names = {event["name"] for event in trace["traceEvents"] if event["ph"] == "X"}
        self.assertIn("load_balancer", names)

    def test_a_killed_run_is_kept_as_far_as_it_came(self):
        process = self.place.start("deploy", "shop.yaml")
        self.wait_for_call("CreateLoadBalancer")
        under_way = self.place.run("history", "shop").stdout
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=20)
        self.assertIn("under way", under_way)
        self.assertRegex(self.place.run("history", "shop").stdout, r"1 .* - +cut off")
        events = lines(self.place.run("events", "shop", "--output", "json").stdout)
        self.assertEqual(events[0]["type"], "run")
        self.assertNotEqual(events[-1]["type"], "result")
        page = self.place.run("report", "shop", "-o", "-").stdout
        self.assertIn("ended without a word", page)
        self.assertIn("load_balancer", page)

    def test_what_is_not_kept_is_said_and_is_wrong_usage(self):
        for words in (["events", "shop"], ["report", "shop"], ["events", "../state"]):
            done = self.place.run(*words)
            self.assertEqual(done.returncode, 2, words)
            self.assertIn("no run of a stack named", done.stderr)
        self.assertEqual(self.place.run("history").stdout, "No runs.\n")

    def test_no_secret_is_in_what_is_kept_and_nobody_else_can_read_it(self):
        self.place.file.write_text(STACK.replace(
            "type: t3.micro}", 'type: t3.micro, user_data: "#!/bin/sh\\nexport DB=hunter2\\n"}'))
        done = self.place.run("deploy", "shop.yaml", "--events", "e.ndjson", "--trace", "t.json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.simulator.add_faults({"kind": "api_error", "action": "TerminateInstances",
                                   "code": "UnauthorizedOperation", "times": "forever"})
        self.place.run("destroy", "shop", "--yes", AWS_SESSION_TOKEN=TOKEN)
        self.place.run("report", "shop", "--run", "1", "-o", "r.html")
        state = self.path("state")
        files = [path for path in state.rglob("*") if path.is_file()]
        self.assertTrue(any(path.name == "000001.ndjson" for path in files), files)
        for path in files + [self.path(name) for name in ("e.ndjson", "t.json", "r.html")]:
            content = path.read_bytes()
            for secret in ("hunter2", SECRET, TOKEN):
                self.assertNotIn(secret.encode(), content, f"{secret} in {path}")
        for path in state.rglob("*"):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode) & 0o077, 0, path)

    def test_the_next_run_knows_about_how_long_it_takes(self):
        first = self.place.run("deploy", "shop.yaml")
        self.assertNotIn("about", first.stdout)
        self.assertEqual(self.place.run("destroy", "shop", "--yes").returncode, 0)
        second = self.place.run("deploy", "shop.yaml")
        self.assertRegex(second.stdout, r"resources, account \d+, region us-east-1, about \d+s")
        third = self.place.run("deploy", "shop.yaml")
        self.assertNotIn("about", third.stdout, "everything is there")

    def test_a_failed_run_ends_with_cause_hint_leftovers_and_commands(self):
        self.simulator.add_faults({"kind": "api_error", "action": "CreateLoadBalancer",
                                   "code": "TooManyLoadBalancers", "times": "forever",
                                   "message": "The maximum number of load balancers has been reached"})
        failed = self.place.run("deploy", "shop.yaml")
        self.assertEqual(failed.returncode, 1)
        block = failed.stderr
        for pattern in (r"while +creating load_balancer\n", r"resource +shop-alb",
                        r"error +TooManyLoadBalancers: The maximum number", r"request +\S{8}",
                        r"hint +\S.*", r"Still there \(\d+\)", r"To try again:\n  \S+ deploy shop.yaml",
                        r"To remove what is there:\n  \S+ destroy shop",
                        r"To see the whole run as a page:\n  \S+ report shop --run 1"):
            self.assertRegex(block, pattern)

    def test_status_watch_ends_by_a_signal_without_failure(self):
        self.assertEqual(self.place.run("deploy", "shop.yaml").returncode, 0)
        watch = self.place.start("status", "shop", "--watch", "--interval", "0.1")
        time.sleep(1)
        watch.send_signal(signal.SIGINT)
        output, errors = watch.communicate(timeout=20)
        self.assertEqual(watch.returncode, 0, errors)
        self.assertEqual(output.count("RESOURCE"), 1, "said once while nothing changes: " + output)
        self.assertEqual(self.place.run("destroy", "shop", "--yes").returncode, 0)


if __name__ == "__main__":
    os.environ.pop("AWS_SESSION_TOKEN", None)
    unittest.main()
