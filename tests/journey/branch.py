"""A branch that is set up for one test: a banker, the staff of the demonstration, a folder of its own."""
import os
import pathlib
import shutil
import subprocess
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ["ACCOLADE_BUILD"])
BANKER = "Ana Held"
PASSPHRASE = "a calm table and good paper"


class Branch:
    def __init__(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="accolade-branch-"))
        self.store = self.home / "store"
        (self.home / "passphrase").write_text(PASSPHRASE + "\n")
        self.signed_in("setup", "--branch", "Market Street branch", "--banker", BANKER, "--recovery-file", self.home / "recovery")
        self.signed_in("staff", "import", TOP / "resources/demo/staff.csv")

    def close(self):
        shutil.rmtree(self.home)

    def call(self, *arguments, **options):
        """What the command line prints, where nobody signs in."""
        words = [BUILD / "app/cli/accolade", *arguments, "--store", self.store]
        return subprocess.run(list(map(str, words)), check=True, text=True, capture_output=True, timeout=60, **options).stdout

    def signed_in(self, *arguments):
        return self.call(*arguments, "--passphrase-file", self.home / "passphrase")
