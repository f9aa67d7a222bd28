#!/usr/bin/env python3
"""The report in a real browser: it renders, fits the window, loads nothing, and is light and dark."""
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

from programs import Simulator, Workplace

CHROMIUM = shutil.which("chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND"]


def browse(*arguments):
    """Chromium with a fresh profile; what it printed."""
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run([CHROMIUM, *FLAGS, f"--user-data-dir={profile}", *arguments],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              timeout=120, check=True)
    return done.stdout, done.stderr


def corner(path):
    """Red, green and blue of a PNG's first pixel."""
    data = path.read_bytes()
    at, packed, color = 8, b"", 2
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IHDR":
            color = data[at + 8 + 9]
        if kind == b"IDAT":
            packed += data[at + 8:at + 8 + size]
        at += 12 + size
    assert color in (2, 6), "RGB or RGBA"
    return tuple(zlib.decompress(packed)[1:4])


@unittest.skipUnless(CHROMIUM, "no chromium")
class ReportBrowserTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulator = Simulator()
        cls.addClassCleanup(cls.simulator.stop)
        cls.place = Workplace(cls.simulator.url)
        cls.addClassCleanup(cls.place.close)
        cls.simulator.add_faults({"kind": "throttle", "action": "RunInstances", "times": 1})
        assert cls.place.run("deploy", "shop.yaml").returncode == 0
        cls.page = pathlib.Path(cls.place.folder.name, "r.html")
        assert cls.place.run("report", "shop", "-o", str(cls.page)).returncode == 0

    def shot(self, name, *arguments):
        path = pathlib.Path(self.place.folder.name, name)
        browse(f"--screenshot={path}", "--window-size=1200,1600", *arguments, self.page.as_uri())
        self.assertTrue(path.exists(), name)
        return path

    def test_the_page_is_whole_and_says_what_happened(self):
        document, errors = browse("--dump-dom", self.page.as_uri())
        for part in ("Critical path", "Creating ALB...", "health over time", "tried again"):
            self.assertIn(part, document)
        self.assertNotRegex(errors, r"(?i)refused to|violates|ERR_")
        self.assertEqual(document.count("<section"), document.count("</section>"))
        self.assertEqual(document.count("<div"), document.count("</div>"))

    def test_bars_stand_where_their_times_are(self):
        """Layout by the browser: every bar lies within its track."""
        probe = self.page.with_name("probe.html")
        script = ("<script>let bad=0,n=0;for(const b of document.querySelectorAll('.bar')){"
                  "if(b.parentElement.className!='track')continue;n++;"
                  "const r=b.getBoundingClientRect(),t=b.parentElement.getBoundingClientRect();"
                  "if(r.left<t.left-1||r.right>t.right+4||r.height<5)bad++}"
                  "document.title='bars '+n+' bad '+bad+' wide '+"
                  "(document.documentElement.scrollWidth>innerWidth)</script>")
        text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", self.page.read_text())
        probe.write_text(text.replace("</body>", script + "</body>"))
        for width in (1200, 420):
            document, _ = browse("--dump-dom", f"--window-size={width},900", probe.as_uri())
            title = re.search(r"<title>(.*?)</title>", document).group(1)
            count = re.fullmatch(r"bars (\d+) bad 0 wide false", title)
            self.assertTrue(count, f"{title} at {width}")
            self.assertGreater(int(count.group(1)), 20)

    def test_it_is_light_and_dark(self):
        light = corner(self.shot("light.png", "--blink-settings=preferredColorScheme=1"))
        dark = corner(self.shot("dark.png", "--blink-settings=preferredColorScheme=0"))
        self.assertGreater(min(light), 200, light)
        self.assertLess(max(dark), 60, dark)

    def test_it_can_be_printed(self):
        path = pathlib.Path(self.place.folder.name, "r.pdf")
        browse(f"--print-to-pdf={path}", "--no-pdf-header-footer", self.page.as_uri())
        data = path.read_bytes()
        self.assertTrue(data.startswith(b"%PDF"))
        pages = len(re.findall(rb"/Type\s*/Page\b", data))
        self.assertTrue(1 <= pages <= 12, pages)


if __name__ == "__main__":
    if not CHROMIUM:
        print("SKIPPED: there is no chromium here (./dev setup browser installs it)", file=sys.stderr)
        sys.exit(77)
    unittest.main()
