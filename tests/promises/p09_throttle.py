"""P9: guessing is slow. Judged by the answers that a guesser is told, and by the count that stands in the store."""
import contextlib
import os
import sqlite3
import subprocess
import time

import harness

# What each wrong try in a row costs, in seconds; the tenth locks for half an hour, and so does each that follows.
COSTS = (0, 0, 0, 0, 5, 15, 60, 300, 900, 1800, 1800)
HALF_AN_HOUR = 1800
DAY = 86400
ANSWER = "that is not the passphrase"
REFUSAL = "too many wrong passphrases"
WALL_CLOCK = {"LD_PRELOAD": "/usr/$LIB/faketime/libfaketime.so.1", "DONT_FAKE_MONOTONIC": "1"}
BOOT_ID = "/proc/sys/kernel/random/boot_id"


class Door:
    """A branch's sign-in, knocked at with `accolade show`, which signs in before it looks for the letter."""

    def __init__(self, branch):
        self.branch = branch
        self.wrong = branch.home / "wrong"
        self.wrong.write_text("incorrect horse battery\n")

    def words(self, passphrase=None, banker=harness.BANKER):
        return [harness.ACCOLADE, "show", "00000000-0000-4000-8000-000000000000", "--store", self.branch.store,
                "--passphrase-file", passphrase or self.wrong, "--banker", banker]

    def guess(self, *before, environment=None):
        """What a wrong passphrase is answered."""
        return harness.run([*before, *self.words()], env={**os.environ, **(environment or {})}).stderr

    def is_open(self, *before, banker=harness.BANKER):
        """Whether the right passphrase gets in: then the letter is what is missing."""
        told = harness.run([*before, *self.words(self.branch.passphrase, banker)]).stderr
        return "passphrase" not in told

    def write(self, sql, *values):
        with contextlib.closing(sqlite3.connect(self.branch.store / "desk.db", timeout=10)) as desk, desk:
            return desk.execute(sql, values).fetchone()

    def tries(self):
        return self.write("SELECT tries FROM banker WHERE name = ?", harness.BANKER)[0]

    def forget(self, tries=0):
        self.write("UPDATE banker SET tries = ?, wait_until = 0, wait_seconds = 0, wait_boot = ''", tries)


@contextlib.contextmanager
def door():
    with harness.branch() as branch:
        yield Door(branch)


def later(seconds):
    """In front of a program: the boot clock @seconds on (or back), which no program can set from inside."""
    return ["unshare", "--time", "--boottime", str(int(seconds))]


def need_time_namespaces():
    if harness.run([*later(1), "true"]).returncode != 0:
        raise harness.Skipped("unshare --time is not allowed")


def words_of(seconds):
    return f"{seconds} seconds" if seconds < 60 else f"{seconds // 60} minute{'s' if seconds >= 120 else ''}"


@harness.promise("P9", ci=1, deep=1)
def waits_grow(cases):
    """Four tries are free, then the waits grow, and the tenth wrong one locks for half an hour."""
    need_time_namespaces()
    with door() as sign_in:
        gone = 0
        for position, cost in enumerate(COSTS, 1):
            told = sign_in.guess(*later(gone))
            expected = f"wait {words_of(cost)} before the next try" if cost else ANSWER
            cases.hold(ANSWER in told and expected in told and sign_in.tries() == position, f"try {position}: {told}")
            if cost == 0:
                continue
            early = gone + max(cost - 30, 0)
            cases.hold(not sign_in.is_open(*later(early)) and REFUSAL in sign_in.guess(*later(early)),
                       f"after try {position} the wait of {cost} s was cut short")
            cases.hold(sign_in.tries() == position, f"a try was counted while waiting after try {position}")
            gone += cost + 1
        cases.hold(sign_in.is_open(*later(gone)) and sign_in.tries() == 0, "the right one is refused after the wait")


