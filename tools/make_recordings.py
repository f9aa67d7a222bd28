#!/usr/bin/env python3
"""Makes the recordings under fixtures/recordings anew, against `albatross sim`.

usage: make_recordings.py [NAME...]

Each scenario gets a simulator of its own, so its ids and times are its own too. The tests in
tests/recordings/fixtures_test.cpp replay them: run those after a change.
"""
import pathlib
import shutil
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "e2e"))
from programs import Simulator, Workplace  # noqa: E402

RECORDINGS = ROOT / "fixtures" / "recordings"

STACK = """\
# Its user data holds a secret, which no recording may hold.
name: shop
region: us-east-1
network: {vpc: create}
storage: {efs: true}
instances:
  count: 2
  type: t3.micro
  user_data: |
    #!/bin/sh
    serve --password=hunter2-hunter2
services:
  web: {port: 80, health: {path: /, interval: 10s}}
  api: {port: 8080, health: {path: /up, interval: 10s}, route: {paths: [/api/*]}}
load_balancer: true
poll_interval: 250ms
"""
IMPATIENT = STACK + "timeouts: {health: 4s}\n"
DEPLOY = ("deploy", "shop.yaml")
DESTROY = ("destroy", "shop", "--yes")


class Scenario:
    """What is run first without being recorded, what goes wrong, what is recorded, how it ends.

    interrupt_at: the action at whose first call the command gets a SIGINT."""

    def __init__(self, command, exit_code=0, before=(), faults=(), stack=STACK, interrupt_at=None):
        self.command, self.exit_code = command, exit_code
        self.before, self.faults, self.stack = before, faults, stack
        self.interrupt_at = interrupt_at

    def run(self, simulator, place, target):
        words = (*self.command, "--record", str(target))
        if not self.interrupt_at:
            return place.run(*words)
        process = place.start(*words)
        while self.interrupt_at not in [call["action"] for call in simulator.calls()]:
            if process.poll() is not None:
                sys.exit(f"{self.interrupt_at} was not called")
            time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
        return subprocess.CompletedProcess(words, process.returncode, output, errors)


SCENARIOS = {
    "deploy": Scenario(DEPLOY),
    "deploy_unchanged": Scenario(DEPLOY, before=(DEPLOY,)),
    "destroy": Scenario(DESTROY, before=(DEPLOY,)),
    "status": Scenario(("status", "shop"), before=(DEPLOY,)),
    "load_balancer_fails": Scenario(
        DEPLOY, 1, faults=({"kind": "load_balancer_failed", "message": "no capacity"},)),
    "targets_unhealthy": Scenario(
        DEPLOY, 1, stack=IMPATIENT,
        faults=({"kind": "never_healthy", "match": "*api*", "times": "forever",
                 "code": "Target.Timeout", "message": "Request timed out"},)),
    "throttled": Scenario(
        DEPLOY, faults=({"kind": "throttle", "action": "RunInstances", "times": 2},
                        {"kind": "throttle", "action": "Describe*", "skip": 5, "times": 3},
                        {"kind": "reset_before", "action": "CreateTargetGroup"},
                        {"kind": "lost_answer", "action": "CreateLoadBalancer"},
                        {"kind": "http_error", "action": "DescribeTargetHealth"})),
    "access_denied": Scenario(
        DEPLOY, 5, faults=({"kind": "api_error", "action": "RunInstances", "times": "forever",
                            "status": 403, "code": "UnauthorizedOperation",
                            "message": "You are not authorized to perform this operation."},)),
    "interrupted": Scenario(DEPLOY, 4, interrupt_at="CreateLoadBalancer"),
    "deploy_again": Scenario(DEPLOY, before=(DEPLOY, ("rollback", "shop", "--yes"))),
    "interrupted_and_rolled_back": Scenario((*DEPLOY, "--on-interrupt", "rollback-all"), 4,
                                            interrupt_at="RegisterTargets"),
    "rollback": Scenario(("rollback", "shop", "--yes"), before=(DEPLOY,)),
    "plan": Scenario(("plan", "shop.yaml"), before=(DEPLOY,)),
    "call": Scenario(("call", "ec2", "DescribeInstanceAttribute", "Attribute=userData",
                      "InstanceId=i-0000000000000000a"), 1),
}


def make(name, scenario):
    target = RECORDINGS / name
    shutil.rmtree(target, ignore_errors=True)
    simulator = Simulator("--seed", "7")
    place = Workplace(simulator.url, scenario.stack)
    try:
        for words in scenario.before:
            done = place.run(*words)
            if done.returncode != 0:
                sys.exit(f"{name}: {' '.join(words)} failed:\n{done.stderr}")
        if scenario.faults:
            simulator.add_faults(*scenario.faults)
        done = scenario.run(simulator, place, target)
    finally:
        place.close()
        simulator.stop()
    if done.returncode != scenario.exit_code:
        sys.exit(f"{name}: exit code {done.returncode}, expected {scenario.exit_code}:\n{done.stderr}")
    print(f"{name}: {(target / 'session.txt').read_text().count('>>> ')} exchanges")


def main():
    names = sys.argv[1:] or list(SCENARIOS)
    RECORDINGS.mkdir(parents=True, exist_ok=True)
    for name in names:
        make(name, SCENARIOS[name])


if __name__ == "__main__":
    main()
