"""P9: guessing is slow. Judged by the answers that a guesser is told, and by the count that stands in the store."""
import contextlib
import sqlite3

import harness
import throttled


class SignIn(throttled.Guarded):
    """A branch's sign-in, knocked at with `accolade show`, which signs in before it looks for the letter."""
    ANSWER = "that is not the passphrase"
    REFUSAL = "too many wrong passphrases"
    STORE = "desk.db"

    def __init__(self, branch):
        super().__init__(branch)
        self.wrong = branch.home / "wrong"
        self.wrong.write_text("incorrect horse battery\n")

    def words(self, passphrase=None, banker=harness.BANKER):
        return [harness.ACCOLADE, "show", "00000000-0000-4000-8000-000000000000", "--store", self.branch.store,
                "--passphrase-file", passphrase or self.wrong, "--banker", banker]

    def opens(self, *before, banker=harness.BANKER):
        """Whether the right passphrase gets in: then the letter is what is missing."""
        told = harness.run([*before, *self.words(self.branch.passphrase, banker)]).stderr
        return "passphrase" not in told

    def sql(self, sql, *values):
        with contextlib.closing(sqlite3.connect(self.branch.store / self.STORE, timeout=10)) as desk, desk:
            return desk.execute(sql, values).fetchone()

    def tries(self):
        return self.sql("SELECT tries FROM banker WHERE name = ?", harness.BANKER)[0]

    def forget(self, tries=0):
        self.sql("UPDATE banker SET tries = ?, wait_until = 0, wait_seconds = 0, wait_boot = ''", tries)


@contextlib.contextmanager
def sign_in():
    with harness.branch() as branch:
        yield SignIn(branch)


@harness.promise("P9", ci=1, deep=1)
def waits_grow(cases):
    """Four tries are free, then the waits grow, and the tenth wrong one locks for half an hour."""
    throttled.need_time_namespaces()
    with sign_in() as guarded:
        throttled.waits_grow(cases, guarded)


@harness.promise("P9", ci=1, deep=1)
def clocks_and_reboots_gain_nothing(cases):
    """Neither the wall clock nor a reboot shortens a wait; another banker signs in all the while."""
    throttled.need_time_namespaces()
    with sign_in() as guarded:
        new = guarded.branch.home / "new"
        new.write_text("another horse battery\n")
        guarded.branch.signed_in("banker", "add", "Bo Lind", "--new-passphrase-file", new)
        throttled.clocks_and_reboots_gain_nothing(cases, guarded)
        guarded.branch.passphrase = new
        cases.hold(guarded.opens(banker="Bo Lind"), "another banker is kept out")


@harness.promise("P9", ci=1, deep=1)
def killing_gains_no_try(cases):
    """Killed at any call of a wrong sign-in, no answer is told that was not counted before."""
    with sign_in() as guarded:
        throttled.killing_gains_nothing(cases, guarded)


@harness.promise("P9", ci=40, deep=1000)
def guessing_at_once_gains_nothing(cases):
    """Ten guess at once, and are killed as they guess: they are told no more than one guesser would be."""
    with sign_in() as guarded:
        throttled.guessing_at_once_gains_nothing(cases, guarded, 0.3)