@harness.promise("P9", ci=1, deep=1)
def clocks_and_reboots_gain_nothing(cases):
    """Neither the wall clock nor a reboot shortens a wait; another banker signs in all the while."""
    need_time_namespaces()
    with door() as sign_in:
        new = sign_in.branch.home / "new"
        new.write_text("another horse battery\n")
        sign_in.branch.signed_in("banker", "add", "Bo Lind", "--new-passphrase-file", new)
        sign_in.forget(tries=9)
        cases.hold("30 minutes" in sign_in.guess(), "the tenth wrong try did not lock")
        for shift in (DAY, -DAY):
            moved = {**WALL_CLOCK, "FAKETIME": f"{shift:+d}"}
            told = sign_in.guess(environment=moved)
            shown = harness.run(["date", "+%s"], env={**os.environ, **moved}).stdout
            cases.hold(REFUSAL in told and abs(int(shown) - time.time() - shift) < HALF_AN_HOUR,
                       f"the wall clock {shift:+d} s, {shown.strip()}: {told}")
        back = later(-int(time.clock_gettime(time.CLOCK_BOOTTIME) / 2))
        cases.hold("30 minutes" in sign_in.guess(*back), "a boot clock that went back cut the wait short")
        other = sign_in.branch.home / "boot-id"
        other.write_text("00000000-0000-4000-8000-000000000001\n")
        reboot = ["unshare", "--mount", "sh", "-c", f'mount --bind "{other}" {BOOT_ID} && exec "$@"', "reboot"]
        for clock, wait in ((0, "30 minutes"), (HALF_AN_HOUR - 100, "2 minutes")):
            told = sign_in.guess(*later(clock), *reboot)
            cases.hold(REFUSAL in told and wait in told, f"{clock} s after a reboot: {told}")
        cases.hold(ANSWER in sign_in.guess(*later(HALF_AN_HOUR + 5), *reboot), "the wait after a reboot has no end")
        sign_in.branch.passphrase = new
        cases.hold(sign_in.is_open(banker="Bo Lind"), "another banker is kept out")


@harness.promise("P9", ci=1, deep=1)
def killing_gains_no_try(cases):
    """Killed at any call of a wrong sign-in, no answer is told that was not counted before."""
    with door() as sign_in:
        paths = [sign_in.branch.store, sign_in.branch.store / "desk.db", sign_in.branch.store / "desk.db-journal"]
        for calls, where in (("fsync,fdatasync", paths), ("unlink", paths), ("openat", paths), ("pwrite64", paths),
                             ("write", ())):
            position, killed = 0, True
            while killed:
                position += 1
                sign_in.forget()
                ended, killed = harness.faulted(sign_in.words(), calls, "signal=KILL", position, where)
                counted = sign_in.tries()
                checked = ANSWER in ended.stderr or calls == "write"
                cases.hold(counted == 1 if checked else counted <= 1,
                           f"killed at {calls} {position}: {counted} counted; {ended.stderr}")


def answers_due(seconds):
    """How many tries the table allows in so many seconds."""
    free, spent = 1, 0
    for cost in COSTS:
        spent += cost
        free += spent <= seconds
    return free


def guess_at_once(cases, words, answer, latest):
    """Ten guessers run @words, again and again; each time but the first, when it is seen that they are answered at all, five
    are killed, at most @latest seconds after they began."""
    began = time.clock_gettime(time.CLOCK_BOOTTIME)
    answers = tries = 0
    while tries < cases.size:
        guessers = [subprocess.Popen(map(str, words), stderr=subprocess.PIPE, text=True) for _ in range(10)]
        if tries > 0:
            time.sleep(cases.random.uniform(0, latest))  # the moment of the kills is what is tried
            for guesser in guessers[:5]:
                guesser.kill()
        told = [guesser.communicate()[1] for guesser in guessers]
        answers += sum(answer in one for one in told)
        tries += len(told)
        due = answers_due(time.clock_gettime(time.CLOCK_BOOTTIME) - began)
        cases.hold(answers_due(0) <= answers <= due and all(one.count("\n") <= 1 for one in told),
                   f"{answers} answers after {tries} tries, where {due} are due: {told}")


@harness.promise("P9", ci=40, deep=1000)
def guessing_at_once_gains_nothing(cases):
    """Ten guess at once, and are killed as they guess: they are told no more than one guesser would be."""
    with door() as sign_in:
        guess_at_once(cases, sign_in.words(), ANSWER, 0.3)
