"""P18: an erased letter is gone, the journal proves that it was there, the receipt lists what had been handed over."""
import collections
import json
import re
import shutil
import sqlite3

import canaries
import harness
import wall_clock

CHUNK = 32  # bytes of a key or a body that a find needs
CALLS = "fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2,rmdir"


def secrets_of(branch, number):
    """What the stores keep of a letter, sealed and encrypted: pieces by which it would be known again."""
    pieces = []
    for store, tables in (("inbox.db", (("letter", "body"), ("letter_key JOIN letter USING (sequence)", "key"))),
                          ("desk.db", (("letter_key", "key"), ("document", "body"), ("delivery", "recipient")))):
        database = sqlite3.connect(f"file:{branch.store / store}?mode=ro", uri=True)
        for table, column in tables:
            for (data,) in database.execute(f"SELECT {column} FROM {table} WHERE number = ?", (number,)):
                pieces += [data[start:start + CHUNK] for start in range(0, len(data) - CHUNK + 1, 1024)]
        database.close()
    return pieces


def left_of(branch, pieces):
    """Where one of these pieces is still found: free pages and journal files too."""
    return [path.name for path in branch.store.iterdir() if path.is_file()
            and any(piece in data for data in [path.read_bytes()] for piece in pieces)]


def packages_of(branch, number):
    outbox = branch.home / "store-outbox"
    return sorted(path.name for path in outbox.iterdir() if number in path.name) if outbox.exists() else []


def state_of(branch, number):
    return next(letter["state"] for letter in json.loads(branch.done("list", "--json")) if letter["number"] == number)


def routed(branch, count=1):
    """Letters full of canaries, routed: their numbers."""
    letter, staff = canaries.write_files(branch.home)
    if branch.call("staff", "chain", canaries.EMPLOYEE, "--passphrase-file", branch.passphrase).returncode != 0:
        branch.signed_in("staff", "import", staff)
        branch.signed_in("banker", "link", harness.BANKER, "A1")
    numbers = [branch.done("submit", letter).strip() for _ in range(count)]
    branch.decide("take-in")
    for verb in ("claim", "approve", "route"):
        branch.decide(verb, *numbers)
    return numbers


def erase(branch, number, receipt="receipt.pdf"):
    return branch.signed_in("erase", number, "--reason", "The client asked.", "--receipt", branch.home / receipt)


def hold_gone(cases, branch, number, pieces):
    """That nothing of the letter is left, and everything else is in order."""
    left = left_of(branch, pieces)
    cases.hold(not left, f"{number} is still in {left}")
    cases.hold(state_of(branch, number) == "erased", f"{number} is {state_of(branch, number)}")
    cases.hold(not packages_of(branch, number), f"the outbox has {packages_of(branch, number)}")
    shown = branch.call("show", number, "--passphrase-file", branch.passphrase)
    cases.hold(shown.returncode == 1 and "was erased on" in shown.stderr and shown.stderr.count("\n") == 1,
               shown.stderr)
    verified = branch.call("verify")
    cases.hold(verified.returncode == 0, f"verify: {verified.stdout}{verified.stderr}")


@harness.promise("P18", ci=1, deep=1)
def erased_for_good(cases):
    """Erasing a letter leaves neither key nor words in stores and outbox, but proof of it, and a receipt."""
    with harness.branch() as branch:
        numbers = routed(branch, 4)
        waiting = branch.done("submit", branch.home / "letter.json").strip()  # it leaves inbox.db as well
        pieces = {number: secrets_of(branch, number) for number in (*numbers, waiting)}
        cases.hold(all(one and left_of(branch, one) for one in pieces.values()), "nothing was there to look for")
        for count, number in enumerate((numbers[2], waiting, numbers[0])):
            told = erase(branch, number, f"{count}.pdf")
            hold_gone(cases, branch, number, pieces[number])
            handed = (canaries.EMPLOYEE, canaries.SUPERVISOR, canaries.OWN_SUPERVISOR)
            cases.hold(number in told and all((name in told) == (number != waiting) for name in handed), told)
            cases.hold("actcanary" not in told and "Fromcanary" not in told, "the receipt tells what was erased")
            pdf = harness.run(["pdftotext", branch.home / f"{count}.pdf", "-"]).stdout
            cases.hold("The client asked." in pdf and (canaries.SUPERVISOR in pdf) == (number != waiting), pdf)
        for number in (numbers[1], numbers[3]):  # the others are whole
            shown = branch.signed_in("show", number)
            cases.hold(canaries.EMPLOYEE in shown and len(packages_of(branch, number)) == 3, f"{number}: {shown}")


