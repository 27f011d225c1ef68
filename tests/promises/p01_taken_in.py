"""P1 at the desk: killed at any system call while letters are taken in and read back, none is lost, doubled or skipped."""
import collections
import contextlib
import shutil
import sqlite3

import harness

CALLS = "fsync,fdatasync,pwrite64,unlink"
LETTERS = ("two-sentences.json", "accents.json", "banker.json")


def entries(branch, kind):
    """The letters of which the desk's journal tells this, each as often as it does."""
    with contextlib.closing(sqlite3.connect(branch.store / "desk.db")) as desk:
        return collections.Counter(number for (number,) in desk.execute("SELECT number FROM journal WHERE kind = ?",
                                                                       (kind,)))


def take_in(branch):
    return [harness.BANKER_PROGRAM, branch.store, branch.passphrase, harness.BANKER, "take-in"]


@harness.promise("P1", ci=8, deep=400)
def killed_while_taking_in(cases):
    """Killed while letters are taken in and read back, each is there once; the next time all are in, and read back once."""
    with harness.branch() as model:
        sent = {model.done("submit", harness.LETTERS / letter).strip() for letter in LETTERS}
        with harness.branch() as counted:
            shutil.copytree(model.home, counted.home, dirs_exist_ok=True)
            points, _ = harness.points(take_in(counted), CALLS, lambda line: str(counted.store) in line)
        cases.hold(len(points) > 60, f"only {points}")
        for call, position in cases.random.sample(points, min(cases.size, len(points))):
            with harness.branch() as branch:
                shutil.copytree(model.home, branch.home, dirs_exist_ok=True)
                _, killed = harness.faulted(take_in(branch), call, "signal=KILL", position, follow=())
                at = f"{call} {position}"
                cases.hold(killed and sorted(branch.numbers()) == sorted(sent), f"{at}: {branch.numbers()}")
                branch.decide("take-in")
                once = collections.Counter(sent)
                cases.hold(entries(branch, "taken in") == once and entries(branch, "read back") == once,
                           f"{at}: taken in {entries(branch, 'taken in')}, read back {entries(branch, 'read back')}")
                verified = branch.call("verify")
                cases.hold(verified.returncode == 0, f"{at}: {verified.stdout}")
