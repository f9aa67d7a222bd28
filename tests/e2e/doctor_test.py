#!/usr/bin/env python3
"""albatross doctor, what a deploy finds before its first change, and when it calls itself done."""
import email.utils
import http.server
import threading
import time
import unittest

from programs import Simulator, Workplace, clean_environment

WRONG = """\
name: shop
region: us-east-1
network: {vpc: create, zones: [us-east-1a, us-east-1b]}
instances:
  count: 2
  type: t3.micro
  image: ami-0a1b2c3d4e5f60002
  key_name: nobody
services:
  web: {port: 80}
load_balancer: true
"""


def statuses(document, section):
    return {check["name"]: check["status"] for check in document["checks"]
            if check["section"] == section}


class DoctorTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulator = Simulator()
        cls.addClassCleanup(cls.simulator.stop)

    def setUp(self):
        self.place = Workplace(self.simulator.url)
        self.addCleanup(self.place.close)

    def test_all_is_well(self):
        calls = len(self.simulator.calls())
        code, document = self.place.json("doctor")
        self.assertEqual(code, 0, document)
        self.assertEqual(document["problems"], 0)
        self.assertEqual(document["account"], "123456789012")
        self.assertEqual(statuses(document, "Credentials"), {"source": "ok", "identity": "ok"})
        self.assertEqual(statuses(document, "Clock"), {"this machine": "ok"})
        self.assertEqual(statuses(document, "Endpoints"), {"EC2": "ok", "ELBv2": "ok", "STS": "ok"})
        code, document = self.place.json("doctor", "shop.yaml")
        self.assertEqual(code, 0, document)
        self.assertEqual(statuses(document, "Permissions"), {"policies": "ok"})
        self.assertIn("VPCs per Region", statuses(document, "Quotas"))
        self.assertEqual(document["findings"], [])
        text = self.place.run("doctor", "shop.yaml")
        self.assertEqual(text.returncode, 0)
        self.assertIn("No problems found", text.stdout)
        changes = [call["action"] for call in self.simulator.calls()[calls:]
                   if call.get("error") != "DryRunOperation"
                   and not call["action"].startswith(("Describe", "Get", "List", "Simulate"))]
        self.assertEqual(changes, [])

    def test_no_credentials(self):
        code, document = self.place.json("doctor", "shop.yaml", AWS_ACCESS_KEY_ID="",
                                         AWS_SECRET_ACCESS_KEY="")
        self.assertEqual(code, 5)
        self.assertEqual(statuses(document, "Credentials"), {"source": "problem"})
        self.assertEqual(set(statuses(document, "Endpoints").values()), {"ok"})

    def test_a_wrong_key(self):
        code, document = self.place.json("doctor", AWS_SECRET_ACCESS_KEY="not-the-right-one")
        self.assertEqual(code, 5)
        self.assertEqual(statuses(document, "Credentials"),
                         {"source": "ok", "identity": "problem"})
        self.assertEqual(statuses(document, "Clock").get("this machine", "ok"), "ok")
        text = self.place.run("doctor", AWS_SECRET_ACCESS_KEY="not-the-right-one")
        self.assertNotIn("not-the-right-one", text.stdout + text.stderr)

    def test_a_wrong_clock(self):
        class Hour(http.server.BaseHTTPRequestHandler):
            """Whatever is asked, AWS is an hour ahead."""
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                body = (b"<ErrorResponse><Error><Type>Sender</Type>"
                        b"<Code>SignatureDoesNotMatch</Code><Message>Signature expired: "
                        b"20260101T000000Z is now earlier than 20260101T005500Z</Message></Error>"
                        b"<RequestId>r-1</RequestId></ErrorResponse>")
                self.send_response_only(403)
                self.send_header("Date", email.utils.formatdate(time.time() + 3600, usegmt=True))
                self.send_header("Content-Type", "text/xml")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST

            def log_message(self, *arguments):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hour)
        server.handle_error = lambda *_: None  # clients hang up when they are done
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        code, document = self.place.json("doctor",
                                         AWS_ENDPOINT_URL=f"http://127.0.0.1:{server.server_port}")
        self.assertEqual(code, 5)
        self.assertEqual(statuses(document, "Clock"), {"this machine": "problem"})
        clock = [check for check in document["checks"] if check["section"] == "Clock"][0]
        self.assertRegex(clock["detail"], r"^(3599|3600|3601) seconds behind AWS's$")

    def test_an_endpoint_that_cannot_be_reached(self):
        code, document = self.place.json("doctor", AWS_ENDPOINT_URL_EC2="http://127.0.0.1:1")
        self.assertEqual(code, 1)
        self.assertEqual(statuses(document, "Endpoints"),
                         {"EC2": "problem", "ELBv2": "ok", "STS": "ok"})
        self.assertEqual(statuses(document, "Credentials")["identity"], "ok")

    def test_a_file_that_the_account_does_not_allow(self):
        self.place.file.write_text(WRONG)
        before = self.simulator.inventory()
        code, document = self.place.json("doctor", "shop.yaml")
        self.assertEqual(code, 1)
        self.assertEqual({finding["code"] for finding in document["findings"]},
                         {"ArchitectureMismatch", "InvalidKeyPair.NotFound"})
        for command in ("doctor", "plan", "deploy"):
            done = self.place.run(command, "shop.yaml")
            self.assertEqual(done.returncode, 1, done.stderr)
            said = done.stdout + done.stderr
            self.assertIn("shop.yaml:7:10: image ami-0a1b2c3d4e5f60002 is for arm64", said)
            self.assertIn(" 7 |   image: ami-0a1b2c3d4e5f60002", said)
            self.assertIn("shop.yaml:8:13: there is no key pair nobody", said)
        self.assertEqual(self.simulator.inventory(), before)
        code, document = self.place.json("deploy", "shop.yaml")
        self.assertEqual(code, 1)
        self.assertEqual(len(document["failure"]["findings"]), 2)

    def test_no_such_thing(self):
        self.assertEqual(self.place.run("doctor", "nothing.yaml").returncode, 2)
        self.assertEqual(self.place.run("doctor", "nothing").returncode, 2)


