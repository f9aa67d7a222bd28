#!/usr/bin/env python3
"""Recording and replaying with the real program: what is in the folder, and what comes out of it."""
import pathlib
import re
import signal
import stat
import time
import unittest

from programs import KEY, SECRET, STACK, Simulator, Workplace, clean_environment

PASSWORD = "hunter2-in-user-data"
SECRETIVE = STACK.replace("type: t3.micro", 'type: t3.micro, user_data: "#!/bin/sh\\n' + PASSWORD + '\\n"')
TOKEN = "FwoGZXIvYXdzEJr//a+very/secret=session==token"


class RecordingTest(unittest.TestCase):
    def setUp(self):
        self.simulator = Simulator()
        self.addCleanup(self.simulator.stop)
        self.place = Workplace(self.simulator.url, SECRETIVE)
        self.addCleanup(self.place.close)
        self.folder = pathlib.Path(self.place.folder.name)

    def replay(self, name, *words):
        """Without credentials, settings, state or simulator."""
        self.place.environment = clean_environment(HOME="/nonexistent")
        return self.place.run("replay", name, *words)

    def test_a_deploy_is_recorded_without_secrets_and_replayed_offline(self):
        done = self.place.run("deploy", "shop.yaml", "--record", "rec")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("albatross replay rec\n", done.stderr)
        self.assertEqual(stat.S_IMODE((self.folder / "rec").stat().st_mode), 0o700)
        for file in (self.folder / "rec").iterdir():
            self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600, file)
            for secret in (PASSWORD, KEY, SECRET, "aHVudGVy"):
                self.assertNotIn(secret, file.read_text(), file)
        session = (self.folder / "rec/session.txt").read_text()
        self.assertRegex(session, r"(?m)^>>> ec2 RunInstances\nat \d+\.\d{6}, exchange \d+\nPOST http:")
        self.assertIn("\n| UserData=REDACTED\n", session)
        self.simulator.stop()

        again = self.replay("rec")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertIn("As recorded: ", again.stderr)
        ready = re.compile(r"(?m)^Ready in .*$|http://shop-alb\S+")
        strip = re.compile(r"Ready in \S+")
        self.assertEqual([strip.sub("", line) for line in ready.findall(again.stdout)],
                         [strip.sub("", line) for line in ready.findall(done.stdout)])
        twice = self.place.run("deploy", "shop.yaml", "--record", "rec")
        self.assertEqual(twice.returncode, 2)
        self.assertIn("exists already", twice.stderr)

    def test_every_command_of_a_stacks_life_can_be_replayed(self):
        lives = [("deploy", "shop.yaml"), ("deploy", "shop.yaml"), ("status", "shop"), ("list",),
                 ("validate", "shop.yaml"), ("destroy", "shop", "--yes")]
        codes = [self.place.run(*words, "--record", f"r{number}").returncode
                 for number, words in enumerate(lives)]
        self.assertEqual(codes, [0] * len(lives))
        self.simulator.stop()
        for number, words in enumerate(lives):
            again = self.replay(f"r{number}")
            self.assertEqual(again.returncode, 0, f"{words}: {again.stderr}")
            self.assertIn("As recorded: ", again.stderr, words)

    def test_session_tokens_and_other_accounts_do_not_get_in(self):
        self.place.environment["AWS_SESSION_TOKEN"] = TOKEN
        failed = self.place.run("deploy", "shop.yaml", "--record", "rec")
        self.assertEqual(failed.returncode, 5, failed.stderr)
        session = (self.folder / "rec/session.txt").read_text()
        for part in (TOKEN, TOKEN[:20], SECRET):
            self.assertNotIn(part, session)
        again = self.replay("rec")
        self.assertEqual(again.returncode, 5, again.stderr)
        self.assertIn("As recorded: ", again.stderr)

    def test_a_run_without_credentials_is_recorded_as_one(self):
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            del self.place.environment[name]
        failed = self.place.run("deploy", "shop.yaml", "--record", "rec")
        self.assertEqual(failed.returncode, 5, failed.stderr)
        again = self.replay("rec")
        self.assertEqual(again.returncode, 5, again.stderr)
        self.assertIn("AWS_ACCESS_KEY_ID", again.stderr)

    def begin(self, until, *words):
        process = self.place.start("deploy", "shop.yaml", "--record", "rec", *words)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if until in [call["action"] for call in self.simulator.calls()]:
                return process
            time.sleep(0.01)
        self.fail(f"{until} was not called")

    def test_a_killed_run_leaves_a_recording_of_what_it_did(self):
        process = self.begin("CreateLoadBalancer")
        process.kill()
        process.communicate()
        again = self.replay("rec")
        self.assertEqual(again.returncode, 4, again.stderr)
        self.assertIn("The recording ends here", again.stderr)
        self.assertNotIn("differently", again.stderr)

    def interrupt(self, until, *words):
        """A recorded deploy that is told to stop once that was called; its exit code."""
        process = self.begin(until, *words)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
        self.assertIn("Stopping:", output + errors)
        self.assertRegex((self.folder / "rec/session.txt").read_text(),
                         r"(?m)^=== interrupted\nat [\d.]+\n-- text\n\| requests \d+\n")
        return process.returncode

    def test_an_interrupted_run_is_interrupted_again(self):
        code = self.interrupt("CreateLoadBalancer")
        self.assertEqual(code, 4)
        self.simulator.stop()
        again = self.replay("rec")
        self.assertEqual(again.returncode, 4, again.stderr)
        self.assertIn("Stopping:", again.stdout + again.stderr)
        self.assertIn("As recorded: ", again.stderr)

    def test_a_run_that_is_interrupted_and_rolled_back_is_so_again(self):
        code = self.interrupt("RegisterTargets", "--on-interrupt", "rollback-all")
        self.assertIn(code, (3, 4))
        self.simulator.stop()
        again = self.replay("rec")
        self.assertEqual(again.returncode, code, again.stderr)
        self.assertIn("Stopping:", again.stdout + again.stderr)
        self.assertIn("Rolling back", again.stderr)
        self.assertIn("As recorded: ", again.stderr)

    def test_options_from_variables_are_part_of_the_recording(self):
        code = self.place.run("deploy", "shop.yaml").returncode
        self.assertEqual(code, 0)
        done = self.place.run("destroy", "shop", "--record", "rec", ALBATROSS_YES="1")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.simulator.stop()
        again = self.replay("rec")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertIn("Replaying `destroy shop --yes=1`", again.stderr)
        self.assertIn("As recorded: ", again.stderr)

    def test_a_call_is_recorded_without_its_secrets_and_replayed(self):
        calls = {
            "query": ("ec2", "DescribeVpcs", "Filter.1.Name=is-default", "Filter.1.Value.1=true"),
            "rest": ("efs", "GET /2015-02-01/file-systems", "MaxItems=5"),
            "json": ("ssm", "GetParameter",
                     "Name=/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"),
            "refused": ("ec2", "RunInstances", "UserData=" + "aHVudGVyMiBodW50ZXIy" * 3,
                        "ImageId=ami-00000000000000000", "MinCount=1", "MaxCount=1"),
        }
        shown = {}
        for name, words in calls.items():
            done = self.place.run("call", *words, "--record", name)
            shown[name] = (done.returncode, done.stdout)
        self.simulator.stop()
        self.assertEqual([code for code, _ in shown.values()], [0, 0, 0, 1])
        for name, (code, output) in shown.items():
            session = (self.folder / name / "session.txt").read_text()
            self.assertNotIn("aHVudGVyMiBodW50ZXIy", session)
            again = self.replay(name)
            self.assertEqual(again.returncode, code, again.stderr)
            self.assertIn("As recorded: 1 call", again.stderr)
            if name in ("rest", "json"):
                self.assertEqual(again.stdout, output)

    def test_what_cannot_be_recorded_or_replayed_is_said(self):
        self.assertEqual(self.place.run("sim", "--record", "rec").returncode, 2)
        nothing = self.replay("nowhere")
        self.assertEqual(nothing.returncode, 2)
        self.assertIn("expected a recording", nothing.stderr)


if __name__ == "__main__":
    unittest.main()
