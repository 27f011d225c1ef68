"""What holds for everything that is guarded by a throttle, a banker's sign-in and the codes of slips alike."""
import os
import subprocess
import time

import harness

# What each wrong try in a row costs, in seconds; the tenth locks for half an hour, and so does each that follows.
COSTS = (0, 0, 0, 0, 5, 15, 60, 300, 900, 1800, 1800)
HALF_AN_HOUR = 1800
DAY = 86400
WALL_CLOCK = {"LD_PRELOAD": "/usr/$LIB/faketime/libfaketime.so.1", "DONT_FAKE_MONOTONIC": "1"}
BOOT_ID = "/proc/sys/kernel/random/boot_id"


class Guarded:
    """A branch, and a way in that is guarded. Whoever derives it says:

    ANSWER, REFUSAL  what a wrong try is told, and one that comes too early
    STORE            the database that counts
    words()          the command of a wrong try
    opens(*before)   whether the right try gets in
    tries(), forget(tries)   the count in the store, read and set"""

    def __init__(self, branch):
        self.branch = branch

    def guess(self, *before, environment=None):
        """What a wrong try is told."""
        return harness.run([*before, *self.words()], env={**os.environ, **(environment or {})}).stderr

    def paths(self):
        database = self.branch.store / self.STORE
        return [self.branch.store, database, database.with_name(f"{self.STORE}-journal")]


def later(seconds):
    """In front of a program: the boot clock @seconds on (or back), which no program can set from inside."""
    return ["unshare", "--time", "--boottime", str(int(seconds))]


def early_by(since, seconds):
    """The boot clock @seconds on, less what this machine has needed @since: the shortest waits are no longer than that."""
    return later(seconds - int(time.monotonic() - since))


def need_time_namespaces():
    if harness.run([*later(1), "true"]).returncode != 0:
        raise harness.Skipped("unshare --time is not allowed")


def words_of(seconds):
    return f"{seconds} seconds" if seconds < 60 else f"{seconds // 60} minute{'s' if seconds >= 120 else ''}"


def waits_grow(cases, guarded, uncounted=lambda: True):
    """@uncounted: whether what is no try at all is told so; it must not count."""
    gone = 0
    for position, cost in enumerate(COSTS, 1):
        told = guarded.guess(*later(gone))
        told_at = time.monotonic()
        expected = f"wait {words_of(cost)}" if cost else guarded.ANSWER
        cases.hold(guarded.ANSWER in told and expected in told and guarded.tries() == position, f"try {position}: {told}")
        cases.hold(uncounted() and guarded.tries() == position, "what is no try was counted")
        if cost == 0:
            continue
        early = gone + max(cost - 30, 0)
        cases.hold(not guarded.opens(*early_by(told_at, early)) and guarded.REFUSAL in guarded.guess(*early_by(told_at, early)),
                   f"after try {position} the wait of {cost} s was cut short")
        cases.hold(guarded.tries() == position, f"a try was counted while waiting after try {position}")
        gone += cost + 1
    cases.hold(guarded.opens(*later(gone)) and guarded.tries() == 0, "the right one is refused after the wait")


def clocks_and_reboots_gain_nothing(cases, guarded):
    guarded.forget(tries=9)
    cases.hold("30 minutes" in guarded.guess(), "the tenth wrong try did not lock")
    for shift in (DAY, -DAY):
        moved = {**WALL_CLOCK, "FAKETIME": f"{shift:+d}"}
        told = guarded.guess(environment=moved)
        shown = harness.run(["date", "+%s"], env={**os.environ, **moved}).stdout
        cases.hold(guarded.REFUSAL in told and abs(int(shown) - time.time() - shift) < HALF_AN_HOUR,
                   f"the wall clock {shift:+d} s, {shown.strip()}: {told}")
    back = later(-int(time.clock_gettime(time.CLOCK_BOOTTIME) / 2))
    cases.hold("30 minutes" in guarded.guess(*back), "a boot clock that went back cut the wait short")
    other = guarded.branch.home / "boot-id"
    other.write_text("00000000-0000-4000-8000-000000000001\n")
    reboot = ["unshare", "--mount", "sh", "-c", f'mount --bind "{other}" {BOOT_ID} && exec "$@"', "reboot"]
    for clock, wait in ((0, "30 minutes"), (HALF_AN_HOUR - 100, "2 minutes")):
        told = guarded.guess(*later(clock), *reboot)
        cases.hold(guarded.REFUSAL in told and wait in told, f"{clock} s after a reboot: {told}")
    cases.hold(guarded.ANSWER in guarded.guess(*later(HALF_AN_HOUR + 5), *reboot), "the wait after a reboot has no end")


def killing_gains_nothing(cases, guarded):
    paths = guarded.paths()
    for calls, where in (("fsync,fdatasync", paths), ("unlink", paths), ("openat", paths), ("pwrite64", paths), ("write", ())):
        position, killed = 0, True
        while killed:
            position += 1
            guarded.forget()
            ended, killed = harness.faulted(guarded.words(), calls, "signal=KILL", position, where)
            counted = guarded.tries()
            checked = guarded.ANSWER in ended.stderr or calls == "write"
            cases.hold(counted == 1 if checked else counted <= 1,
                       f"killed at {calls} {position}: {counted} counted; {ended.stderr}")


def answers_due(seconds):
    """How many tries the table allows in so many seconds."""
    free, spent = 1, 0
    for cost in COSTS:
        spent += cost
        free += spent <= seconds
    return free


def guessing_at_once_gains_nothing(cases, guarded, latest):
    """Ten guessers, again and again; each time but the first, when it is seen that they are answered at all, five are
    killed, at most @latest seconds after they began."""
    began = time.clock_gettime(time.CLOCK_BOOTTIME)
    answers = tries = 0
    while tries < cases.size:
        guessers = [subprocess.Popen(map(str, guarded.words()), stderr=subprocess.PIPE, text=True) for _ in range(10)]
        if tries > 0:
            time.sleep(cases.random.uniform(0, latest))  # the moment of the kills is what is tried
            for guesser in guessers[:5]:
                guesser.kill()
        told = [guesser.communicate()[1] for guesser in guessers]
        answers += sum(guarded.ANSWER in one for one in told)
        tries += len(told)
        due = answers_due(time.clock_gettime(time.CLOCK_BOOTTIME) - began)
        cases.hold(answers_due(0) <= answers <= due and all(one.count("\n") <= 1 for one in told),
                   f"{answers} answers after {tries} tries, where {due} are due: {told}")
