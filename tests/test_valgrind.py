#!/usr/bin/python3
"""The accolade command under valgrind: no byte read that was never written, none outside its block, no block lost.
Without ACCOLADE_DEEP, only the rows that are marked for every run."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import tap

TOP = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("ACCOLADE_BUILD", TOP / "build-plain")).resolve()
DEEP = bool(os.environ.get("ACCOLADE_DEEP"))
LETTER = TOP / "tests/fixtures/letters/two-people.json"
STAFF = TOP / "tests/fixtures/staff/branch.csv"
BAD_STAFF = TOP / "tests/fixtures/staff/bad-rows.csv"
FOUND = 99  # valgrind's exit status where it has found something

SIGNED_IN = ["--banker", "Ana Held", "--passphrase-file", "passphrase"]

# The words of a command, NUMBER standing for the letter that is there; its exit status; whether it is tried every time.
# A sign-in takes valgrind some five seconds: argon2id is made to be slow.
ROWS = [
    (["setup", "--store", "other", "--branch", "B", "--banker", "Bo", "--passphrase-file", "passphrase"], 0, True),
    (["banker", "list"], 0, True),
    (["banker", "add", "Bo Lee", "--new-passphrase-file", "passphrase", *SIGNED_IN], 0, False),
    (["banker", "list", "--json"], 0, False),
    (["staff", "import", STAFF, *SIGNED_IN], 0, True),
    (["staff", "import", BAD_STAFF, *SIGNED_IN], 1, False),
    (["submit", LETTER], 0, True),
    (["submit", STAFF], 1, True),
    (["render", LETTER, "-o", "letter.pdf"], 0, False),
    (["list"], 0, True),
    (["list", "--json"], 0, False),
    (["show", "NUMBER", "--json", *SIGNED_IN], 0, True),
    (["show", "NUMBER", "--banker", "Ana Held", "--passphrase-file", "wrong"], 1, False),
    (["verify"], 0, True),
    (["letterhead", "check", TOP / "resources/letterheads/harbour-vale"], 0, False),
    (["key", "rotate", *SIGNED_IN], 0, False),
    (["backup", "another.backup"], 0, True),
    (["restore", "one.backup", "--store", "restored"], 0, True),
    (["erase", "NUMBER", "--reason", "asked by the client", *SIGNED_IN], 0, False),
    (["retain"], 0, True),
    (["doctor"], None, True),
    (["list", "--store", "nowhere"], 1, True),
    (["no-such-command"], 2, True),
]


class Valgrind(unittest.TestCase):
    """Each row on a copy of one branch, which is set up without valgrind."""

    @classmethod
    def setUpClass(cls):
        cls.model = pathlib.Path(tempfile.mkdtemp(prefix="accolade-"))
        (cls.model / "passphrase").write_text("correct horse battery\n")
        (cls.model / "wrong").write_text("incorrect horse battery\n")
        cls.done("setup", "--branch", "Market Street branch", "--banker", "Ana Held", "--passphrase-file", "passphrase",
                 "--recovery-file", "recovery")
        cls.number = cls.done("submit", LETTER).split()[-1]
        cls.done("backup", "one.backup")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.model)

    @staticmethod
    def call(folder, *command):
        return subprocess.run([*map(str, command)], cwd=folder, text=True, capture_output=True, timeout=300,
                              env={**os.environ, "ACCOLADE_STORE": str(folder / "store"), "G_SLICE": "always-malloc"})

    @classmethod
    def done(cls, *arguments):
        ended = cls.call(cls.model, BUILD / "app/cli/accolade", *arguments)
        if ended.returncode != 0:
            raise AssertionError(ended.stderr)
        return ended.stdout

    def try_row(self, arguments, status):
        home = pathlib.Path(tempfile.mkdtemp(prefix="accolade-"))
        self.addCleanup(shutil.rmtree, home)
        shutil.copytree(self.model, home, dirs_exist_ok=True)
        ended = self.call(
            home, "valgrind", "-q", f"--error-exitcode={FOUND}", "--leak-check=full", "--show-leak-kinds=definite",
            "--errors-for-leak-kinds=definite", "--suppressions=/usr/share/glib-2.0/valgrind/glib.supp",
            f"--suppressions={TOP}/tests/valgrind.suppressions", BUILD / "app/cli/accolade",
            *[self.number if argument == "NUMBER" else argument for argument in arguments])
        self.assertNotEqual(FOUND, ended.returncode, ended.stderr)
        if status is not None:
            self.assertEqual(status, ended.returncode, ended.stderr)


def add_test(arguments, status):
    words = [pathlib.Path(word).name for word in arguments if word not in SIGNED_IN]
    setattr(Valgrind, "test " + " ".join(words), lambda self: self.try_row(arguments, status))


for row_arguments, row_status, always in ROWS:
    if always or DEEP:
        add_test(row_arguments, row_status)


if __name__ == "__main__":
    tap.main()
