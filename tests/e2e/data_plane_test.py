#!/usr/bin/env python3
"""A deployed stack that answers: curl through the DNS name that AWS reports, rules, TLS, health.

Exit code 77 when curl is not there; the redirect is left out, loudly, when boto3 is not.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import time
import unittest
import urllib.parse

from programs import ANSWER_LIMIT, KEY, ROOT, SECRET, Simulator, Workplace, clean_environment

try:
    import boto3
    import botocore.config
except ImportError:
    boto3 = None

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
HTTPS = """  listeners:
    - {port: 443, protocol: HTTPS, certificate: "%s", default_service: n8n}
""" % CERTIFICATE
PATIENCE = 60


def curl(*arguments):
    return subprocess.run(["curl", "-sS", "--noproxy", "", "--max-time", str(ANSWER_LIMIT), *arguments],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          env=clean_environment())


class DataPlaneTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulator = Simulator()
        cls.addClassCleanup(cls.simulator.stop)
        stack = (ROOT / "examples/ai-stack.yaml").read_text().replace("  listeners:\n", HTTPS, 1)
        cls.place = Workplace(cls.simulator.url, stack)
        cls.addClassCleanup(cls.place.close)
        done = cls.place.run("deploy", "shop.yaml")
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        _, cls.status = cls.place.json("status", "ai-stack")
        cls.certificates = pathlib.Path(cls.place.folder.name, "certificates.pem")
        cls.certificates.write_bytes(cls.simulator.get("certificates.pem"))

    def control(self, *words):
        done = self.place.run("sim", "ctl", *words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def url(self, scheme):
        """Where the load balancer answers on this machine; its port depends on what is free."""
        urls = [e["url"] for e in self.simulator.state()["endpoints"]]
        return next(url for url in urls if url.startswith(scheme + ":"))

    def asked(self, *arguments):
        done = curl(*arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def targets(self, group):
        return {t["target"]: t for t in self.simulator.state()["targets"]
                if group in t["target_group"]}

    def until(self, what, condition):
        deadline = time.monotonic() + PATIENCE
        while not condition():
            self.assertLess(time.monotonic(), deadline, "never " + what)
            time.sleep(0.02)

    def test_the_reported_name_leads_to_each_service_by_its_rules(self):
        url = self.url("http")
        self.assertEqual(urllib.parse.urlsplit(url).hostname, self.status["dns_name"].lower())
        for path, port, service in (("", 5678, "n8n"), ("api/tags", 11434, "ollama"),
                                    ("collections/x?y=1", 6333, "qdrant"),
                                    ("crawl", 11235, "crawl4ai")):
            answer = self.asked(url + path)
            self.assertEqual((answer["port"], answer["target"]), (port, "/" + path))
            self.assertTrue(any(service in name for name in answer["target_groups"]), answer)
        seen = {self.asked(url)["instance"] for _ in range(4)}
        self.assertEqual(len(seen), 2, "both instances take their turn")

    def test_an_instance_is_meant_by_its_id_its_name_and_the_end_of_its_name(self):
        ids = {item["name"]: item["id"] for item in self.simulator.state()["items"]
               if item["type"] == "instance"}
        for word in ("app.1", "instance.app.1", "ai-stack/instance.app.1",
                     ids["ai-stack/instance.app.1"]):
            self.assertIn(ids["ai-stack/instance.app.1"],
                          self.control("service", word, "--port", "11434", "--start"))
        for word in ("pp.1", "app.2", ""):
            refused = self.place.run("sim", "ctl", "service", word, "--start")
            self.assertNotEqual(refused.returncode, 0, word)

    def test_the_simulator_is_a_proxy_under_the_usual_ports(self):
        name = self.status["dns_name"]
        answer = self.asked("-x", self.simulator.url, f"http://{name}/api/chat")
        self.assertEqual(answer["port"], 11434)
        answer = self.asked("-x", self.simulator.url, "--cacert", str(self.certificates),
                            f"https://{name}/md")
        self.assertEqual((answer["port"], answer["headers"]["X-Forwarded-Proto"]),
                         (11235, "https"))
        refused = curl("-x", self.simulator.url, "http://[bad/")
        self.assertNotEqual(refused.returncode, 0)

    def test_tls_is_terminated_with_a_certificate_that_can_be_verified(self):
        answer = self.asked("--cacert", str(self.certificates), self.url("https") + "points/7")
        self.assertEqual(answer["port"], 6333)
        self.assertEqual(answer["headers"]["X-Forwarded-Port"], "443")
        secure, open_one = (urllib.parse.urlsplit(self.url(way)) for way in ("https", "http"))
        plain = curl("-o", "/dev/null", "-w", "%{http_code}",
                     f"http://{secure.hostname}:{secure.port or 443}/")
        self.assertEqual(plain.stdout, "400", "HTTP at an HTTPS port is told so")
        wrong = curl(f"https://{open_one.hostname}:{open_one.port or 80}/")
        self.assertNotEqual(wrong.returncode, 0, "no TLS where there is no certificate")

    def test_a_redirect_to_https_can_be_followed(self):
        if boto3 is None:
            print("\nleft out: the redirect (python3-boto3 is not installed)", file=sys.stderr)
            self.skipTest("python3-boto3 is not installed")
        elb = boto3.client("elbv2", endpoint_url=self.simulator.url, region_name="us-east-1",
                           aws_access_key_id=KEY, aws_secret_access_key=SECRET,
                           config=botocore.config.Config(read_timeout=ANSWER_LIMIT,
                                                         retries={"total_max_attempts": 1}))
        balancer = elb.describe_load_balancers()["LoadBalancers"][0]["LoadBalancerArn"]
        listeners = elb.describe_listeners(LoadBalancerArn=balancer)["Listeners"]
        http = next(one["ListenerArn"] for one in listeners if one["Protocol"] == "HTTP")
        rule = elb.create_rule(
            ListenerArn=http, Priority=900,
            Conditions=[{"Field": "path-pattern", "Values": ["/secure*"]}],
            Actions=[{"Type": "redirect", "RedirectConfig": {
                "Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}}])
        self.addCleanup(elb.delete_rule, RuleArn=rule["Rules"][0]["RuleArn"])
        answer = self.asked("-L", "--cacert", str(self.certificates),
                            self.url("http") + "secure/place")
        self.assertEqual(answer["target"], "/secure/place")
        self.assertEqual(answer["headers"]["X-Forwarded-Proto"], "https")

    def test_a_stopped_service_loses_its_traffic_and_health_says_why(self):
        url = self.url("http") + "api/tags"
        victim = self.asked(url)["instance"]
        for option, reason, description in (
                ("--stop", "Target.FailedHealthChecks", "Health checks failed"),
                ("--status=500", "Target.ResponseCodeMismatch",
                 "Health checks failed with these codes: [500]"),
                ("--hang", "Target.Timeout", "Request timed out")):
            self.control("service", victim, "--port", "11434", option)
            self.until("unhealthy",
                       lambda: self.targets("ollama")[victim]["state"] == "unhealthy")
            target = self.targets("ollama")[victim]
            self.assertEqual((target["reason"], target["description"]), (reason, description))
            self.assertEqual(self.targets("qdrant")[victim]["state"], "healthy")
            seen = {self.asked(url)["instance"] for _ in range(6)}
            self.assertNotIn(victim, seen, option)
            _, status = self.place.json("status", "ai-stack")
            self.assertIn(reason, {t["reason"] for t in status["targets"]})
            self.control("service", victim, "--start")
            self.until("healthy again",
                       lambda: self.targets("ollama")[victim]["state"] == "healthy")
        self.assertIn(victim, {self.asked(url)["instance"] for _ in range(6)})

    def test_instances_answer_on_addresses_of_their_own(self):
        ports = self.simulator.state()["instance_ports"]
        self.assertEqual(len(ports), 8)
        for port in ports:
            answer = curl("-i", port["url"])
            self.assertIn("X-Albatross-Instance: " + port["instance"], answer.stdout)
        public = {urllib.parse.urlsplit(port["url"]).hostname for port in ports}
        self.assertEqual(len(public), 2)
        self.assertTrue(all(address.startswith("127.") for address in public))


class WithoutDataPlaneTest(unittest.TestCase):
    def test_names_and_health_are_as_the_model_has_them(self):
        simulator = Simulator("--no-data-plane")
        self.addCleanup(simulator.stop)
        place = Workplace(simulator.url)
        self.addCleanup(place.close)
        self.assertEqual(place.run("deploy", "shop.yaml").returncode, 0)
        _, status = place.json("status", "shop")
        self.assertTrue(status["dns_name"].endswith(".elb.amazonaws.com"))
        self.assertEqual(simulator.state()["endpoints"], [])
        self.assertEqual(simulator.state()["instance_ports"], [])


if __name__ == "__main__":
    if shutil.which("curl") is None:
        print("skipped: curl is not installed (./dev setup e2e installs it)")
        sys.exit(77)
    unittest.main()
