#!/usr/bin/env python3
"""Connections are opened while the credentials are still being fetched."""
import pathlib
import socket
import stat
import tempfile
import threading
import time
import unittest

from programs import STACK, Workplace


class Endpoint:
    """Stands for AWS: accepts connections, leaves a file behind at the first, and hangs up at the
    first byte of a request."""

    def __init__(self, sign):
        self.sign = sign
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = "http://127.0.0.1:%d" % self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.sign.touch()
            threading.Thread(target=self.hang_up, args=(connection,), daemon=True).start()

    @staticmethod
    def hang_up(connection):
        with connection:
            connection.recv(1)

    def close(self):
        # shutdown() wakes the accept(), close() alone does not.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


class WarmUpTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.connected = self.folder / "connected"
        self.seen = self.folder / "seen"
        self.endpoint = Endpoint(self.connected)
        self.addCleanup(self.endpoint.close)

    def configuration(self):
        """A program for credentials that looks, for as long as it runs, whether anybody connects."""
        program = self.folder / "credentials"
        program.write_text(
            "#!/bin/sh\n"
            "for i in $(seq 100); do\n"
            f"  if [ -e '{self.connected}' ]; then touch '{self.seen}'; break; fi\n"
            "  sleep 0.1\n"
            "done\n"
            "echo 'none today' >&2\n"
            "exit 1\n")
        program.chmod(stat.S_IRWXU)
        config = self.folder / "config"
        config.write_text(f"[default]\nregion = us-east-1\ncredential_process = {program}\n")
        return str(config)

    def test_while_credentials_are_being_fetched(self):
        place = Workplace(self.endpoint.url, STACK)
        self.addCleanup(place.close)
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            del place.environment[name]
        start = time.monotonic()
        done = place.run("deploy", "shop.yaml", AWS_CONFIG_FILE=self.configuration())
        self.assertTrue(self.seen.exists(), "nobody connected while the credentials were awaited")
        self.assertIn("none today", done.stderr)
        self.assertNotEqual(done.returncode, 0)
        # Connections that nobody needs any more do not hold the program up.
        self.assertLess(time.monotonic() - start, 60)


if __name__ == "__main__":
    unittest.main()
