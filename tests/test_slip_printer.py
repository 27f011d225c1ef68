#!/usr/bin/python3
"""The receipt printer, through a print service of its own on loopback and a printer that writes PDFs (cups-pdf)."""
import contextlib
import os
import pathlib
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import unittest

import tap

BUILD = pathlib.Path(os.environ.get("ACCOLADE_BUILD", pathlib.Path(__file__).resolve().parent.parent / "build"))
CODE = "7K3M-9QXW-2DTE"
HANGING = 50  # seconds; a slip may be waited for for 10, and libcups by itself waits a minute
CUPSD = "/usr/sbin/cupsd"
BACKEND = "/usr/lib/cups/backend/cups-pdf"
PPD = "/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Deaf:
    """A print service that takes whoever comes and answers so many times, as the one at @port would, and then no more."""

    def __init__(self, answers, port=None):
        self.answers, self.port = answers, port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.open = [self.listener]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with contextlib.suppress(OSError):  # closed
            while True:
                client, _ = self.listener.accept()
                self.open.append(client)
                threading.Thread(target=self.pass_on, args=(client,), daemon=True).start()

    def pass_on(self, client):
        with contextlib.suppress(OSError):
            if self.port is not None:
                service = socket.create_connection(("127.0.0.1", self.port))
                self.open.append(service)
                threading.Thread(target=self.answer, args=(service, client), daemon=True).start()
            while data := client.recv(65536):
                if self.port is not None:
                    service.sendall(data)

    def answer(self, service, client):
        with contextlib.suppress(OSError):
            while data := service.recv(65536):
                self.answers -= data.count(b"HTTP/1.1 200")
                if self.answers < 0:
                    return
                client.sendall(data)

    def close(self):
        for one in self.open:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


def send_to_deaf(deaf):
    """A slip on its way there."""
    return subprocess.Popen([BUILD / "tests/test-slip-sender", "Receipts", CODE], text=True, stderr=subprocess.PIPE,
                            env={**os.environ, "CUPS_SERVER": "127.0.0.1:%d" % deaf.listener.getsockname()[1]})


class Silence(unittest.TestCase):
    def test_nobody_waits_for_a_print_service_that_says_nothing(self):
        deaf = Deaf(0)
        self.addCleanup(deaf.close)
        sending = send_to_deaf(deaf)
        self.addCleanup(sending.kill)
        _, told = sending.communicate(timeout=HANGING)
        self.assertEqual(1, sending.returncode)
        self.assertIn("“Receipts” did not print: the print service does not answer", told)


@unittest.skipUnless(os.geteuid() == 0 and all(map(os.path.exists, (CUPSD, BACKEND, PPD))),
                     "needs root, cups-daemon and printer-driver-cups-pdf")