class SickStackTest(unittest.TestCase):
    def setUp(self):
        self.simulator = Simulator()
        self.addCleanup(self.simulator.stop)
        self.place = Workplace(self.simulator.url)
        self.addCleanup(self.place.close)

    def test_a_deploy_asks_the_load_balancer_and_a_doctor_finds_the_sick_target(self):
        done = self.place.run("deploy", "shop.yaml")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("answer.web", done.stdout + done.stderr)
        code, document = self.place.json("doctor", "shop")
        self.assertEqual(code, 0, document)
        self.assertEqual(set(statuses(document, "Targets").values()), {"ok"})
        instance = [item["id"] for item in self.simulator.state()["items"]
                    if item["type"] == "instance"][0]
        self.simulator.post("service", {"instance": instance, "port": 80, "listening": False})
        deadline = time.monotonic() + 30
        while True:
            code, document = self.place.json("doctor", "shop")
            if code != 0 or time.monotonic() > deadline:
                break
            time.sleep(0.2)
        self.assertEqual(code, 1, document)
        sick = [check for check in document["checks"] if check["status"] == "problem"]
        self.assertEqual(len(sick), 1, sick)
        self.assertEqual(sick[0]["section"], "Targets")
        self.assertIn("nothing takes connections on port 80", sick[0]["hint"])

    def test_a_deploy_without_a_probe(self):
        done = self.place.run("deploy", "shop.yaml", "--no-probe")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("answer.web", done.stdout + done.stderr)

    def test_a_recorded_deploy_is_replayed_with_its_probe(self):
        done = self.place.run("deploy", "shop.yaml", "--record", "session")
        self.assertEqual(done.returncode, 0, done.stderr)
        text = (self.place.file.parent / "session" / "session.txt").read_text()
        self.assertIn("visit GET /", text)
        self.assertNotIn("X-Albatross-Instance", text)
        again = self.place.run("replay", "session")
        self.assertEqual(again.returncode, 0, again.stdout + again.stderr)


class PlanWithoutCredentialsTest(unittest.TestCase):
    def test_it_says_in_short_why_and_the_way_out(self):
        place = Workplace("http://127.0.0.1:1")
        self.addCleanup(place.close)
        place.environment = clean_environment(ALBATROSS_STATE_DIR=place.folder.name + "/state")
        done = place.run("plan", "shop.yaml", "--simulate")
        self.assertEqual(done.returncode, 0, done.stderr)
        first = done.stdout.split("\n\n")[0]
        self.assertIn("could not be asked (no credentials)", first)
        self.assertIn("AWS_PROFILE", first)
        self.assertLess(len(first), 400)


if __name__ == "__main__":
    unittest.main()
