#!/usr/bin/env python3
"""The program on a real (pseudo) terminal: live view, colors, questions."""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
import unittest

from programs import BINARY, Simulator, Workplace


def on_terminal(place, words, answer=None, typed="", columns=80, rows=30, **environment):
    """Runs on a terminal of that size, on which something was typed ahead and questions with [y/N] are
    answered; what was written to it, and the exit code."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    process = subprocess.Popen([BINARY, *words], stdin=slave, stdout=slave, stderr=slave,
                               cwd=place.folder.name, start_new_session=True,
                               env={**place.environment, "TERM": "xterm-256color", **environment})
    os.close(slave)
    os.write(master, typed.encode())
    written = b""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        readable, _, _ = select.select([master], [], [], 1)
        if not readable:
            continue
        try:
            chunk = os.read(master, 65536)
        except OSError:
            break
        if not chunk:
            break
        written += chunk
        if answer and b"[y/N]" in written:
            os.write(master, answer.encode() + b"\n")
            answer = None
    os.close(master)
    return written.decode(), process.wait(timeout=20)


def screen(text):
    """What stands on the screen at the end: the few sequences that the program uses, played."""
    lines, row, column = [[]], 0, 0
    for part in re.findall(r"\x1b\[[?0-9;]*[A-Za-z]|[^\x1b]", text):
        if part == "\n":
            row, column = row + 1, 0
            if row == len(lines):
                lines.append([])
        elif part == "\r":
            column = 0
        elif part == "\x1b[K":
            del lines[row][column:]
        elif part == "\x1b[J":
            del lines[row][column:], lines[row + 1:]
        elif part.endswith("A") and len(part) > 1:
            row -= int(part[2:-1])
        elif not part.startswith("\x1b"):
            lines[row][column:column + 1] = [part]
            column += 1
    return "\n".join("".join(line).rstrip() for line in lines)


class TerminalTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulator = Simulator()
        cls.addClassCleanup(cls.simulator.stop)

    def setUp(self):
        self.place = Workplace(self.simulator.url)
        self.addCleanup(self.place.close)
        self.addCleanup(self.simulator.reset)

    def test_the_live_view_ends_with_every_step_done_and_the_cursor_visible(self):
        text, code = on_terminal(self.place, ["deploy", "shop.yaml"])
        self.assertEqual(code, 0, text)
        self.assertGreater(text.count("\x1b["), 20, "it is redrawn in place")
        self.assertGreater(text.rfind("\x1b[?25h"), text.rfind("\x1b[?25l"))
        shown = screen(text)
        for step in ("Preparing network...", "Launching instances...", "Creating ALB...",
                     "Waiting for healthy targets..."):
            self.assertEqual(shown.count(step), 1, shown)
            self.assertRegex(shown, r" ✔ " + re.escape(step))
        self.assertRegex(shown, "web 2/2 · api 2/2|api 2/2 · web 2/2")
        self.assertRegex(shown, r"Ready in \S+   http://shop-alb-")
        for line in shown.splitlines()[1:9]:
            self.assertLess(len(line), 80, line)

    def test_no_color_and_ascii_are_honoured(self):
        text, code = on_terminal(self.place, ["deploy", "shop.yaml"], NO_COLOR="1", LC_ALL="C")
        self.assertEqual(code, 0, text)
        self.assertNotRegex(text, r"\x1b\[[0-9;]*m")
        self.assertTrue(text.isascii())
        self.assertRegex(screen(text), r" \+ Creating ALB\.\.\.")

    def test_in_ci_and_on_dumb_terminals_the_log_is_plain(self):
        for environment in ({"CI": "true", "NO_COLOR": "1"}, {"TERM": "dumb"}):
            text, code = on_terminal(self.place, ["deploy", "shop.yaml"], **environment)
            self.assertEqual(code, 0, text)
            self.assertNotIn("\x1b", text)
            self.assertIn("Deploying shop to us-east-1", text)

    def test_init_asks_until_each_answer_will_do(self):
        typed = ["shop", "web", "My Shop", "shop", "mars", "us-east-1", "vpc-1", "create",
                 "web=80 web=81", "web", "web=80 api=8080/health"]
        text, code = on_terminal(self.place, ["init", "new.yaml"], typed="\n".join(typed) + "\n")
        self.assertEqual(code, 0, text)
        for complaint in ("there is no template named shop; there are ai-stack, https, web",
                          "name is 'My Shop'; expected lower-case letters",
                          "region is 'mars'; expected a region such as us-east-1",
                          "network.vpc is 'vpc-1'; expected default, create",
                          "there are two services named web",
                          "a service is NAME=PORT or NAME=PORT/HEALTH-PATH, not web"):
            self.assertIn(complaint, " ".join(text.split()))
        self.assertIn("(the default VPC)", text)
        code, found = self.place.json("validate", "new.yaml")
        self.assertEqual(code, 0, found)
        written = (self.place.file.parent / "new.yaml").read_text()
        for line in ("name: shop", "region: us-east-1", "vpc: create", "port: 8080"):
            self.assertIn(line, written)

    def test_init_takes_the_defaults_for_empty_answers(self):
        text, code = on_terminal(self.place, ["init", "new.yaml"], typed="\n" * 5)
        self.assertEqual(code, 0, text)
        self.assertEqual(self.place.json("validate", "new.yaml")[0], 0)

    def test_destroy_asks_and_takes_only_yes_for_yes(self):
        self.assertEqual(self.place.run("deploy", "shop.yaml").returncode, 0)
        text, code = on_terminal(self.place, ["destroy", "shop"], answer="n")
        self.assertEqual(code, 4)
        self.assertIn("Nothing was removed.", text)
        text, code = on_terminal(self.place, ["destroy", "shop"], answer="y")
        self.assertEqual(code, 0, text)
        self.assertIn("nothing of it is left", text)

    def on_terminal_with(self, words, act):
        """Runs on a terminal of 80 columns; act(process, terminal) once something stands there. What
        was written before and after that, and the exit code."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 80, 0, 0))
        process = subprocess.Popen([BINARY, *words], stdin=slave, stdout=slave, stderr=slave,
                                   cwd=self.place.folder.name, start_new_session=True,
                                   env={**self.place.environment, "TERM": "xterm-256color"})
        written, before = b"", None
        while True:
            readable, _, _ = select.select([master], [], [], 0.2)
            if not readable:
                if process.poll() is not None:
                    break
                continue
            written += os.read(master, 65536)
            if before is None and written.count(b"\n") > 8:
                before = len(written)
                act(process, slave)
        os.close(slave)
        os.close(master)
        return written[:before].decode(), written[before:].decode(errors="replace"), process.wait(timeout=20)

    def test_the_view_follows_a_terminal_that_gets_narrower(self):
        def narrower(process, terminal):
            fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 50, 0, 0))
            process.send_signal(signal.SIGWINCH)

        _, after, code = self.on_terminal_with(["deploy", "shop.yaml"], narrower)
        self.assertEqual(code, 0, after)
        frames = after.split("\x1b[?25l")[2:]
        self.assertGreater(len(frames), 3)
        for frame in frames:
            for line in frame.split("Ready in")[0].split("\n"):
                shown = re.sub(r"\x1b\[[?0-9;]*[A-Za-z]|\r", "", line)
                self.assertLess(len(shown), 50, repr(line))
        self.assertIn("Waiting for healthy targets...", after)

    def test_status_watch_redraws_until_it_is_interrupted(self):
        self.assertEqual(self.place.run("deploy", "shop.yaml").returncode, 0)

        def interrupt(process, _):
            time.sleep(0.5)
            process.send_signal(signal.SIGINT)

        before, after, code = self.on_terminal_with(
            ["status", "shop", "--watch", "--interval", "0.1"], interrupt)
        self.assertEqual(code, 0, before + after)
        self.assertIn("RESOURCE", before + after)  # a frame may come in pieces
        self.assertTrue(after.rstrip().endswith("\x1b[?25h"), repr(after[-40:]))

    def test_an_interruption_leaves_the_terminal_in_order(self):
        master, slave = pty.openpty()
        process = subprocess.Popen([BINARY, "deploy", "shop.yaml"], stdin=slave, stdout=slave,
                                   stderr=slave, cwd=self.place.folder.name,
                                   env={**self.place.environment, "TERM": "xterm"})
        os.close(slave)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        written = b""
        while True:
            try:
                chunk = os.read(master, 65536)
            except OSError:
                break
            written += chunk
            if written.endswith(b"[k/b/a] "):
                os.write(master, b"k\n")
        os.close(master)
        text = written.decode()
        self.assertEqual(process.wait(timeout=20), 4, text)
        self.assertIn("To go on:", text)
        self.assertGreater(text.rfind("\x1b[?25h"), text.rfind("\x1b[?25l"))


if __name__ == "__main__":
    unittest.main()