class Printer(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="accolade-"))
        self.addCleanup(shutil.rmtree, self.home)
        self.home.chmod(0o755)
        self.port = free_port()
        self.environment = {**os.environ, "CUPS_SERVER": f"127.0.0.1:{self.port}"}
        self.write_settings()
        daemon = subprocess.Popen([CUPSD, "-f", "-c", self.home / "cupsd.conf", "-s", self.home / "cups-files.conf"],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(daemon.wait)
        self.addCleanup(daemon.terminate)
        self.wait_until(self.answers)
        self.run_in("lpadmin", "-p", "Receipts", "-v", "cups-pdf:/", "-E", "-P", PPD)

    def write_settings(self):
        for name in ("spool", "cache", "state", "ppd", "spool/tmp"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
            (self.home / name).chmod(0o777)
        (self.home / "cups-files.conf").write_text(
            f"ServerRoot {self.home}\nRequestRoot {self.home}/spool\nTempDir {self.home}/spool/tmp\n"
            f"CacheDir {self.home}/cache\nStateDir {self.home}/state\nAccessLog {self.home}/access\n"
            f"ErrorLog {self.home}/error\nPageLog {self.home}/pages\nSystemGroup root lpadmin\n")
        (self.home / "cupsd.conf").write_text(
            f"Listen 127.0.0.1:{self.port}\nBrowsing Off\nDefaultAuthType None\nPreserveJobFiles No\nLogLevel warn\n"
            "<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
            "<Location /admin>\nOrder allow,deny\nAllow all\n</Location>\n"
            "<Policy default>\n<Limit All>\nOrder deny,allow\nAllow all\n</Limit>\n</Policy>\n")

    def run_in(self, *words):
        return subprocess.run(list(map(str, words)), env=self.environment, text=True, capture_output=True, timeout=60)

    def answers(self):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def wait_until(self, holds, seconds=60):
        deadline = time.monotonic() + seconds
        while not holds():
            self.assertLess(time.monotonic(), deadline, "the print service did not come")
            time.sleep(0.1)

    def test_a_slip_says_what_it_is_for(self):
        path = self.home / "slip.pdf"
        subprocess.run([BUILD / "tests/test-slip-sender", "none", CODE, path], check=True, timeout=60)
        text = subprocess.run(["pdftotext", "-layout", path, "-"], text=True, capture_output=True, check=True).stdout
        for words in (CODE, "Market Street branch", "come back to the kiosk", "6XYM8-PZ5A1"):
            self.assertIn(words, text)
        width, height = map(float, re.search(r"Page size: +([\d.]+) x ([\d.]+)", subprocess.run(
            ["pdfinfo", path], text=True, capture_output=True, check=True).stdout).groups())
        self.assertAlmostEqual(80, width * 25.4 / 72, 1)
        self.assertGreater(height, width)

    @staticmethod
    def ink(page):
        """How many pixels of a page are dark, at 72 an inch."""
        drawn = subprocess.run(["pdftoppm", "-r", "72", "-gray", page], capture_output=True, check=True).stdout
        return sum(pixel < 128 for pixel in drawn.split(b"\n", 3)[3])

    @staticmethod
    def pages():
        """What cups-pdf has written for the user who prints, and when: it writes over what has the same name."""
        folder = pathlib.Path(pwd.getpwuid(os.geteuid()).pw_dir) / "PDF"
        return {(page, page.stat().st_mtime_ns) for page in folder.glob("*.pdf")}

    def print_slip(self, printer="Receipts"):
        return self.run_in(BUILD / "tests/test-slip-sender", printer, CODE)

    def test_a_slip_comes_out_and_no_copy_stays(self):
        known = self.pages()
        printed = self.print_slip()
        self.assertEqual((0, ""), (printed.returncode, printed.stderr))
        ((page, _),) = self.pages() - known
        self.addCleanup(page.unlink)
        self.assertGreater(self.ink(page), 500)  # the service draws it: there is no text in it any more
        self.wait_until(lambda: not list((self.home / "spool").glob("d*")))
        jobs = self.run_in("lpstat", "-W", "completed", "-o").stdout
        self.assertNotIn(CODE, jobs)

    def test_a_stopped_printer_is_told_and_gets_nothing(self):
        self.run_in("cupsdisable", "Receipts")
        refused = self.print_slip()
        self.assertEqual(1, refused.returncode)
        self.assertIn("“Receipts” did not print: it is stopped", refused.stderr)
        self.assertEqual("", self.run_in("lpstat", "-o").stdout)

    def test_a_printer_that_is_not_there_is_told(self):
        refused = self.print_slip("Nowhere")
        self.assertEqual(1, refused.returncode)
        self.assertIn("“Nowhere” did not print", refused.stderr)

    def test_nobody_waits_for_a_service_that_falls_silent_on_the_way(self):
        known = self.pages()
        self.addCleanup(lambda: [page.unlink() for page, _ in self.pages() - known])
        services = [Deaf(answers, self.port) for answers in (1, 2, 3)]  # of four or more that a slip takes
        for deaf in services:
            self.addCleanup(deaf.close)
        for sending in [send_to_deaf(deaf) for deaf in services]:
            self.addCleanup(sending.kill)
            _, told = sending.communicate(timeout=HANGING)
            self.assertEqual(1, sending.returncode)
            self.assertIn("“Receipts” did not print", told)


if __name__ == "__main__":
    tap.main()
