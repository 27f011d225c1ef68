"""P10, where the branch's key changes: whenever that is killed, old and new letters open, and it can be finished."""
import re
import shutil

import harness

CALLS = "fsync,fdatasync,pwrite64,unlink,rename"
UNFINISHED = "branch.pub: this is not the newest key of this branch"  # true until the rotation is run again
SECOND, SECOND_PASSPHRASE = "Daniel Reyes", "another long passphrase"


def rotate(branch):
    return [harness.ACCOLADE, "key", "rotate", "--store", branch.store, "--banker", harness.BANKER, "--passphrase-file",
            branch.passphrase, "--recovery-file", branch.recovery]


def fill(branch):
    """Two bankers, a directory, two letters taken in and one that lies in the inbox: their numbers."""
    (branch.home / "second").write_text(SECOND_PASSPHRASE + "\n")
    branch.import_staff()
    branch.signed_in("banker", "add", SECOND, "--new-passphrase-file", branch.home / "second")
    letter = harness.LETTERS / "two-sentences.json"
    numbers = [branch.done("submit", letter).strip() for _ in range(2)]
    branch.decide("take-in")
    return [*numbers, branch.done("submit", letter).strip()]


def recovery_opens(branch, *names):
    """Whether one of these files beside the store holds a recovery key that opens the branch."""
    with harness.branch() as copied:
        shutil.copytree(branch.home, copied.home, dirs_exist_ok=True)
        return any(copied.call("key", "recover", "--recovery-file", copied.home / name, "--new-passphrase-file",
                               copied.home / "second").returncode == 0 for name in names)


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
                cases.hold(recovery_opens(branch, "recovery", "recovery.new"), f"call {n}: no recovery key opens the branch")
                fault = faults(branch, numbers)
                cases.hold(fault.strip() in ("", UNFINISHED), f"call {n} of {calls}: {ended.returncode}: {fault}")
                again = branch.signed_in("key", "rotate", "--recovery-file", branch.recovery)
                fault = faults(branch, numbers)
                cases.hold(not fault, f"call {n} of {calls}, then finished ({again.splitlines()[0]}): {fault}")
        cases.hold(kills > 0, "no rotation was killed")


@harness.promise("P10", ci=1, deep=1)
def killed_while_handing_over(cases):
    """Killed wherever the new recovery key is written, one that opens the branch lies there; afterwards under its name."""
    with harness.branch() as model:
        with harness.branch() as counted:
            calls, _ = harness.points(rotate(counted), "fsync,rename", lambda line: str(counted.home) in line)
        handing = [(call, position + late) for call, position in calls for late in (0, 1)]
        cases.hold(len(handing) > 4, f"only {handing}")
        for call, position in sorted(set(handing)):
            with harness.branch() as branch:
                shutil.copytree(model.home, branch.home, dirs_exist_ok=True)
                (branch.home / "second").write_text(SECOND_PASSPHRASE + "\n")
                harness.faulted(rotate(branch), call, "signal=KILL", position, follow=())
                cases.hold(recovery_opens(branch, "recovery", "recovery.new"), f"{call} {position}: no recovery key opens")
                branch.signed_in("key", "rotate", "--recovery-file", branch.recovery)
                cases.hold(recovery_opens(branch, "recovery") and not (branch.home / "recovery.new").exists(),
                           f"{call} {position}, then finished: the recovery key is not in its file")
