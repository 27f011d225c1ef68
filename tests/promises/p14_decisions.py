"""P14: decisions are made by the rules, one at a time, each signed and noted. The table of states is walked through the
real acc_decide by test-decision; two bankers who decide at once are two processes here."""
import contextlib
import pathlib
import sqlite3
import subprocess

import harness

BANKER = harness.BUILD / "tests/test-banker"
SECOND = "Bea Holt"
# What the slower one is told, who opened the letter before or after the other's decision.
TOLD = ("This letter has changed since it was opened: it is claimed now.",
        "Another banker has claimed this letter since it was opened.",
        "This cannot be done with a letter that is claimed.")


@harness.promise("P14", ci=1, deep=1)
def state_table(cases):
    """Every move out of every state, by every kind of banker, goes as the table says; what is forged is found."""
    for program in ("review", "decision", "decision-check", "checks-hold"):
        for passed, name in harness.tests_of(program):
            cases.hold(passed, name)


def add_banker(branch):
    """A second banker, who can sign in with the same words as the first."""
    branch.signed_in("banker", "add", SECOND, "--new-passphrase-file", branch.passphrase)


def receive(branch):
    """The number of a letter that the desk has taken in."""
    number = branch.done("submit", harness.LETTERS / "two-sentences.json").split()[0]
    taken = harness.run([BANKER, branch.store, branch.passphrase, harness.BANKER, "take-in"])
    if taken.returncode != 0:
        raise AssertionError(taken.stderr)
    return number


def decide_at_once(branch, number):
    """Both bankers claim the letter, each in a process of their own: (exit status, what it said) of each."""
    both = [subprocess.Popen([BANKER, branch.store, branch.passphrase, name, "claim", number], text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for name in (harness.BANKER, SECOND)]
    return [(process.wait(timeout=60), process.stderr.read()) for process in both]


def count(branch, sql, *values):
    with contextlib.closing(sqlite3.connect(pathlib.Path(branch.store) / "desk.db")) as desk:
        return desk.execute(sql, values).fetchone()[0]


@harness.promise("P14", ci=8, deep=100)
def two_at_once(cases):
    """Of two bankers who claim a letter at once, one wins and the other is told; one decision and one entry are kept."""
    with harness.branch() as branch:
        add_banker(branch)
        for _ in range(cases.size):
            number = receive(branch)
            ended = decide_at_once(branch, number)
            told = [said for status, said in ended if status != 0]
            cases.hold(len(told) == 1 and told[0].startswith(TOLD), f"both ended: {ended}")
            kept = count(branch, "SELECT count (*) FROM decision WHERE number = ?", number)
            noted = count(branch, "SELECT count (*) FROM journal WHERE number = ? AND kind = 'claimed'", number)
            cases.hold(kept == noted == 1, f"{kept} decisions, {noted} entries")
        verified = branch.call("verify")
        cases.hold(verified.returncode == 0, verified.stdout[:500])
