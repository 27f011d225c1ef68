#!/usr/bin/python3
"""Somebody at the real kiosk, or at the real desk, with a display, a session bus and a home of their own: what P6, P7 and
P8 are tried with.

As a program it plays one scene, a function of the promise's module, and tells each case as a line of JSON: [held, what]."""
import concurrent.futures
import contextlib
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import harness

sys.path.insert(0, str(harness.TOP / "tests/journey"))
import journey  # noqa: E402
from person import Person, Screen  # noqa: E402

KIOSK = harness.BUILD / "ui/kiosk/accolade-kiosk"
DESK = harness.BUILD / "ui/desk/accolade-desk"
BUTTON, FIELD, TICK = journey.BUTTON, journey.FIELD, journey.TICK
MEMORY = pathlib.Path("/dev/shm")
ASKED = "Are you still there?"
OFFERED = "Somebody’s letter was not finished"
FOLDERS = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
PYTHON = "/usr/bin/python3"  # the one that has pyatspi


# ---- from a promise ----

def play(cases, module, scenes, seconds, at_a_time=2):
    """Plays scenes, lists of words, some at a time, each in a process of its own; their cases are added to @cases."""
    if not MEMORY.is_dir():
        raise harness.Skipped("there is no memory file system at /dev/shm")
    for program in ("Xvfb", "dbus-run-session", "xdotool", "xclip"):
        if not shutil.which(program):
            raise harness.Skipped(f"{program} is not installed")
    with concurrent.futures.ThreadPoolExecutor(at_a_time) as pool:
        seeds = [cases.random.getrandbits(32) for _ in scenes]
        for lines in pool.map(lambda scene, seed: _play(module, [*map(str, scene), str(seed)], seconds), scenes, seeds):
            for held, what in lines:
                cases.hold(held, what)


def _play(module, words, seconds):
    """The cases of one scene, and how it ended where it did not end well."""
    with tempfile.TemporaryFile("w+") as told, tempfile.TemporaryFile("w+") as errors, \
            tempfile.TemporaryDirectory(prefix="accolade-", dir=MEMORY) as memory:
        # A group of its own: what the session has started ends with it. The accessibility bus lies in the session's folder,
        # and its registry waits for no display but the scene's own.
        environment = {**os.environ, "XDG_RUNTIME_DIR": memory}
        environment.pop("DISPLAY", None)
        process = subprocess.Popen(["dbus-run-session", "--", PYTHON, __file__, module, *words], stdout=told, stderr=errors,
                                   env=environment, start_new_session=True)
        try:
            ended = process.wait(seconds)
        except subprocess.TimeoutExpired:
            ended = f"nothing after {seconds} seconds"
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        told.seek(0)
        errors.seek(0)
        lines = [json.loads(line) for line in told if line.startswith("[")]
        if ended != 0:
            lines.append([False, f"ended with {ended}: {errors.read()[-1500:]}"])
    return [(held, f"{' '.join(words)}: {what}") for held, what in lines]


# ---- from a scene ----

def tell(held, what):
    print(json.dumps([bool(held), what]), flush=True)
    return held