def retain(branch, days, *arguments):
    """`accolade retain` as it would go @days from now."""
    return harness.run([*wall_clock.at(f"{days:+}d"), harness.ACCOLADE, "retain", "--store", branch.store, *arguments],
                       cwd=branch.home)


@harness.promise("P18", ci=1, deep=1)
def kept_no_longer_than_said(cases):
    """Retention removes what was acknowledged 90 days ago or taken in two years ago, and never a held letter."""
    if not wall_clock.is_here():
        raise harness.Skipped("there is no libfaketime")
    with harness.branch() as branch:
        acknowledged, only_routed = routed(branch, 2)
        held = branch.done("submit", branch.home / "letter.json").strip()
        branch.decide("take-in")
        branch.decide("acknowledge", acknowledged)
        branch.decide("hold", held)
        pieces = {number: secrets_of(branch, number) for number in (acknowledged, only_routed, held)}

        def gone():
            return {number for number in pieces if state_of(branch, number) == "erased"}

        for days, arguments, removed, status in (
                (89, (), set(), 0),                            # not yet
                (-1, (), set(), 1),                            # the clock was set back
                (731, (), set(), 1),                           # … or far ahead: nothing goes
                (91, (), {acknowledged}, 0),
                (91, (), {acknowledged}, 0),                   # nothing more
                (731, ("--yes",), {acknowledged, only_routed}, 0)):
            ended = retain(branch, days, *arguments)
            told = ended.stdout + ended.stderr
            cases.hold(ended.returncode == status and gone() == removed, f"{days} days: {ended.returncode}: {told}")
            cases.hold(not canaries.in_data(told.encode()), f"it told of people: {told}")
        cases.hold(held in ended.stdout, f"it does not say that a held letter stays: {ended.stdout}")
        for number in removed:
            hold_gone(cases, branch, number, pieces[number])
        cases.hold(canaries.EMPLOYEE in branch.signed_in("show", held), "the held letter is not whole")


def points_of(branch, arguments):
    """Where a run can be killed: each of these calls, and which one of its kind it is."""
    log = branch.home / "calls"
    harness.run(["strace", "-f", "-qq", "-o", log, "-e", f"trace={CALLS}", *arguments], cwd=branch.home)
    counts, points = collections.Counter(), []
    for call in re.findall(r"^\d+ +(\w+)\(", log.read_text(), re.MULTILINE):
        counts[call] += 1
        points.append((call, counts[call]))
    return points


@harness.promise("P18", ci=10, deep=1000)
def killed_while_erasing(cases):
    """Killed at any call of an erasure, a letter is whole, or erased and finished by the next run."""
    with harness.branch() as branch:
        (number,) = routed(branch)
        pieces = secrets_of(branch, number)
        before = branch.signed_in("show", number)
        snapshot = branch.home.with_name(branch.home.name + "-snapshot")
        shutil.copytree(branch.home, snapshot)
        words = [harness.ACCOLADE, "erase", number, "--reason", "The client asked.", "--receipt", "killed.pdf",
                 "--store", branch.store, "--passphrase-file", branch.passphrase]

        def restore():
            shutil.rmtree(branch.home)
            shutil.copytree(snapshot, branch.home)

        try:
            points = points_of(branch, words)
            step = max(1, len(points) // cases.size)
            for turn, (call, which) in enumerate(points[::step]):
                restore()
                _, hit = harness.faulted(words, call, "signal=KILL", which, cwd=branch.home)
                state = state_of(branch, number)
                cases.hold(hit, f"{call} {which} did not come")
                if state != "erased":
                    cases.hold(branch.signed_in("show", number) == before and len(packages_of(branch, number)) == 3,
                               f"killed at {call} {which}: half")
                if turn % 2 and state == "erased":  # either of the two finishes it
                    branch.done("retain")
                else:
                    erase(branch, number, "again.pdf")
                hold_gone(cases, branch, number, pieces)
            cases.hold(len(points) > 30, f"only {len(points)} calls")
        finally:
            shutil.rmtree(snapshot)
