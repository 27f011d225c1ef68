"""What every promise's test shares: how its cases are counted and told, and a branch to try it on.

A promise is a function of one argument, Cases, marked with @promise. table.py runs it at the size of continuous integration
and speaks TAP, or, as `tests/run --deep` does, at its deep size and prints a table."""
import collections
import contextlib
import ctypes
import fcntl
import json
import os
import pathlib
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests"))  # what other tests have, too
BUILD = pathlib.Path(os.environ.get("ACCOLADE_BUILD", TOP / "build-plain")).resolve()
ACCOLADE = BUILD / "app/cli/accolade"
SENDER = BUILD / "tests/test-sender"
BANKER_PROGRAM = BUILD / "tests/test-banker"
STAFF = TOP / "resources/demo/staff.csv"
LETTERS = TOP / "tests/fixtures/letters"
BANKER = "Ana Held"
PASSPHRASE = "correct horse battery"
CLONE_NEWNS = 0x00020000  # sched.h

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
        except (AssertionError, subprocess.TimeoutExpired) as refused:  # the other promises are tried all the same
            cases.hold(False, str(refused))
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

    def decide(self, verb, *numbers):
        """What a banker does at the desk: "take-in", then "claim", "approve", "route"… to each letter."""
        done = run([BANKER_PROGRAM, self.store, self.passphrase, BANKER, verb, *numbers])
        if done.returncode != 0:
            raise AssertionError(f"{verb}: {done.returncode}: {done.stderr}")

    def import_staff(self, csv=STAFF):
        """The directory, in which the banker has a supervisor: what routing asks for."""
        self.signed_in("staff", "import", csv)
        found = json.loads(self.signed_in("staff", "find", BANKER, "--json"))
        self.signed_in("banker", "link", BANKER, found[0]["id"])

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


def faulted(arguments, calls, fault, when, paths=(), follow=("-f",), **options):
    """A program run to its end under strace, which answers the @when-th of the system @calls that touch @paths (all, if
    there are none) with a @fault such as "error=EIO" or "signal=KILL"; "3+" means the third and all later ones. How it
    ended, and whether the fault came at all: counting from 1 until it does not reaches every point. Without @follow its
    own first thread alone meets the fault."""
    with tempfile.NamedTemporaryFile(prefix="accolade-strace-") as log:
        limits = [word for path in paths for word in ("-P", path)]
        ended = run(["strace", *follow, "-qq", "-o", log.name, "-e", f"trace={calls}", "-e",
                     f"inject={calls}:{fault}:when={when}", *limits, *arguments], **options)
        told = log.read()
    return ended, b"(INJECTED)" in told or ended.returncode == -signal.SIGKILL


def points(arguments, calls, touches, **options):
    """Where a program may meet a fault: (call, position) as faulted counts them without @follow, for each of those system
    @calls whose line @touches what matters; and how the program ended."""
    counts, found = collections.Counter(), []
    with tempfile.NamedTemporaryFile(mode="r", prefix="accolade-strace-") as log:
        ended = run(["strace", "-y", "-qq", "-s", "0", "-o", log.name, "-e", f"trace={calls}", *arguments], **options)
        for line in log:
            call = line.split("(", 1)[0]
            counts[call] += 1
            if call in calls.split(",") and touches(line):
                found.append((call, counts[call]))
    return found, ended


def store_paths(store):
    """What submitting writes below a store's folder: the paths to fault."""
    folder = pathlib.Path(store).resolve()
    return [folder, folder / "inbox.db", folder / "inbox.db-journal"]


@contextlib.contextmanager
def mounted(kind, where, *arguments):
    """A file system of its own on the folder @where, such as mounted("tmpfs", where, "-o", "size=2m"), gone afterwards.
    Skipped where this machine does not allow it."""
    made = run(["mount", "-t", kind, *arguments, kind, where])
    if made.returncode != 0:
        raise Skipped(made.stderr.strip() or "mounting is not allowed")
    try:
        yield pathlib.Path(where)
    finally:
        run(["umount", "--lazy", where])


def keep_mounts_apart():
    """What this process mounts from now on is seen by itself and its children alone: another test's mount namespace, made
    meanwhile, would hold it, and it could not be unmounted."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS) != 0:
        raise Skipped(f"a mount namespace: {os.strerror(ctypes.get_errno())}")
    run(["mount", "--make-rprivate", "/"], check=True)


class Disk:
    """A file system on a loop device whose power can be cut: what was not flushed is gone."""
    SHUTDOWN = 0x8004587D  # _IOR ('X', 125, uint32_t)
    NO_LOG_FLUSH = struct.pack("I", 2)

    def __init__(self, image, where):
        self.image, self.where = image, where

    def attach(self):
        made = run(["mount", "-o", "loop", self.image, self.where])
        if made.returncode != 0:
            raise Skipped(made.stderr.strip())

    def detach(self):
        run(["umount", self.where])

    def cut_power(self):
        folder = os.open(self.where, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, Disk.SHUTDOWN, Disk.NO_LOG_FLUSH)
        finally:
            os.close(folder)

    def restart(self):
        self.detach()
        self.attach()


@contextlib.contextmanager
def disk(megabytes=64):
    """An ext4 of its own on a loop device, gone afterwards. Skipped where this machine does not allow it."""
    keep_mounts_apart()
    with tempfile.TemporaryDirectory(prefix="accolade-disk-") as home:
        image, where = pathlib.Path(home, "image"), pathlib.Path(home, "mounted")
        where.mkdir()
        with open(image, "wb") as file:
            file.truncate(megabytes << 20)
        made = run(["mkfs.ext4", "-q", "-F", image])
        if made.returncode != 0:
            raise Skipped(made.stderr.strip())
        one = Disk(image, where)
        one.attach()
        try:
            yield one
        finally:
            one.detach()


def tests_of(program, *arguments, around=()):
    """The TAP lines of a test program of this build, with words @around it: (whether it passed, its name) for each of its
    tests."""
    ended = run([*around, "dbus-run-session", "--", BUILD / "tests" / f"test-{program}", *arguments], timeout=600,
                env={**os.environ, "G_DEBUG": "fatal-criticals", "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo",
                     "GTK_A11Y": "test"})
    found = [(line.startswith("ok "), line.split(" ", 2)[2]) for line in ended.stdout.splitlines()
             if line.startswith(("ok ", "not ok ")) and "# SKIP" not in line]
    return found if ended.returncode == 0 else found + [(False, f"test-{program} ended with {ended.returncode}")]
