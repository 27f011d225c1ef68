"""P9 for the codes of clients' slips: guessing is as slow as at the desk. Judged by what a guesser is told, and by the
count that stands in inbox.db."""
import contextlib
import sqlite3

import harness
import throttled

CLIENT = harness.BUILD / "tests/test-client"


class Slips(throttled.Guarded):
    """A branch with one letter, and the code of its slip."""
    ANSWER = "no letter with this code"
    REFUSAL = "too many wrong codes"
    STORE = "inbox.db"

    def __init__(self, branch):
        super().__init__(branch)
        self.number, self.code = branch.done("submit", "--slip", harness.LETTERS / "two-sentences.json").split()

    def words(self, code="0000-0000-0000"):
        return [CLIENT, self.branch.store, code]

    def opens(self, *before):
        """Whether the right code tells where the letter is."""
        return self.number in harness.run([*before, *self.words(self.code)]).stdout

    def refuses_what_is_no_code(self):
        return "12 letters and digits" in harness.run(self.words("7K3M")).stderr

    def sql(self, sql, *values):
        with contextlib.closing(sqlite3.connect(self.branch.store / self.STORE, timeout=10)) as inbox, inbox:
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
    throttled.need_time_namespaces()
    with slips() as guarded:
        throttled.waits_grow(cases, guarded, guarded.refuses_what_is_no_code)


@harness.promise("P9", ci=1, deep=1)
def clocks_and_reboots_gain_no_code(cases):
    """Neither the wall clock nor a reboot shortens the wait for codes, and bankers sign in all the while."""
    throttled.need_time_namespaces()
    with slips() as guarded:
        throttled.clocks_and_reboots_gain_nothing(cases, guarded)
        shown = guarded.branch.signed_in("show", guarded.number)
        cases.hold("Jessica" in shown, f"a banker is kept out: {shown}")


@harness.promise("P9", ci=1, deep=1)
def killing_gains_no_code(cases):
    """Killed at any call of a wrong code's look-up, no answer is told that was not counted before."""
    with slips() as guarded:
        throttled.killing_gains_nothing(cases, guarded)


@harness.promise("P9", ci=40, deep=1000)
def guessing_codes_at_once_gains_nothing(cases):
    """Ten guess codes at once, and are killed as they guess: they are told no more than one guesser would be."""
    with slips() as guarded:
        throttled.guessing_at_once_gains_nothing(cases, guarded, 0.05)
