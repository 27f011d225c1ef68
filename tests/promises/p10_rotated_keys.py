"""P10, where the branch's key changes: whenever that is killed, old and new letters open, and it can be finished."""
import re
import shutil

import harness

CALLS = "fsync,fdatasync,pwrite64,unlink,rename"
SECOND, SECOND_PASSPHRASE = "Daniel Reyes", "another long passphrase"


def rotate(branch):
    return [harness.ACCOLADE, "key", "rotate", "--store", branch.store, "--banker", harness.BANKER, "--passphrase-file",
            branch.passphrase]


def fill(branch):
    """Two bankers, a directory, two letters taken in and one that lies in the inbox: their numbers."""
    (branch.home / "second").write_text(SECOND_PASSPHRASE + "\n")
    branch.import_staff()
    branch.signed_in("banker", "add", SECOND, "--new-passphrase-file", branch.home / "second")
    letter = harness.LETTERS / "two-sentences.json"
    numbers = [branch.done("submit", letter).strip() for _ in range(2)]
    branch.decide("take-in")
    return [*numbers, branch.done("submit", letter).strip()]


def faults(branch, numbers):
    """What verify finds; before, each letter and a new one must open, for the one banker or the other."""
    new = branch.done("submit", harness.LETTERS / "accents.json").strip()
    as_second = ("--passphrase-file", branch.home / "second", "--banker", SECOND)
    branch.done("show", new, *as_second)
    branch.signed_in("show", new)
    for position, number in enumerate(numbers):
        if position % 2:
            branch.signed_in("show", number)
        else:
            branch.done("show", number, *as_second)
    verified = branch.call("verify")
    return "" if verified.returncode == 0 else verified.stdout


def count_calls(branch, home):
    """How many calls a rotation makes that change a file."""
    log = home / "calls"
    harness.run(["strace", "-f", "-qq", "-o", log, "-e", f"trace={CALLS}", *rotate(branch)])
    return len(re.findall(r"^\d+ +(?:%s)\(" % CALLS.replace(",", "|"), log.read_text(), re.M))


@harness.promise("P10", ci=3, deep=400)
def killed_while_rotating(cases):
    """Killed anywhere while the branch's key is rotated, old and new letters open, and running it again finishes it."""
    with harness.branch() as model:
        numbers = fill(model)
        with harness.branch() as counted:
            shutil.copytree(model.home, counted.home, dirs_exist_ok=True)
            calls = count_calls(counted, counted.home)
        cases.hold(calls > 60, f"only {calls} calls")
        step = max(1, calls // cases.size)
        kills = 0
        for n in range(cases.random.randint(1, step), calls + 1, step):
            with harness.branch() as branch:
                shutil.copytree(model.home, branch.home, dirs_exist_ok=True)
                ended, killed = harness.faulted(rotate(branch), CALLS, "signal=KILL", n)
                kills += killed
                fault = faults(branch, numbers)
                cases.hold(not fault, f"call {n} of {calls}: {ended.returncode}: {fault}")
                again = branch.signed_in("key", "rotate")
                fault = faults(branch, numbers)
                cases.hold(not fault, f"call {n} of {calls}, then finished ({again.splitlines()[0]}): {fault}")
        cases.hold(kills > 0, "no rotation was killed")
