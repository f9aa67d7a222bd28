#!/usr/bin/env python3
"""Interrupted, killed, locked out, rolled back: the real program, real signals, real terminals."""
import os
import pty
import re
import select
import signal
import subprocess
import time
import unittest

from programs import BINARY, SECRET, Simulator, Workplace


def until(condition, what, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("never happened: " + what)
        time.sleep(0.02)


class OnTerminal:
    """The program on a terminal; what it writes, and keys for it."""

    def __init__(self, place, *words):
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [BINARY, *words], stdin=slave, stdout=slave, stderr=slave, cwd=place.folder.name,
            start_new_session=True, env={**place.environment, "TERM": "dumb"})
        os.close(slave)
        self.text = ""

    def read(self, seconds):
        if not select.select([self.master], [], [], seconds)[0]:
            return True
        try:
            chunk = os.read(self.master, 65536)
        except OSError:
            return False
        self.text += chunk.decode()
        return bool(chunk)

    def await_text(self, pattern, seconds=60):
        deadline = time.monotonic() + seconds
        while not re.search(pattern, self.text):
            if not self.read(0.5) or time.monotonic() > deadline:
                raise AssertionError(f"{pattern!r} was never said:\n{self.text}")

    def type(self, text):
        os.write(self.master, text.encode())

    def end(self):
        while self.read(0.5) and self.process.poll() is None:
            pass
        while self.read(0.1) and select.select([self.master], [], [], 0)[0]:
            pass
        os.close(self.master)
        return self.process.wait(timeout=60)


class SafetyTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulator = Simulator()
        cls.addClassCleanup(cls.simulator.stop)

    def setUp(self):
        self.place = Workplace(self.simulator.url)
        self.addCleanup(self.place.close)
        self.addCleanup(self.simulator.reset)
        self.before = self.simulator.inventory()

    def has(self, kind):
        return any(item[0] == kind for item in self.simulator.inventory())

    def begin(self, *options):
        """A deploy in the middle: the load balancer exists, not much after it does."""
        process = self.place.start("deploy", "shop.yaml", *options)
        until(lambda: self.has("load-balancer"), "a load balancer")
        return process

    def test_the_first_signal_keeps_what_is_there_and_prints_the_command_that_goes_on(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            process = self.begin("--step-timeout", "health=10m")
            process.send_signal(number)
            _, errors = process.communicate(timeout=30)
            self.assertEqual(process.returncode, 4, errors)
            self.assertIn("deploy shop.yaml --step-timeout health=10m", errors)
            self.assertTrue(self.has("load-balancer"))
            self.assertEqual(self.place.run("deploy", "shop.yaml").returncode, 0)
            self.assertEqual(self.place.run("destroy", "shop", "--yes").returncode, 0)
            self.assertEqual(self.simulator.inventory(), self.before)

    def test_on_interrupt_rolls_back_what_it_says(self):
        process = self.begin("--on-interrupt", "rollback-alb")
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 4, errors)
        self.assertIn("Checked by tag and record", errors)
        self.assertFalse(self.has("load-balancer"))
        self.assertTrue(self.has("instance"))
        process = self.begin("--on-interrupt", "rollback-all", "--output", "json")
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 4, errors)
        self.assertIn('"clean": true', output)
        self.assertEqual(self.simulator.inventory(), self.before)

    def test_on_a_terminal_it_asks(self):
        for key, left in (("k", {"load-balancer", "instance"}), ("b", {"instance"}), ("a", set())):
            terminal = OnTerminal(self.place, "deploy", "shop.yaml")
            until(lambda: terminal.read(0.05) and self.has("load-balancer"), "a load balancer")
            terminal.process.send_signal(signal.SIGINT)
            terminal.await_text(r"\[k/b/a\] ")
            terminal.type(key + "\n")
            self.assertEqual(terminal.end(), 4, terminal.text)
            for kind in ("load-balancer", "instance"):
                self.assertEqual(self.has(kind), kind in left, key + " " + kind + terminal.text)
        self.place.run("destroy", "shop", "--yes")

    def test_a_second_signal_at_the_question_leaves_at_once_and_nothing_is_lost(self):
        terminal = OnTerminal(self.place, "deploy", "shop.yaml")
        until(lambda: terminal.read(0.05) and self.has("load-balancer"), "a load balancer")
        terminal.process.send_signal(signal.SIGINT)
        terminal.await_text(r"\[k/b/a\] ")
        terminal.process.send_signal(signal.SIGINT)
        self.assertEqual(terminal.end(), 4, terminal.text)
        self.assertRegex(terminal.text, r"To go on:\s+\S+ deploy shop.yaml")
        self.assertEqual(self.place.run("destroy", "shop", "--yes").returncode, 0)
        self.assertEqual(self.simulator.inventory(), self.before)

    def test_killed_at_any_time_the_next_command_goes_on(self):
        for pause in (0.05, 0.15, 0.4, 0.9):
            process = self.place.start("deploy", "shop.yaml")
            time.sleep(pause)
            process.kill()
            process.communicate(timeout=30)
            self.assertEqual(self.place.run("deploy", "shop.yaml").returncode, 0)
            process = self.place.start("destroy", "shop", "--yes")
            time.sleep(pause)
            process.kill()
            process.communicate(timeout=30)
            self.assertIn(self.place.run("destroy", "shop", "--yes").returncode, (0, 2))
            self.assertEqual(self.simulator.inventory(), self.before)

    def test_a_second_run_on_the_stack_is_refused_with_who_holds_it(self):
        process = self.begin()
        refused = self.place.run("destroy", "shop", "--yes")
        self.assertEqual(refused.returncode, 6, refused.stderr)
        self.assertRegex(refused.stderr,
                         rf"deploy by pid {process.pid} on \S+ since \d{{4}}-\d\d-\d\dT\d\d:")
        code, document = self.place.json("deploy", "shop.yaml")
        self.assertEqual(code, 6)
        self.assertIn(str(process.pid), document["failure"]["message"])
        process.kill()
        process.communicate(timeout=30)
        self.assertEqual(self.place.run("deploy", "shop.yaml").returncode, 0, "no lock is stale")
        self.assertEqual(self.place.run("destroy", "shop", "--yes").returncode, 0)

    def test_rollback_removes_the_load_balancers_part_or_all_and_proves_it(self):
        self.assertEqual(self.place.run("deploy", "shop.yaml").returncode, 0)
        unasked = self.place.run("rollback", "shop")
        self.assertEqual(unasked.returncode, 2)
        self.assertIn("give --yes", unasked.stderr)
        done = self.place.run("rollback", "shop", "--yes")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Checked by tag and record in ELB: nothing is left", done.stdout)
        self.assertFalse(self.has("load-balancer"))
        self.assertTrue(self.has("instance"))
        code, document = self.place.json("rollback", "shop", "--all", "--yes")
        self.assertEqual(code, 0)
        self.assertTrue(document["receipt"]["clean"])
        self.assertEqual(document["stack"]["state"], "rolled back")
        self.assertEqual(self.simulator.inventory(), self.before)

    def test_on_failure_is_stronger_than_the_file(self):
        self.simulator.add_faults({"kind": "api_error", "action": "CreateListener",
                                   "code": "TooManyListeners", "times": "forever"})
        failed = self.place.run("deploy", "shop.yaml", "--on-failure", "keep")
        self.assertEqual(failed.returncode, 1, failed.stderr)
        self.assertTrue(self.has("load-balancer"))
        failed = self.place.run("deploy", "shop.yaml", "--on-failure", "rollback-all")
        self.assertEqual(failed.returncode, 1, failed.stderr)
        self.assertEqual(self.simulator.inventory(), self.before)

    def test_what_cannot_be_removed_is_listed_with_a_command_for_each(self):
        self.assertEqual(self.place.run("deploy", "shop.yaml").returncode, 0)
        self.simulator.add_faults({"kind": "api_error", "action": "DeleteLoadBalancer",
                                   "code": "OperationNotPermitted", "times": "forever"})
        left = self.place.run("destroy", "shop", "--yes")
        self.assertEqual(left.returncode, 3, left.stderr)
        self.assertRegex(left.stderr, r"aws elbv2 delete-load-balancer --load-balancer-arn arn:\S+ "
                                      r"--region us-east-1")
        self.simulator.reset()

    def test_no_secret_is_in_any_file_of_the_state(self):
        self.place.file.write_text(self.place.file.read_text().replace(
            "instances: {", 'instances: {user_data: "#!/bin/sh\\nlogin hunter2\\n", '))
        self.assertEqual(self.place.run("deploy", "shop.yaml").returncode, 0)
        for folder, _, names in os.walk(self.place.folder.name + "/state"):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    content = file.read()
                self.assertNotIn(b"hunter2", content, name)
                self.assertNotIn(SECRET.encode(), content, name)
                self.assertEqual(os.stat(os.path.join(folder, name)).st_mode & 0o077, 0, name)


if __name__ == "__main__":
    unittest.main()
