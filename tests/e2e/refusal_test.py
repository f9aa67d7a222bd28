#!/usr/bin/env python3
"""What is refused is refused in words, with the right exit code, and before anything is touched."""
import email.utils
import http.server
import subprocess
import threading
import time
import unittest

from programs import BINARY, SECRET, Simulator, Workplace, clean_environment


class RefusalTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulator = Simulator()
        cls.addClassCleanup(cls.simulator.stop)

    def setUp(self):
        self.place = Workplace(self.simulator.url)
        self.addCleanup(self.place.close)

    def test_a_wrong_secret_key_is_told_from_a_wrong_clock_and_creates_nothing(self):
        before = self.simulator.inventory()
        code, document = self.place.json("deploy", "shop.yaml", AWS_SECRET_ACCESS_KEY="wrong")
        self.assertEqual(code, 5)
        self.assertEqual(document["exit_code"], 5)
        failure = document["failure"]
        self.assertIn(failure["code"], ("AuthFailure", "SignatureDoesNotMatch"))
        self.assertTrue(failure["access_denied"])
        self.assertTrue(failure["request_id"])
        self.assertNotIn("clock", failure["hint"])
        self.assertEqual(self.simulator.inventory(), before)
        text = self.place.run("deploy", "shop.yaml", AWS_SECRET_ACCESS_KEY="wrong")
        self.assertEqual(text.returncode, 5)
        self.assertIn("Nothing was created.", text.stderr)
        self.assertNotIn("wrong", text.stdout + text.stderr.replace("wrong clock", ""))

    def test_a_wrong_clock_is_called_that(self):
        class Hour(http.server.BaseHTTPRequestHandler):
            """Whatever is signed, it is an hour late."""
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
        url = f"http://127.0.0.1:{server.server_port}"
        code, document = self.place.json("deploy", "shop.yaml", AWS_ENDPOINT_URL=url)
        self.assertEqual(code, 5)
        self.assertIn("clock", document["failure"]["hint"])

    def test_a_wrong_file_is_exit_2_with_every_place_and_no_call(self):
        before = len(self.simulator.calls())
        self.place.file.write_text("name: shop\ninstances: {coun: 2}\nservices:\n  web: {port: x}\n")
        for command in ("validate", "deploy"):
            done = self.place.run(command, "shop.yaml")
            self.assertEqual(done.returncode, 2)
            self.assertRegex(done.stderr, r"shop\.yaml:2:\d+: .*coun")
            self.assertRegex(done.stderr, r"shop\.yaml:4:\d+: ")
            code, document = self.place.json(command, "shop.yaml")
            self.assertEqual(code, 2)
            self.assertEqual([problem["line"] for problem in document["problems"]], [2, 4])
        self.assertEqual(len(self.simulator.calls()), before)
        self.assertEqual(self.place.run("deploy", "nowhere.yaml").returncode, 2)

    def test_gpu_and_unknown_tiers_are_refused_by_name(self):
        for tier in ("gpu", "7"):
            self.place.file.write_text(f"name: shop\ntier: {tier}\nservices:\n  web: {{port: 80}}\n")
            done = self.place.run("validate", "shop.yaml")
            self.assertEqual(done.returncode, 2)
            self.assertIn(tier, done.stderr)

    def test_unknown_stacks_and_wrong_usage_are_exit_2(self):
        for words in (["status", "nope"], ["destroy", "nope", "--yes"]):
            done = self.place.run(*words)
            self.assertEqual(done.returncode, 2)
            self.assertIn("no stack named nope", done.stderr)
        self.assertEqual(self.place.run("fly").returncode, 2)
        self.assertEqual(self.place.run().returncode, 2)
        self.assertEqual(self.place.run("status", "x", "--output", "yaml").returncode, 2)

    def test_destroy_does_not_remove_anything_unasked(self):
        self.assertEqual(self.place.run("deploy", "shop.yaml").returncode, 0)
        before = self.simulator.inventory()
        done = self.place.run("destroy", "shop")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--yes", done.stderr)
        self.assertEqual(self.simulator.inventory(), before)
        self.assertEqual(self.place.run("destroy", "shop", "--yes").returncode, 0)

    def test_no_credentials_is_exit_5_and_says_what_was_tried(self):
        done = self.place.run("deploy", "shop.yaml", AWS_ACCESS_KEY_ID="",
                              AWS_SECRET_ACCESS_KEY="")
        self.assertEqual(done.returncode, 5)
        self.assertIn("environment", done.stderr)

    def test_no_region_and_bad_endpoints_are_exit_2(self):
        self.place.file.write_text(self.place.file.read_text().replace("region: us-east-1\n", ""))
        done = self.place.run("deploy", "shop.yaml", AWS_REGION="")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--region", done.stderr)
        done = self.place.run("deploy", "shop.yaml", AWS_ENDPOINT_URL="not a url")
        self.assertEqual(done.returncode, 2)

    def test_an_endpoint_where_nobody_answers_is_exit_1(self):
        code, document = self.place.json("deploy", "shop.yaml",
                                         AWS_ENDPOINT_URL="http://127.0.0.1:1")
        self.assertEqual(code, 1)
        self.assertTrue(document["failure"]["code"].startswith("Network."))


class SimulatorTest(unittest.TestCase):
    def test_a_taken_port_is_exit_2_in_words(self):
        simulator = Simulator()
        self.addCleanup(simulator.stop)
        port = simulator.url.rsplit(":", 1)[1]
        done = subprocess.run([BINARY, "sim", "--port", port], capture_output=True, text=True,
                              env=clean_environment(), timeout=20)
        self.assertEqual(done.returncode, 2)
        self.assertIn(f"127.0.0.1:{port}", done.stderr)

    def test_prints_exports_that_a_shell_takes_over_and_tidies_up(self):
        simulator = Simulator()
        output, code = simulator.stop()
        self.assertEqual(code, 0)
        self.assertIn(f"\nexport AWS_ENDPOINT_URL={simulator.url}\n", output)
        self.assertIn(f"\nexport AWS_SECRET_ACCESS_KEY={SECRET}\n", output)
        self.assertFalse(simulator.ready.exists())


if __name__ == "__main__":
    unittest.main()
