"""What every promise's test shares: how its cases are counted and told, and a branch to try it on.

A promise is a function of one argument, Cases, marked with @promise. tests/test_promises.py runs each at the size of
continuous integration and speaks TAP; `tests/run --deep` runs each at its deep size and prints a table."""
import contextlib
import os
import pathlib
import random
import shutil
import subprocess
import tempfile
import time
import unittest

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("ACCOLADE_BUILD", TOP / "build-plain")).resolve()
ACCOLADE = BUILD / "app/cli/accolade"
SENDER = BUILD / "tests/test-sender"
LETTERS = TOP / "tests/fixtures/letters"
BANKER = "Ana Held"
PASSPHRASE = "correct horse battery"

Skipped = unittest.SkipTest  # raised by a promise that this machine cannot be asked for

promises = []


class Promise:
    """One row of the table: its name in the list of promises, its sentence, its sizes, and the function that tries it."""

    def __init__(self, number, ci, deep, function):
        self.number, self.ci, self.deep, self.function = number, ci, deep, function
        self.sentence = function.__doc__.strip().splitlines()[0]

    def run(self, deep):
        cases = Cases(self.deep if deep else self.ci)
        began = time.monotonic()
        skipped = None
        try:
            self.function(cases)
            if cases.count == 0:
                cases.hold(False, "no case was tried")
        except Skipped as reason:
            skipped = str(reason)
        return Outcome(self, cases, time.monotonic() - began, skipped)


class Outcome:
    def __init__(self, promise, cases, seconds, skipped):
        self.promise, self.cases, self.seconds, self.skipped = promise, cases, seconds, skipped


class Cases:
    """Counts the cases that a promise was tried in, and keeps what failed. Its random numbers are told with a failure and
    repeated with ACCOLADE_SEED."""

    def __init__(self, size):
        self.size, self.count, self.failures = size, 0, []
        self.seed = int(os.environ.get("ACCOLADE_SEED", random.SystemRandom().getrandbits(32)))
        self.random = random.Random(self.seed)

    def hold(self, held, what):
        """One case: whether the promise held, and what was tried or went wrong."""
        self.count += 1
        if not held:
            self.failures.append(what)
        return held


def promise(number, ci, deep):
    """Marks a function as the test of promise @number, with its two sizes (1 where there is no size)."""

    def mark(function):
        promises.append(Promise(number, ci, deep, function))
        return function

    return mark


def run(arguments, **options):
    """A program run to its end; its output as text."""
    return subprocess.run([str(argument) for argument in arguments], text=True, capture_output=True,
                          **{"timeout": 120, **options})


class Branch:
    """A store folder with a passphrase file and a recovery key beside it."""

    def __init__(self, home):
        self.home = pathlib.Path(home)
        self.store = self.home / "store"
        self.passphrase = self.home / "passphrase"
        self.recovery = self.home / "recovery"

    def call(self, *arguments, **options):
        """The accolade command on this branch, run to its end."""
        environment = {**os.environ, "ACCOLADE_STORE": str(self.store)}
        return run([ACCOLADE, *arguments], **{"env": environment, "cwd": self.home, **options})

    def done(self, *arguments):
        """The same, where it must succeed: what it printed."""
        ended = self.call(*arguments)
        if ended.returncode != 0:
            raise AssertionError(f"{arguments}: {ended.returncode}: {ended.stdout}{ended.stderr}")
        return ended.stdout

    def signed_in(self, *arguments):
        return self.done(*arguments, "--passphrase-file", self.passphrase, "--banker", BANKER)

    def set_up(self):
        self.passphrase.write_text(PASSPHRASE + "\n")
        self.done("setup", "--branch", "Market Street branch", "--banker", BANKER, "--passphrase-file", self.passphrase,
                  "--recovery-file", self.recovery)

    def numbers(self):
        """The letters that both stores hold, each as often as it is there."""
        return [line.split("\t")[0] for line in self.done("list").splitlines()]


_models = []


@contextlib.contextmanager
def branch(folder=None):
    """A branch of one's own, gone afterwards; below @folder where the file system matters. Setting up costs key
    derivations, so each is a copy of one."""
    if not _models:
        model = tempfile.TemporaryDirectory(prefix="accolade-model-")
        Branch(model.name).set_up()
        _models.append(model)
    with tempfile.TemporaryDirectory(prefix="accolade-", dir=folder) as home:
        shutil.copytree(_models[0].name, home, dirs_exist_ok=True)
        yield Branch(home)


def rendered(home, letter="two-sentences.json"):
    """A letter's PDF, as the kiosk would have it ready; its path below @home."""
    pdf = pathlib.Path(home) / "ready.pdf"
    if not pdf.exists():
        made = run([ACCOLADE, "render", LETTERS / letter, "-o", pdf])
        if made.returncode != 0:
            raise AssertionError(made.stderr)
    return pdf


def tests_of(program):
    """The TAP lines of a test program of this build: (whether it passed, its name) for each of its tests."""
    ended = run(["dbus-run-session", "--", BUILD / "tests" / f"test-{program}"], timeout=600,
                env={**os.environ, "G_DEBUG": "fatal-criticals"})
    found = [(line.startswith("ok "), line.split(" ", 2)[2]) for line in ended.stdout.splitlines()
             if line.startswith(("ok ", "not ok ")) and "# SKIP" not in line]
    return found if ended.returncode == 0 else found + [(False, f"test-{program} ended with {ended.returncode}")]
