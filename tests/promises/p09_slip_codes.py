"""P9 for the codes of clients' slips: guessing is as slow as at the desk. Judged by what a guesser is told, and by the
count that stands in inbox.db."""
import contextlib
import os
import sqlite3
import time

import harness
from p09_throttle import BOOT_ID, COSTS, DAY, HALF_AN_HOUR, WALL_CLOCK, guess_at_once, later, need_time_namespaces, words_of

CLIENT = harness.BUILD / "tests/test-client"
WRONG = "0000-0000-0000"
ANSWER = "no letter with this code"
REFUSAL = "too many wrong codes"


class Slips:
    """A branch with one letter, and the code of its slip."""

    def __init__(self, branch):
        self.branch = branch
        self.number, self.code = branch.done("submit", "--slip", harness.LETTERS / "two-sentences.json").split()

    def words(self, code=WRONG):
        return [CLIENT, self.branch.store, code]

    def guess(self, *before, environment=None):
        """What a wrong code is answered."""
        return harness.run([*before, *self.words()], env={**os.environ, **(environment or {})}).stderr

    def opens(self, *before):
        """Whether the right code tells where the letter is."""
        return self.number in harness.run([*before, *self.words(self.code)]).stdout

    def sql(self, sql, *values):
        with contextlib.closing(sqlite3.connect(self.branch.store / "inbox.db", timeout=10)) as inbox, inbox:
            return inbox.execute(sql, values).fetchone()

    def tries(self):
        found = self.sql("SELECT tries FROM throttle WHERE guards = 'slip'")
        return found[0] if found else 0

    def forget(self, tries=0):
        self.sql("INSERT OR REPLACE INTO throttle VALUES ('slip', ?, 0, 0, '')", tries)


@contextlib.contextmanager
def slips():
    with harness.branch() as branch:
        yield Slips(branch)


@harness.promise("P9", ci=1, deep=1)
def waits_for_codes_grow(cases):
    """Four codes are free, then the waits grow, and the tenth wrong one locks for half an hour; what is none costs none."""
    need_time_namespaces()
    with slips() as guarded:
        gone = 0
        for position, cost in enumerate(COSTS, 1):
            told = guarded.guess(*later(gone))
            expected = f"wait {words_of(cost)}" if cost else ANSWER
            cases.hold(ANSWER in told and expected in told and guarded.tries() == position, f"try {position}: {told}")
            cases.hold("12 letters and digits" in harness.run(guarded.words("7K3M")).stderr
                       and guarded.tries() == position, "what can be no code was counted")
            if cost == 0:
                continue
            early = gone + max(cost - 30, 0)
            cases.hold(not guarded.opens(*later(early)) and REFUSAL in guarded.guess(*later(early)),
                       f"after try {position} the wait of {cost} s was cut short")
            cases.hold(guarded.tries() == position, f"a try was counted while waiting after try {position}")
            gone += cost + 1
        cases.hold(guarded.opens(*later(gone)) and guarded.tries() == 0, "the right one is refused after the wait")


@harness.promise("P9", ci=1, deep=1)
def clocks_and_reboots_gain_no_code(cases):
    """Neither the wall clock nor a reboot shortens the wait for codes, and bankers sign in all the while."""
    need_time_namespaces()
    with slips() as guarded:
        guarded.forget(tries=9)
        cases.hold("30 minutes" in guarded.guess(), "the tenth wrong code did not lock")
        for shift in (DAY, -DAY):
            told = guarded.guess(environment={**WALL_CLOCK, "FAKETIME": f"{shift:+d}"})
            cases.hold(REFUSAL in told, f"the wall clock {shift:+d} s: {told}")
        back = later(-int(time.clock_gettime(time.CLOCK_BOOTTIME) / 2))
        cases.hold("30 minutes" in guarded.guess(*back), "a boot clock that went back cut the wait short")
        other = guarded.branch.home / "boot-id"
        other.write_text("00000000-0000-4000-8000-000000000001\n")
        reboot = ["unshare", "--mount", "sh", "-c", f'mount --bind "{other}" {BOOT_ID} && exec "$@"', "reboot"]
        told = guarded.guess(*later(0), *reboot)
        cases.hold(REFUSAL in told and "30 minutes" in told, f"after a reboot: {told}")
        cases.hold(ANSWER in guarded.guess(*later(HALF_AN_HOUR + 5), *reboot), "the wait after a reboot has no end")
        shown = guarded.branch.signed_in("show", guarded.number)
        cases.hold("Jessica" in shown, f"a banker is kept out: {shown}")


@harness.promise("P9", ci=1, deep=1)
def killing_gains_no_code(cases):
    """Killed at any call of a wrong code's look-up, no answer is told that was not counted before."""
    with slips() as guarded:
        inbox = guarded.branch.store / "inbox.db"
        paths = [guarded.branch.store, inbox, inbox.with_name("inbox.db-journal")]
        for calls, where in (("fsync,fdatasync", paths), ("unlink", paths), ("openat", paths), ("pwrite64", paths),
                             ("write", ())):
            position, killed = 0, True
            while killed:
                position += 1
                guarded.forget()
                ended, killed = harness.faulted(guarded.words(), calls, "signal=KILL", position, where)
                counted = guarded.tries()
                checked = ANSWER in ended.stderr or calls == "write"
                cases.hold(counted == 1 if checked else counted <= 1,
                           f"killed at {calls} {position}: {counted} counted; {ended.stderr}")


@harness.promise("P9", ci=40, deep=1000)
def guessing_codes_at_once_gains_nothing(cases):
    """Ten guess codes at once, and are killed as they guess: they are told no more than one guesser would be."""
    with slips() as guarded:
        guess_at_once(cases, guarded.words(), ANSWER, 0.05)
