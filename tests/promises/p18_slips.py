"""P18 by the client's own hand: what waits is erased at once, what the desk has is erased when it carries the request
out, and the slip tells so."""
import canaries
import harness
from p18_erasure import erase, hold_gone, left_of, secrets_of

CLIENT = harness.BUILD / "tests/test-client"
KILLS = "fsync,fdatasync,unlink"
DEEP_KILLS = KILLS + ",pwrite64"


def come_back(branch, code, *asking):
    """The slip that @code opens, after asking: number, state, request, answer."""
    ended = harness.run([CLIENT, branch.store, code, *asking])
    if ended.returncode != 0:
        raise AssertionError(ended.stderr)
    return ended.stdout.rstrip("\n").split("\t")


def sent(branch):
    letter, staff = canaries.write_files(branch.home)
    return branch.done("submit", "--slip", letter).split()


@harness.promise("P18", ci=1, deep=1)
def erased_at_once(cases):
    """A letter that waits is gone from the inbox when its client says so; an entry without content remains."""
    with harness.branch() as branch:
        for kind, state in (("erase", "erased"), ("withdraw", "withdrawn")):
            number, code = sent(branch)
            other, _ = sent(branch)
            pieces, others = secrets_of(branch, number), secrets_of(branch, other)
            cases.hold(bool(pieces) and bool(left_of(branch, pieces)), "nothing was there to look for")
            cases.hold(come_back(branch, code) == [number, "waiting", "-", "-"], "the slip does not say that it waits")
            cases.hold(come_back(branch, code, kind) == [number, state, "-", "-"], f"it is not {state} at once")
            cases.hold(not left_of(branch, pieces), f"{number} is still in {left_of(branch, pieces)}")
            cases.hold(number not in branch.numbers() and other in branch.numbers() and bool(left_of(branch, others)),
                       "the list has it still, or lacks the other")
            verified = branch.call("verify")
            cases.hold(verified.returncode == 0, f"verify: {verified.stdout}{verified.stderr}")
            branch.decide("take-in")
            cases.hold(come_back(branch, code) == [number, state, "-", "-"], "the desk has changed what the slip says")


@harness.promise("P18", ci=1, deep=1)
def erased_by_request(cases):
    """A letter that the desk has is asked for, listed, erased by a manager, and the slip says that it is done."""
    with harness.branch() as branch:
        number, code = sent(branch)
        branch.decide("take-in")
        cases.hold(come_back(branch, code, "erase") == [number, "taken in", "erase", "-"], "it was not asked for")
        cases.hold(number in branch.done("requests"), "the desk does not list it")
        pieces = secrets_of(branch, number)
        erase(branch, number)
        hold_gone(cases, branch, number, pieces)
        cases.hold(come_back(branch, code) == [number, "erased", "erase", "done"], f"{come_back(branch, code)}")
        cases.hold(branch.done("requests") == "", "it is listed still")


@harness.promise("P18", ci=1, deep=2)
def killed_while_erasing_at_once(cases):
    """Killed at any call of an erasure at the kiosk, the letter is whole or gone, and asking again ends it."""
    calls = KILLS if cases.size == 1 else DEEP_KILLS
    with harness.branch() as branch:
        position, killed = 0, True
        while killed:
            position += 1
            number, code = sent(branch)
            pieces = secrets_of(branch, number)
            _, killed = harness.faulted([CLIENT, branch.store, code, "erase"], calls, "signal=KILL", position, ())
            state = come_back(branch, code)[1]
            whole = number in branch.numbers()
            cases.hold(whole == (state == "waiting"), f"killed at {position}: {state}, and whole: {whole}")
            cases.hold(come_back(branch, code, "erase")[1] == "erased" and not left_of(branch, pieces),
                       f"killed at {position}: it is not gone")
        verified = branch.call("verify")
        cases.hold(verified.returncode == 0, f"verify: {verified.stdout}{verified.stderr}")
        cases.hold(position > 3, f"only {position} calls were interrupted")
