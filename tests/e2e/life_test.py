#!/usr/bin/env python3
"""Whole lives of a stack, with the real program against a simulator over signed HTTP."""
import signal
import time
import unittest

from programs import Simulator, Workplace, STACK


class LifeTest(unittest.TestCase):
    def setUp(self):
        self.simulator = Simulator()
        self.addCleanup(self.simulator.stop)
        self.place = Workplace(self.simulator.url)
        self.addCleanup(self.place.close)

    def mutations(self, since):
        looks = ("Describe", "Get", "List")
        return [call["action"] for call in self.simulator.calls()
                if call["number"] > since and not call["action"].startswith(looks)]

    def last_call(self):
        return max((call["number"] for call in self.simulator.calls()), default=0)

    def test_deploy_status_deploy_again_and_destroy(self):
        before = self.simulator.inventory()
        first = self.place.run("deploy", "shop.yaml")
        self.assertEqual(first.returncode, 0, first.stderr)
        steps = ["Creating security groups...", "Launching instances...", "Creating ALB...",
                 "Creating target groups...", "Registering instances...",
                 "Waiting for healthy targets..."]
        for step in steps:
            self.assertIn(step, first.stdout)
        self.assertRegex(first.stdout, r"Ready in \S+   http://shop-alb-\d+\.us-east-1\.elb\.")

        code, status = self.place.json("status", "shop")
        self.assertEqual(code, 0)
        self.assertEqual(status["stack"]["state"], "ready")
        self.assertEqual({target["state"] for target in status["targets"]}, {"healthy"})
        self.assertEqual(len(status["targets"]), 4)
        self.assertIn(status["dns_name"], first.stdout)
        self.assertEqual(sorted(status["urls"]), ["api", "web"])
        self.assertNotIn("gone", {line["state"] for line in status["resources"]})

        mark = self.last_call()
        again = self.place.run("deploy", "shop.yaml")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertIn("nothing to change", again.stdout)
        self.assertEqual(self.mutations(mark), [], "an unchanged stack is only looked at")
        listed = self.place.run("list").stdout
        self.assertIn("shop", listed)
        self.assertIn(status["dns_name"], listed)

        gone = self.place.run("destroy", "shop", "--yes")
        self.assertEqual(gone.returncode, 0, gone.stderr)
        self.assertIn("nothing of it is left", gone.stdout)
        self.assertEqual(self.simulator.inventory(), before)
        self.assertEqual(self.place.run("list").stdout, "No stacks.\n")
        receipt, code = self.simulator.stop()
        self.assertIn("The account holds what it held at the start.", receipt)
        self.assertEqual(code, 0)

    def test_a_load_balancer_that_fails_leaves_the_instances_to_the_next_deploy(self):
        self.simulator.add_faults({"kind": "load_balancer_failed", "message": "no capacity"})
        code, failed = self.place.json("deploy", "shop.yaml")
        self.assertEqual(code, 1)
        self.assertEqual(failed["outcome"], "failed")
        self.assertIn("no capacity", failed["failure"]["message"])
        kept = {r["id"] for r in failed["resources"] if r["kind"] == "instance"}
        self.assertEqual(len(kept), 2)
        types = {kind for kind, _ in self.simulator.inventory()}
        self.assertNotIn("load-balancer", types)
        self.assertNotIn("target-group", types)

        code, done = self.place.json("deploy", "shop.yaml")
        self.assertEqual(code, 0)
        self.assertEqual({r["id"] for r in done["resources"] if r["kind"] == "instance"}, kept)
        there = {name for kind, name in self.simulator.inventory() if kind == "instance"}
        self.assertEqual(there, kept, "no second instance")

    def test_targets_that_never_get_healthy_are_each_named(self):
        self.place.file.write_text(STACK + "timeouts: {health: 3s}\n")
        self.simulator.add_faults({"kind": "never_healthy", "match": "*api*", "times": "forever",
                                   "code": "Target.Timeout", "message": "Request timed out"})
        failed = self.place.run("deploy", "shop.yaml")
        self.assertEqual(failed.returncode, 1)
        self.assertRegex(failed.stderr,
                         r"api +app\.0 +i-\w+ +8080 +unhealthy +Target\.Timeout: Request timed out")
        self.assertRegex(failed.stderr, r"api +app\.1 +i-\w+ +8080 +unhealthy +Target\.Timeout")
        self.assertNotRegex(failed.stderr, r"web +app\.\d +i-\w+ +80 +unhealthy")
        self.assertIn("deploy shop.yaml\n", failed.stderr)

    def test_an_interrupted_deploy_can_be_continued_without_duplicates(self):
        process = self.place.start("deploy", "shop.yaml")
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if "CreateLoadBalancer" in [call["action"] for call in self.simulator.calls()]:
                break
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 4, errors)
        self.assertIn("Stopping:", output)
        self.assertRegex(errors, r"To go on:\n  \S+ deploy shop\.yaml\n")

        self.assertEqual(self.place.run("deploy", "shop.yaml").returncode, 0)
        instances = [kind for kind, _ in self.simulator.inventory() if kind == "instance"]
        self.assertEqual(len(instances), 2)

    def test_a_second_run_on_the_stack_is_refused_and_told_by_whom(self):
        first = self.place.start("deploy", "shop.yaml")
        deadline = time.monotonic() + 20
        while not self.simulator.calls() and time.monotonic() < deadline:
            time.sleep(0.005)
        second = self.place.run("deploy", "shop.yaml")
        self.assertEqual(second.returncode, 6, second.stderr)
        self.assertIn(f"deploy by pid {first.pid}", second.stderr)
        _, errors = first.communicate(timeout=60)
        self.assertEqual(first.returncode, 0, errors)


if __name__ == "__main__":
    unittest.main()