class Place:
    """A branch with a kiosk's account beside it: a home, and a session's folder in memory."""

    def __init__(self, branch):
        self.branch = branch
        self.session = pathlib.Path(os.environ["XDG_RUNTIME_DIR"])
        self.began = time.time()
        for name in FOLDERS:
            folder = branch.home / "account" / name.lower()
            folder.mkdir(parents=True)
            os.environ[name] = str(folder)

    def configure(self, group, **values):
        lines = "".join(f"{key}={value}\n" for key, value in values.items())
        with open(self.branch.store / "accolade.conf", "a", encoding="utf-8") as file:
            file.write(f"\n[{group}]\n{lines}")

    def kiosk(self, *arguments):
        return Person(KIOSK, "--store", self.branch.store, *arguments)

    def desk(self):
        return Person(DESK, "--store", self.branch.store)

    def drafts(self):
        """What lies in the session's folder: the drafts, and what is left of them."""
        return sorted((self.session / "accolade").glob("*")) if (self.session / "accolade").is_dir() else []

    def files(self):
        """(path, bytes) of every file that was written meanwhile where a program of this account may write."""
        since = ["-xdev", "-type", "f", "-newermt", f"@{self.began:.0f}", "-print0"]
        own = subprocess.run(["find", self.branch.home, self.session, *since], capture_output=True, text=True).stdout
        # Where all of the machine's programs write, not as deep.
        others = subprocess.run(["find", "/tmp", "/var/tmp", MEMORY, "-maxdepth", "2", "-size", "-4096k", *since],
                                capture_output=True, text=True).stdout
        for name in sorted(set(filter(None, (own + others).split("\0")))):
            with contextlib.suppress(OSError):  # another program's, gone meanwhile
                yield name, pathlib.Path(name).read_bytes()


@contextlib.contextmanager
def place():
    with harness.branch() as branch:
        yield Place(branch)


@contextlib.contextmanager
def screen(width=1366, height=768):
    one = Screen(width, height)
    try:
        yield one
    finally:
        one.close()


def ask_next(person, seen):
    person.click(BUTTON, "Next")
    person.sees(seen)


def type_into(person, seen, text):
    """The answer to the question that is asked now, which has the focus."""
    person.sees(seen)
    person.type(text)
    person.sees(text)


def say_who(person, words):
    """From the welcome to the story."""
    person.click(BUTTON, "Write a letter")
    person.write(FIELD, "Who helped you", words["name"])
    ask_next(person, "What should we call")
    person.write(FIELD, "What should we call", words["called"])
    ask_next(person, "Which department")
    person.write(FIELD, "Which department", words["department"])
    ask_next(person, "How did you reach")
    person.click(TICK, "By phone")
    ask_next(person, "What were you trying to do?")


def answer_who_asked(person):
    """Where the kiosk puts that question."""
    put = person.wait_for(lambda: person.look(None, "Did someone at the bank ask you to write?")
                          or person.look(None, "What may the bank do with your letter?"), "the question after signing")
    if "Did someone" in person.text_of(put) + (put.name or ""):
        person.click(TICK, "No, nobody did")
        person.click(BUTTON, "Next")


def write_letter(person, words):
    """Every answer that is asked for, up to the letter that can be sent."""
    say_who(person, words)
    type_into(person, "What were you trying to do?", words["need"])
    ask_next(person, f"What did {words['called']} do?")
    type_into(person, "What did", words["act"])
    ask_next(person, "What could you do afterwards?")
    type_into(person, "What could you do", words["difference"])
    ask_next(person, "thank your banker")
    person.click(TICK, "Yes, with a few words")
    ask_next(person, "What is your banker’s name?")
    person.write(FIELD, "What is your banker", words["banker"])
    ask_next(person, f"What would you like to say to {words['banker']}?")
    type_into(person, "What would you like to say", words["words"])
    ask_next(person, "What is your name?")
    person.write(FIELD, "What is your name", words["author"])
    ask_next(person, "Sign your letter")
    person.click(BUTTON, "Type it instead")
    person.write(FIELD, "Type your name", words["author"])
    ask_next(person, "Did someone at the bank ask you to write?")
    ask_next(person, "What may the bank do with your letter?")
    person.click(TICK, "Tell me when it has arrived")
    person.write(FIELD, "Your e-mail address", words["contact"])
    ask_next(person, "Read your letter")
    person.find(BUTTON, "Send")


def main(arguments):
    module, scene, *words, seed = arguments
    random.seed(int(seed))
    getattr(__import__(module), scene)(*words)


if __name__ == "__main__":
    sys.modules["at_kiosk"] = sys.modules["__main__"]
    main(sys.argv[1:])
