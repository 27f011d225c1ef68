#!/usr/bin/python3
"""The kiosk's session as its unit starts it: a real compositor, an unprivileged user, a virtual screen. systemd itself need
not run here: what the unit says is read from it, and done. (tests/test_unit.py asks systemd.)"""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

TOP = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ["ACCOLADE_BUILD"])
sys.path.insert(0, str(TOP / "tests/journey"))
import tap  # noqa: E402
from first_page import see_and_begin  # noqa: E402
from glass import Glass  # noqa: E402

NOBODY = 65534
PATIENCE = 60  # seconds
UNIT = (TOP / "resources/units/accolade-kiosk.service").read_text()
SCRIPT = (TOP / "resources/session/accolade-kiosk-session.in").read_text()


def said(key):
    """What the unit says for @key."""
    return re.findall(rf"^{key}=(.*)$", UNIT, re.MULTILINE)


class Session(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.glass = Glass()

    @classmethod
    def tearDownClass(cls):
        cls.glass.close()

    def setUp(self):
        if os.geteuid() != 0:
            self.skipTest("only root can become another user")
        if not shutil.which("cage"):
            self.skipTest("cage is not installed")
        folder = tempfile.TemporaryDirectory(prefix="accolade-session-")
        self.addCleanup(folder.cleanup)
        self.home = pathlib.Path(folder.name)
        self.store = self.home / "store"
        self.runtime = self.home / "run"
        self.runtime.mkdir()
        (self.home / "passphrase").write_text("a calm table and good paper\n")
        subprocess.run([BUILD / "app/cli/accolade", "setup", "--store", self.store, "--branch", "Market Street branch", "--banker",
                        "Ana Held", "--passphrase-file", self.home / "passphrase", "--recovery-file", self.home / "recovery"],
                       check=True, stdout=subprocess.DEVNULL)
        self.script = self.home / "session"
        self.script.write_text(SCRIPT.replace("@bindir@", str(BUILD / "ui/kiosk")))
        self.script.chmod(0o755)
        for path in (self.home, *self.home.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        self.runtime.chmod(0o700)
        if self.as_nobody("test", "-x", BUILD / "ui/kiosk/accolade-kiosk").returncode != 0:
            self.skipTest("another user may not enter the build's folder")

    def words(self, *words, **variables):
        """Before a program: nobody's account, and the environment that the unit gives, on the virtual screen. (Of cage's
        screen of its own without one, WLR_BACKENDS=headless, no picture can be taken: it hands over a full window's
        buffer as it is.)"""
        environment = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "XDG_RUNTIME_DIR": self.runtime,
                       "ACCOLADE_STORE": self.store, "LC_ALL": "C.UTF-8", "WLR_BACKENDS": "x11", "WLR_RENDERER": "pixman",
                       "DISPLAY": self.glass.display, **variables}
        return ["setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups", "--no-new-privs", "env", "-i",
                *(f"{name}={value}" for name, value in environment.items()), *map(str, words)]

    def as_nobody(self, *words, **variables):
        return subprocess.run(self.words(*words, **variables), text=True, capture_output=True)

    def start(self):
        session = subprocess.Popen(self.words(self.script), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   start_new_session=True)
        self.addCleanup(self.end, session)
        return session

    @staticmethod
    def end(session):
        try:
            os.killpg(session.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        session.wait()

    def wait_for(self, look, what):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if answer := look():
                return answer
            time.sleep(0.1)
        raise AssertionError(f"waiting for {what}")

    def find_kiosk(self, session):
        """The kiosk of that session, by its process group and name."""
        told = subprocess.run(["ps", "-o", "pid=,uid=,comm=", "-g", str(session.pid)], text=True, capture_output=True).stdout
        rows = [line.split() for line in told.splitlines()]
        return next(((int(pid), int(uid)) for pid, uid, name in rows if name == "accolade-kiosk"), None)

    def is_open(self, session):
        """Whether the kiosk of that session stands on its store: it then shows the first page."""
        try:
            kiosk, _ = self.find_kiosk(session)
            return any(os.readlink(path) == str(self.store / "inbox.db") for path in pathlib.Path(f"/proc/{kiosk}/fd").iterdir())
        except (OSError, TypeError):
            return False

    def test_an_unprivileged_user_opens_the_kiosk(self):
        session = self.start()
        _, user = self.wait_for(lambda: self.find_kiosk(session), "the kiosk")
        self.assertEqual(NOBODY, user)
        self.wait_for(lambda: self.is_open(session), "the kiosk on its store")

    def test_its_first_page_is_seen_and_answers_a_touch(self):
        self.start()
        see_and_begin(self.glass)

    def test_killed_it_comes_back_as_the_unit_says(self):
        self.assertEqual((["always"], ["0"]), (said("Restart"), said("StartLimitIntervalSec")))
        for _ in range(3):
            session = self.start()
            kiosk, _ = self.wait_for(lambda: self.find_kiosk(session), "the kiosk")
            self.wait_for(lambda: self.is_open(session), "the kiosk on its store")
            os.kill(kiosk, signal.SIGKILL)
            status = session.wait(PATIENCE)
            self.assertNotIn(str(status), [*said("RestartPreventExitStatus"), "0"])

    def test_the_session_ends_with_what_the_kiosk_ends_with(self):
        stand_in = self.home / "accolade-kiosk"
        self.script.write_text(SCRIPT.replace("@bindir@", str(self.home)))
        for status in (0, 1, int(said("RestartPreventExitStatus")[0])):
            with self.subTest(status):
                stand_in.write_text(f"#!/bin/sh\nexit {status}\n")
                stand_in.chmod(0o755)
                session = self.start()
                self.assertEqual(status, session.wait(PATIENCE))

    def test_the_unit_powers_off_only_after_the_status_that_staff_choose(self):
        chosen = re.search(r"ACC_END_SHUT_DOWN (\d+)", (TOP / "ui/kiosk/staff-page.h").read_text()).group(1)
        self.assertEqual([chosen], said("RestartPreventExitStatus"))
        self.assertEqual([chosen], said("SuccessExitStatus"))
        self.assertIn(f'"$EXIT_STATUS" = {chosen} ]; then systemctl --no-block poweroff', said("ExecStopPost")[0])
        self.assertNotIn("root", said("User"))


if __name__ == "__main__":
    tap.main()
