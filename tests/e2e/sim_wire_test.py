#!/usr/bin/env python3
"""How the simulator's server reads requests that do not come whole."""
import socket
import unittest
import urllib.parse

from programs import ANSWER_LIMIT, Simulator

BODY = b'{"scale": 2}'
HEAD = (b"POST /_albatross/time HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n%s\r\n")


class SimWireTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulator = Simulator("--no-data-plane")
        cls.addClassCleanup(cls.simulator.stop)

    def setUp(self):
        at = urllib.parse.urlsplit(self.simulator.url)
        self.connection = socket.create_connection((at.hostname, at.port), timeout=ANSWER_LIMIT)
        self.addCleanup(self.connection.close)

    def head(self, more=b""):
        return HEAD % (len(BODY), more)

    def until(self, end):
        seen = b""
        while not seen.endswith(end):
            more = self.connection.recv(4096)
            self.assertTrue(more, seen)
            seen += more
        return seen

    def test_a_client_that_asks_first_is_told_to_go_on(self):
        self.connection.sendall(self.head(b"Expect: 100-continue\r\n"))
        self.assertEqual(b"HTTP/1.1 100 Continue\r\n\r\n", self.until(b"\r\n\r\n"))
        self.connection.sendall(BODY)
        self.assertTrue(self.until(b"}").startswith(b"HTTP/1.1 200 OK"))

    def test_a_request_may_come_byte_by_byte(self):
        for byte in self.head() + BODY:
            self.connection.sendall(bytes([byte]))
        self.assertTrue(self.until(b"}").startswith(b"HTTP/1.1 200 OK"))

    def test_requests_may_come_before_the_answers(self):
        self.connection.sendall((self.head() + BODY) * 3)
        answers = b""
        while answers.count(b"HTTP/1.1 200 OK") < 3:
            answers += self.until(b"}")


if __name__ == "__main__":
    unittest.main()
