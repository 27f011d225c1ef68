#!/usr/bin/python3
"""The kiosk's unit, run by systemd itself on a machine inside this one, where everything is installed and set up by the
words of the README: its first page is seen, and comes back whatever ends it."""
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

TOP = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ["ACCOLADE_BUILD"])
sys.path.insert(0, str(TOP / "tests/journey"))
import tap  # noqa: E402
from first_page import see_and_begin, wait_for  # noqa: E402
from glass import Glass  # noqa: E402
from machine import FIRST, Machine  # noqa: E402

UNIT = "accolade-kiosk.service"
PASSPHRASE = "/run/passphrase"
CODE = "20261122"
PATIENCE = 60  # seconds until the machine is off
END_SHUT_DOWN = re.search(r"ACC_END_SHUT_DOWN (\d+)", (TOP / "ui/kiosk/staff-page.h").read_text()).group(1)


def readme_block(begin):
    """The commands of the README's block whose first word is @begin."""
    blocks = (TOP / "README.md").read_text().split("\n```\n")
    return next(block for block in blocks if block.startswith(begin)).replace("--passphrase-file F",
                                                                              f"--passphrase-file {PASSPHRASE}")


class Unit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if os.geteuid() != 0:
            raise unittest.SkipTest("only root can start a machine")
        if not pathlib.Path(FIRST).exists() or "overlay" not in pathlib.Path("/proc/filesystems").read_text():
            raise unittest.SkipTest("there is no systemd here, or no overlay")
        if subprocess.run(["unshare", "-m", "-p", "-f", "-i", "-u", "-C", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
                          stderr=subprocess.DEVNULL).returncode != 0:
            raise unittest.SkipTest("namespaces and mounts are not allowed here")
        cls.glass = Glass()
        cls.addClassCleanup(cls.glass.close)
        cls.machine = Machine(cls.install)
        cls.addClassCleanup(cls.machine.close)
        cls.machine.run("sh", "-c", f"cat >{PASSPHRASE}", text="a calm table and good paper\n")
        cls.machine.run("sh", "-ec", readme_block("adduser"))
        cls.machine.run("sh", "-ec", readme_block("accolade kiosk exit-code"), text=f"{CODE}\n")

    @classmethod
    def install(cls, root):
        subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", root], check=True,
                       stdout=subprocess.DEVNULL)
        screen = root / f"etc/systemd/system/{UNIT}.d/screen.conf"
        screen.parent.mkdir()
        screen.write_text(f"[Service]\nEnvironment=WLR_BACKENDS=x11 WLR_RENDERER=pixman DISPLAY={cls.glass.display}\n")

    def show(self, *keys):
        told = self.machine.run("systemctl", "show", UNIT, *(f"--property={key}" for key in keys)).stdout
        values = dict(line.split("=", 1) for line in told.splitlines())
        return [values[key] for key in keys]

    def find(self, program):
        """The number of its process, or nothing. For a moment what it starts bears its name too: it is the oldest."""
        return self.machine.run("pgrep", "--exact", "--oldest", program, check=False).stdout.strip()

    def test_its_first_page_is_seen_whoever_was_killed(self):
        see_and_begin(self.glass)
        self.assertEqual(["active", "accolade-kiosk", "0"], self.show("ActiveState", "User", "NRestarts"))
        for program in ("accolade-kiosk", "cage", "accolade-kiosk-"):  # the last is the script, as the kernel names it
            with self.subTest(program):
                [restarts] = self.show("NRestarts")
                process = wait_for(lambda: self.find(program), program)
                self.machine.run("kill", "-KILL", process)
                wait_for(lambda: self.show("NRestarts") == [str(int(restarts) + 1)], "another start")
                see_and_begin(self.glass)

    def test_each_word_of_the_units_is_understood(self):
        told = self.machine.run("systemd-analyze", "verify", "--man=no", UNIT, "accolade-retain.service", "accolade-retain.timer")
        self.assertNotIn("accolade", told.stderr)

    def test_it_runs_without_rights(self):
        process = wait_for(lambda: self.find("accolade-kiosk"), "the kiosk")
        status = self.machine.run("cat", f"/proc/{process}/status").stdout
        said = dict(line.split(":\t", 1) for line in status.splitlines())
        self.assertEqual(("1", ["0000000000000000"] * 3),
                         (said["NoNewPrivs"], [said[key] for key in ("CapPrm", "CapEff", "CapBnd")]))
        self.assertNotIn("0", said["Uid"].split())
        inside = ["nsenter", "-t", process, "-m", "-S", said["Uid"].split()[0], "-G", said["Gid"].split()[0]]
        for path in ("/home", "/root", "/var/lib/accolade/store/desk.db", "/var/lib/accolade/store/pepper"):
            with self.subTest(path):
                self.assertNotEqual(0, self.machine.run(*inside, "ls", path, check=False).returncode)
                self.assertEqual(0, self.machine.run("ls", path).returncode)
        for path in ("/var/lib/accolade/kiosk", "/etc", "/usr", "/var/tmp/..", "/run"):
            with self.subTest(path):
                made = self.machine.run(*inside, "touch", f"{path}/made", check=False)
                self.assertNotEqual(0, made.returncode)

    def test_it_sees_what_the_desk_hands_over(self):
        """What is no note is erased, by whoever sees it; here that is the kiosk alone, which may do so nowhere else."""
        wait_for(lambda: self.find("accolade-kiosk"), "the kiosk")
        name = hashlib.sha256(b"/var/lib/accolade/inbox/inbox.db").hexdigest()[:16]
        path = f"/run/accolade-handover/handover-{name}"
        self.machine.run("runuser", "-u", "accolade-desk", "--", "sh", "-c", f"umask 027; echo {{}} >{path}")
        wait_for(lambda: self.machine.run("ls", path, check=False).returncode != 0, "the end of what is no note")

    def test_doctor_finds_well_where_a_prepared_letter_is_handed_over(self):
        for store in ("store", "kiosk"):
            told = self.machine.run("accolade", "doctor", "--json", "--store", f"/var/lib/accolade/{store}", check=False)
            found = [(finding["state"], finding["sentence"]) for finding in json.loads(told.stdout)
                     if finding["check"] == "handover"]
            self.assertEqual([("ok", "Desk and kiosk hand a prepared letter over in /run/accolade-handover.")], found)

    def test_when_staff_shut_it_down_the_machine_goes_off(self):
        stand_in = f"#!/bin/sh\nexit {END_SHUT_DOWN}\n"
        self.machine.run("install", "-m", "755", "/dev/stdin", "/usr/local/bin/accolade-kiosk", text=stand_in)
        self.machine.run("systemctl", "--no-block", "restart", UNIT)
        self.machine.process.wait(PATIENCE)


if __name__ == "__main__":
    tap.main()
