#!/usr/bin/python3
"""The receipt printer, through a print service of its own on loopback and a printer that writes PDFs (cups-pdf)."""
import contextlib
import fcntl
import os
import pathlib
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import unittest

import tap
from print_server import CUPSD, PrintService, wait_until

BUILD = pathlib.Path(os.environ.get("ACCOLADE_BUILD", pathlib.Path(__file__).resolve().parent.parent / "build"))
CODE = "7K3M-9QXW-2DTE"
HANGING = 50  # seconds; a slip may be waited for for 10, and libcups by itself waits a minute
BACKEND = "/usr/lib/cups/backend/cups-pdf"
PPD = "/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd"
PAGES = pathlib.Path(pwd.getpwuid(os.geteuid()).pw_dir) / "PDF"


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
        self.service = PrintService(self.home)
        self.addCleanup(self.service.stop)
        self.service.start()
        self.service.add("Receipts", "cups-pdf:/", PPD)

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

    def keep_pages_apart(self):
        """Until this test ends nobody else's slip is printed: cups-pdf has one folder for each user."""
        PAGES.mkdir(exist_ok=True)
        folder = os.open(PAGES, os.O_RDONLY)
        self.addCleanup(os.close, folder)
        fcntl.flock(folder, fcntl.LOCK_EX)

    @staticmethod
    def pages():
        """What cups-pdf has written for the user who prints, and when: it writes over what has the same name."""
        return {(page, page.stat().st_mtime_ns) for page in PAGES.glob("*.pdf")}

    def print_slip(self, printer="Receipts"):
        return self.service.run(BUILD / "tests/test-slip-sender", printer, CODE, check=False)

    def test_a_slip_comes_out_and_no_copy_stays(self):
        self.keep_pages_apart()
        known = self.pages()
        printed = self.print_slip()
        self.assertEqual((0, ""), (printed.returncode, printed.stderr))
        ((page, _),) = self.pages() - known
        self.addCleanup(page.unlink)
        self.assertGreater(self.ink(page), 500)  # the service draws it: there is no text in it any more
        wait_until(lambda: not list((self.home / "spool").glob("d*")), "the end of the copies")
        jobs = self.service.run("lpstat", "-W", "completed", "-o").stdout
        self.assertNotIn(CODE, jobs)

    def test_a_stopped_printer_is_told_and_gets_nothing(self):
        self.service.run("cupsdisable", "Receipts")
        refused = self.print_slip()
        self.assertEqual(1, refused.returncode)
        self.assertIn("“Receipts” did not print: it is stopped", refused.stderr)
        self.assertEqual("", self.service.run("lpstat", "-o").stdout)

    def test_a_printer_that_is_not_there_is_told(self):
        refused = self.print_slip("Nowhere")
        self.assertEqual(1, refused.returncode)
        self.assertIn("“Nowhere” did not print", refused.stderr)

    def test_nobody_waits_for_a_service_that_falls_silent_on_the_way(self):
        self.keep_pages_apart()
        known = self.pages()
        self.addCleanup(lambda: [page.unlink() for page, _ in self.pages() - known])
        services = [Deaf(answers, self.service.port) for answers in (1, 2, 3)]  # of four or more that a slip takes
        for deaf in services:
            self.addCleanup(deaf.close)
        for sending in [send_to_deaf(deaf) for deaf in services]:
            self.addCleanup(sending.kill)
            _, told = sending.communicate(timeout=HANGING)
            self.assertEqual(1, sending.returncode)
            self.assertIn("“Receipts” did not print", told)


if __name__ == "__main__":
    tap.main()
