"""A simulator of its own, and other people's AWS clients for it: boto3 of Debian.

The environment names the program (ALBATROSS, default build/dev/albatross). Importing it ends the
process with exit code 77 when boto3 is not there.
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

try:
    import boto3
    import botocore.config
    import botocore.exceptions
except ImportError:
    print("skipped: python3-boto3 is not installed")
    sys.exit(77)

KEY = "AKIAALBATROSSEXAMPLE"
SECRET = "albatross/simulator/EXAMPLE/secret+key00"
REGION = "us-east-1"
AMI_PARAMETER = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
BINARY = os.environ.get("ALBATROSS", "build/dev/albatross")


class Simulator:
    """One `albatross sim` of its own, whose time passes 200 times faster."""

    def __init__(self, *arguments):
        self.folder = tempfile.TemporaryDirectory()
        ready = pathlib.Path(self.folder.name, "ready")
        self.log = pathlib.Path(self.folder.name, "calls.log")
        command = [BINARY, "sim", "--port", "0", "--ready-file", str(ready), "--log",
                   str(self.log), *arguments]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
        deadline = time.monotonic() + 20
        while not ready.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the simulator did not start")
            time.sleep(0.005)
        self.url = ready.read_text().strip()

    def client(self, service, key=KEY, secret=SECRET, token=None, **config):
        settings = botocore.config.Config(region_name=REGION,
                                          retries={"total_max_attempts": 1}, **config)
        return boto3.client(service, endpoint_url=self.url, aws_access_key_id=key,
                            aws_secret_access_key=secret, aws_session_token=token, config=settings)

    def control(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def inventory(self):
        items = self.control("GET", "/_albatross/state")["items"]
        return sorted(json.dumps(item, sort_keys=True) for item in items)

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(10)
        self.folder.cleanup()


class ClientCase(unittest.TestCase):
    """A test case with a client of each service, and the usual ways to wait and to be refused."""

    SIMULATOR = ("--speed", "200")

    @classmethod
    def setUpClass(cls):
        cls.sim = Simulator(*cls.SIMULATOR)
        for service in ("ec2", "efs", "iam", "sts", "ssm"):
            setattr(cls, service, cls.sim.client(service))
        cls.elb = cls.sim.client("elbv2")

    @classmethod
    def tearDownClass(cls):
        cls.sim.stop()

    def refuses(self, code, status, function, **arguments):
        with self.assertRaises(botocore.exceptions.ClientError) as caught:
            function(**arguments)
        response = caught.exception.response
        self.assertEqual(code, response["Error"]["Code"], response)
        self.assertEqual(status, response["ResponseMetadata"]["HTTPStatusCode"], response)
        return response

    def until(self, what, function, limit=30):
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline:
            value = function()
            if value:
                return value
            time.sleep(0.02)
        self.fail(f"never: {what}")

    def waiter(self, client, name, **arguments):
        arguments["WaiterConfig"] = {"Delay": 0.05, "MaxAttempts": 400}
        client.get_waiter(name).wait(**arguments)

    def retrying(self, codes, function, **arguments):
        def attempt():
            try:
                return [function(**arguments)]
            except botocore.exceptions.ClientError as error:
                if error.response["Error"]["Code"] not in codes:
                    raise
                return None
        return self.until(f"{function} without {codes}", attempt)[0]
