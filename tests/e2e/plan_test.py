#!/usr/bin/env python3
"""Plan, change, drain and simulate, with the real program against a simulator over HTTP."""
import json
import unittest

from programs import Simulator, Workplace, STACK


class PlanTest(unittest.TestCase):
    def setUp(self):
        self.simulator = Simulator()
        self.addCleanup(self.simulator.stop)
        self.place = Workplace(self.simulator.url)
        self.addCleanup(self.place.close)

    def changes(self):
        looks = ("Describe", "Get", "List")
        return [call["action"] for call in self.simulator.calls()
                if not call["action"].startswith(looks) and call.get("error") != "DryRunOperation"]

    def write(self, name, text):
        (self.place.file.parent / name).write_text(text)

    def test_a_plan_reads_only_and_a_deploy_does_it(self):
        first = self.place.run("plan", "shop.yaml")
        self.assertEqual(first.returncode, 0, first.stderr)
        self.assertIn("Plan for shop in us-east-1", first.stdout)
        self.assertIn(" to create", first.stdout)
        self.assertIn("To do it: ", first.stdout)
        self.assertEqual(self.changes(), [])

        self.assertEqual(self.place.run("deploy", "shop.yaml").returncode, 0)
        code, same = self.place.json("plan", "shop.yaml")
        self.assertEqual(code, 0)
        self.assertFalse(same["changes"])
        self.assertTrue(same["exists"])

        self.write("fewer.yaml", STACK.replace("count: 2", "count: 1"))
        code, fewer = self.place.json("plan", "fewer.yaml")
        self.assertEqual(code, 0)
        self.assertEqual([n["node"] for n in fewer["nodes"] if n["action"] == "delete"],
                         ["instance.app.1"])
        done = self.place.run("deploy", "fewer.yaml")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("draining", done.stdout)
        self.assertEqual(self.place.run("destroy", "shop", "--yes", "--no-drain").returncode, 0)

    def test_a_simulation_needs_no_credentials(self):
        simulated = self.place.run("plan", "shop.yaml", "--simulate")
        self.assertEqual(simulated.returncode, 0, simulated.stderr)
        self.assertIn("Critical path", simulated.stdout)
        self.assertIn("ready after", simulated.stdout)
        self.assertNotIn("could not be asked", simulated.stdout)
        self.assertEqual(self.changes(), [])

        self.place.environment.pop("AWS_ACCESS_KEY_ID")
        self.write("faults.json", json.dumps({"rules": [
            {"kind": "api_error", "action": "CreateTargetGroup", "code": "TooManyTargetGroups"}]}))
        drill = self.place.run("plan", "shop.yaml", "--simulate", "--faults", "faults.json")
        self.assertEqual(drill.returncode, 0, drill.stderr)
        self.assertIn("could not be asked", drill.stdout)
        self.assertIn("TooManyTargetGroups", drill.stdout)
        self.assertIn("rolled back", drill.stdout)

        # The faults belong to the recording: elsewhere there is no such file.
        recorded = self.place.run("plan", "shop.yaml", "--simulate", "--faults", "faults.json",
                                  "--record", "session")
        self.assertEqual(recorded.returncode, 0, recorded.stderr)
        (self.place.file.parent / "faults.json").unlink()
        again = self.place.run("replay", "session")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertIn("TooManyTargetGroups", again.stdout)
        self.assertEqual(again.stdout, recorded.stdout)


if __name__ == "__main__":
    unittest.main()
