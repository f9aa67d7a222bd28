#!/usr/bin/env python3
"""What `albatross sim` is told at its start: a policy and quotas that bind the account."""
import json
import pathlib
import subprocess
import tempfile
import unittest

from programs import ANSWER_LIMIT, BINARY, Simulator, Workplace, clean_environment

POLICY = {"Statement": [{"Effect": "Allow", "Action": ["ec2:Describe*", "ec2:CreateVpc"],
                         "Resource": "*"}]}


class SimOptionsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.policy = pathlib.Path(folder.name, "policy.json")

    def account(self, *options):
        simulator = Simulator("--no-data-plane", *options)
        self.addCleanup(simulator.stop)
        place = Workplace(simulator.url)
        self.addCleanup(place.close)
        return place

    def test_a_policy_binds_the_access_key(self):
        self.policy.write_text(json.dumps(POLICY))
        place = self.account("--policy", str(self.policy))
        self.assertEqual(0, place.run("call", "ec2", "DescribeVpcs").returncode)
        refused = place.run("call", "ec2", "CreateInternetGateway")
        self.assertEqual(5, refused.returncode, refused)
        self.assertIn("UnauthorizedOperation", refused.stderr)

    def test_quotas_bind_the_account(self):
        place = self.account("--quota", "L-F678F1CE=1,L-A4707A72=2")
        refused = place.run("call", "ec2", "CreateVpc", "CidrBlock=10.0.0.0/16")
        self.assertEqual(1, refused.returncode, refused)
        self.assertIn("VpcLimitExceeded", refused.stderr)

    def refusal(self, *options):
        done = subprocess.run([BINARY, "sim", *options], capture_output=True, text=True,
                              timeout=ANSWER_LIMIT, env=clean_environment())
        self.assertEqual(2, done.returncode, done)
        return done.stderr

    def test_what_cannot_be_held_to_is_refused_at_once(self):
        self.assertIn("there is no quota L-0", self.refusal("--quota", "L-0=1"))
        self.assertIn("CODE=NUMBER", self.refusal("--quota", "L-F678F1CE"))
        self.assertIn("CODE=NUMBER", self.refusal("--quota", "L-F678F1CE=many"))
        self.assertIn("cannot read", self.refusal("--policy", str(self.policy)))
        self.policy.write_text("{")
        self.assertIn("no valid JSON", self.refusal("--policy", str(self.policy)))
        self.policy.write_text('{"Statement": [{"Effect": "Allow", "Action": "*"}]}')
        self.assertIn("statement 1 of the policy needs a Resource",
                      self.refusal("--policy", str(self.policy)))


if __name__ == "__main__":
    unittest.main()
