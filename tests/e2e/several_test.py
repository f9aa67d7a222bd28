#!/usr/bin/env python3
"""Several stacks with one command: the real program against a simulator over signed HTTP."""
import json
import pathlib
import signal
import time
import unittest

from programs import Simulator, Workplace, STACK

NAMES = ["alpha", "beta", "gamma"]


class SeveralTest(unittest.TestCase):
    def setUp(self):
        self.simulator = Simulator()
        self.addCleanup(self.simulator.stop)
        self.place = Workplace(self.simulator.url)
        self.addCleanup(self.place.close)
        for name in NAMES:
            self.write(name, STACK.replace("name: shop", "name: " + name))
        self.files = [name + ".yaml" for name in NAMES]

    def write(self, name, text):
        pathlib.Path(self.place.folder.name, name + ".yaml").write_text(text)

    def states(self):
        listed = json.loads(self.place.run("list", "--output", "json").stdout)
        return {stack["name"]: stack["state"] for stack in listed["stacks"]}

    def test_a_whole_life_of_three(self):
        before = self.simulator.inventory()
        first = self.place.run("deploy", *self.files)
        self.assertEqual(first.returncode, 0, first.stderr)
        for name in NAMES:
            self.assertRegex(first.stdout, rf"s  {name} +Deploying {name} to us-east-1")
            self.assertRegex(first.stdout, rf"s  {name} +ready  http://{name}-alb-\d+\.")
            self.assertRegex(first.stdout, rf"(?m)^{name} +ready +\S+ +{name}-alb-\d+\.us-east-1")
        self.assertRegex(first.stdout, r"(?m)^All 3 ready in ")
        for line in first.stdout.split("\n\n")[0].splitlines():
            self.assertTrue(any(f"s  {name} " in line for name in NAMES), line)

        code, status = self.place.json("status", *NAMES)
        self.assertEqual(code, 0)
        self.assertEqual([s["stack"]["name"] for s in status["stacks"]], NAMES)
        self.assertEqual({s["stack"]["state"] for s in status["stacks"]}, {"ready"})
        text = self.place.run("status", *NAMES).stdout
        for name in NAMES:
            self.assertIn(name, text)

        code, again = self.place.json("deploy", *self.files)
        self.assertEqual(code, 0)
        self.assertEqual([s["outcome"] for s in again["stacks"]], ["done"] * 3)
        self.assertIsNone(again["next_command"])

        gone = self.place.run("destroy", *NAMES, "--yes")
        self.assertEqual(gone.returncode, 0, gone.stderr)
        self.assertRegex(gone.stdout, r"(?m)^All 3 destroyed in ")
        self.assertEqual(self.simulator.inventory(), before)

    def test_a_file_with_mistakes_keeps_all_from_beginning_and_all_mistakes_are_told(self):
        self.write("beta", "name: beta\nservices: {web: {port: 99999}}\nload_balancer: true\n")
        self.write("gamma", "name: gamma\nservises: {}\n")
        refused = self.place.run("deploy", *self.files)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("beta.yaml:2", refused.stderr)
        self.assertIn("gamma.yaml:2", refused.stderr)
        self.assertEqual(self.simulator.calls(), [])
        code, document = self.place.json("deploy", *self.files)
        self.assertEqual(code, 2)
        files = {pathlib.Path(problem["file"]).name for problem in document["problems"]}
        self.assertEqual(files, {"beta.yaml", "gamma.yaml"})

    def test_one_name_twice_and_what_is_of_one_stack_are_refused(self):
        self.write("beta", STACK.replace("name: shop", "name: alpha"))
        twice = self.place.run("deploy", *self.files)
        self.assertEqual(twice.returncode, 2)
        self.assertIn("alpha is in alpha.yaml and in beta.yaml", twice.stderr)
        for option in (["--record", "folder"], ["--trace", "trace.json"]):
            refused = self.place.run("deploy", "alpha.yaml", "gamma.yaml", *option)
            self.assertEqual(refused.returncode, 2, refused.stderr)
            self.assertIn("name one", refused.stderr)
        unknown = self.place.run("destroy", "alpha", "nobody", "--yes")
        self.assertEqual(unknown.returncode, 2)
        self.assertEqual(self.simulator.calls(), [])

    def test_one_that_fails_does_not_hurt_the_others(self):
        self.simulator.add_faults({"kind": "load_balancer_failed", "match": "*beta*",
                                   "message": "no capacity"})
        code, document = self.place.json("deploy", *self.files)
        self.assertEqual(code, 1)
        outcomes = {s["stack"]["name"]: s["outcome"] for s in document["stacks"]}
        self.assertEqual(outcomes, {"alpha": "done", "beta": "failed", "gamma": "done"})
        self.assertIn("deploy beta.yaml", document["next_command"])
        self.assertNotIn("alpha.yaml", document["next_command"])

    def test_events_name_their_stack_and_end_with_a_summary(self):
        done = self.place.run("deploy", *self.files, "--events", "-", "--parallel", "1")
        self.assertEqual(done.returncode, 0, done.stderr)
        events = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual({e["stack"] for e in events[:-1]}, set(NAMES))
        self.assertEqual(sorted(e["stack"] for e in events if e["type"] == "result"), NAMES)
        self.assertEqual(events[-1]["type"], "summary")
        self.assertEqual([s["outcome"] for s in events[-1]["stacks"]], ["done"] * 3)
        # One at a time: each stack's events stand together.
        order = [e["stack"] for e in events[:-1]]
        self.assertEqual(order, sorted(order, key=order.index))
        for name in NAMES:
            past = json.loads("[" + ",".join(
                self.place.run("events", name, "--output", "json").stdout.splitlines()) + "]")
            self.assertEqual({e["stack"] for e in past}, {name})

    def test_an_interruption_stops_all_and_the_command_printed_goes_on(self):
        process = self.place.start("deploy", *self.files)
        deadline = time.monotonic() + 60
        while not {"CreateLoadBalancer"} <= {call["action"] for call in self.simulator.calls()}:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 4, output + errors)
        self.assertIn("To go on with what is not done:", errors)
        words = errors.split("To go on with what is not done:\n")[1].split()
        self.assertEqual(words[1], "deploy")
        again = self.place.run(*words[1:])
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(self.states(), {name: "ready" for name in NAMES})

    def test_after_an_interruption_the_policy_is_for_all(self):
        before = self.simulator.inventory()
        process = self.place.start("deploy", *self.files, "--on-interrupt", "rollback-all")
        deadline = time.monotonic() + 60
        while len([c for c in self.simulator.calls() if c["action"] == "RunInstances"]) < 6:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=90)
        self.assertEqual(process.returncode, 4, output + errors)
        terminated = [i for i in self.simulator.inventory() if i[0] != "instance"]
        self.assertEqual(terminated, [i for i in before if i[0] != "instance"], output + errors)


if __name__ == "__main__":
    unittest.main()
