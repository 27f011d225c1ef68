"""P1: no submitted letter is lost. Judged by the acknowledgements that were read from the sender, outside the store."""
import contextlib
import itertools
import sqlite3
import subprocess
import time
import uuid

import harness

LETTER = harness.LETTERS / "two-sentences.json"
CALLS = ("fsync,fdatasync", "unlink", "openat", "pwrite64")  # at each of which a program is killed
KILLS = 250  # at random moments, of one branch


def acknowledged(branch, pdf, at_work, moment):
    """Sends letters until @moment seconds have gone since the sender's start, or since it was @at_work, then kills it:
    the numbers it acknowledged."""
    with subprocess.Popen([harness.SENDER, branch.store, LETTER, pdf, "1000000"], stdout=subprocess.PIPE,
                          text=True) as sender:
        first = sender.stdout.readline() if at_work else ""
        time.sleep(moment)  # the moment of the kill is what is tried, not something to wait for
        sender.kill()
        return (first + sender.stdout.read()).split()


def hold_whole(cases, branch):
    verified = branch.call("verify")
    cases.hold(verified.returncode == 0, f"half a letter: {verified.stdout[:500]}{verified.stderr}")


@harness.promise("P1", ci=200, deep=10_000)
def killed_while_submitting(cases):
    """Killed at random moments while submitting, nothing acknowledged is missing, half there or there twice."""
    for first in range(0, cases.size, KILLS):  # every letter is looked for after every kill: a store is not left to grow
        with harness.branch() as branch:
            pdf = harness.rendered(branch.home)
            sent, kills = set(), min(KILLS, cases.size - first)
            for position in range(kills):
                told = acknowledged(branch, pdf, position % 2 == 1, cases.random.uniform(0, 0.06))
                sent.update(told)
                kept = branch.numbers()
                cases.hold(sent <= set(kept) and len(kept) == len(set(kept)),
                           f"missing {sorted(sent - set(kept))}, {len(kept) - len(set(kept))} twice")
            hold_whole(cases, branch)
            cases.hold(len(sent) >= kills // 2, f"only {len(sent)} letters were acknowledged before a kill")


def killed_at_each(calls, arguments, paths):
    """Runs the program that @arguments() names, killed at the first such call, the second, … until it lives: for each
    kill the arguments and what the program had printed."""
    for position in itertools.count(1):
        called = arguments()
        ended, killed = harness.faulted(called, calls, "signal=KILL", position, paths)
        if not killed:
            return
        yield called, ended.stdout, f"killed at {calls} {position}"


def ways_to_send(branch, pdf):
    """A sender with a ready letter; and the whole command, which typesets and proofreads first."""
    yield lambda: [harness.SENDER, branch.store, LETTER, pdf, "1", str(uuid.uuid4())]
    yield lambda: [harness.ACCOLADE, "submit", LETTER, "--store", branch.store, "--number", str(uuid.uuid4())]


@harness.promise("P1", ci=1, deep=2)
def killed_at_each_call_of_a_submission(cases):
    """Killed at each call that changes the inbox, a letter is there once after it was sent again."""
    with harness.branch() as branch:
        ways = itertools.islice(ways_to_send(branch, harness.rendered(branch.home)), cases.size)
        for way, calls in itertools.product(ways, CALLS):
            for called, told, met in killed_at_each(calls, way, harness.store_paths(branch.store)):
                number = called[-1]
                early = number in told.split() and branch.numbers().count(number) != 1
                again = harness.run(called)
                cases.hold(not early and number in again.stdout and branch.numbers().count(number) == 1,
                           f"{met}: acknowledged {told!r}, then {again.stdout}{again.stderr}")
        hold_whole(cases, branch)


def held_by(database):
    """The numbers of the letters in inbox.db or desk.db, read without Accolade."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return [number for number, in connection.execute("SELECT number FROM letter ORDER BY sequence")]


def taking_in(branch):
    return [harness.BANKER_PROGRAM, branch.store, branch.passphrase, harness.BANKER, "take-in"]


@harness.promise("P1", ci=2, deep=len(CALLS))
def killed_at_each_call_of_taking_in(cases):
    """Killed between taken in and removed from the inbox, or at any call, a letter ends once, in the archive."""
    with harness.branch() as branch:
        pdf = harness.rendered(branch.home)
        sent = []

        def taking_in_one_more():
            sent.extend(harness.run([harness.SENDER, branch.store, LETTER, pdf, "1"]).stdout.split())
            return taking_in(branch)

        paths = [*harness.store_paths(branch.store), branch.store / "desk.db", branch.store / "desk.db-journal"]
        for calls in CALLS[:cases.size]:
            for called, _, met in killed_at_each(calls, taking_in_one_more, paths):
                listed = branch.numbers()
                again = harness.run(called)
                cases.hold(listed == sent and not held_by(branch.store / "inbox.db")
                           and held_by(branch.store / "desk.db") == sent,
                           f"{met}: {len(sent)} were sent, then there were {len(listed)}; {again.stderr}")
            harness.run(taking_in(branch))
        hold_whole(cases, branch)


@harness.promise("P1", ci=100, deep=1000)
def senders_and_takers_at_once(cases):
    """Two send while two take in: nothing is lost, nothing is there twice."""
    with harness.branch() as branch:
        pdf = harness.rendered(branch.home)
        send = [harness.SENDER, branch.store, LETTER, pdf, str(cases.size)]
        senders = [subprocess.Popen(send, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        while any(sender.poll() is None for sender in senders):
            takers = [subprocess.Popen(taking_in(branch), stderr=subprocess.PIPE, text=True) for _ in range(2)]
            told = [taker.communicate()[1] for taker in takers]
            cases.hold(not any(told), f"a taker was refused: {told}")
        sent = [number for sender in senders for number in sender.communicate()[0].split()]
        harness.run(taking_in(branch))
        kept = held_by(branch.store / "desk.db")
        cases.hold(sorted(kept) == sorted(sent) and len(sent) == 2 * cases.size and not held_by(branch.store / "inbox.db"),
                   f"{len(sent)} were sent, {len(kept)} taken in")
        hold_whole(cases, branch)
