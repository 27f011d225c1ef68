"""P11: whatever the disk answers, one plain sentence, the text kept, and exactly one letter after the retry."""
import collections
import contextlib
import itertools
import shutil
import tempfile
import uuid

import harness

LETTER = harness.LETTERS / "two-sentences.json"
DONE, REFUSED, STORE = 0, 1, 3

# What may be answered to which calls; "passing": once and never again, "lasting": from then on.
FAULTS = (
    ("fsync,fdatasync", ("EIO", "ENOSPC", "EROFS"), ("passing", "lasting")),
    ("pwrite64,write", ("EIO", "EROFS"), ("passing",)),
    ("pwrite64,write", ("ENOSPC",), ("passing", "lasting")),
    ("openat", ("EMFILE", "EIO", "ENOSPC", "EROFS"), ("passing", "lasting")),
    ("unlink,rename,ftruncate", ("EIO", "EROFS"), ("passing", "lasting")),
)


def rows():
    for calls, errors, lengths in FAULTS:
        yield from ((calls, error, length) for error, length in itertools.product(errors, lengths))


def at_each_call(arguments, calls, error, length, paths, **options):
    """Runs @arguments() with the fault at the first such call, the second, … until it is met no more: (a program's
    arguments, how it ended, what was faulted)."""
    for position in itertools.count(1):
        called = arguments()
        when = f"{position}+" if length == "lasting" else position
        ended, hit = harness.faulted(called, calls, f"error={error}", when, paths, **options)
        if not hit:
            return
        yield called, ended, f"{length} {error} at {calls} {position}"


def is_a_sentence(told):
    return told.count("\n") == 1 and told.endswith(".\n") and "CRITICAL" not in told and "WARNING" not in told


def what_is_wrong(branch, ended, number):
    """Why a submission that met a fault did not end as it must; "" if it did."""
    told = number in ended.stdout.split()
    if told and branch.numbers().count(number) != 1:
        return "it was acknowledged and not kept"
    if ended.returncode == DONE:
        return "" if told else "it ended well without an acknowledgement"
    if ended.returncode not in (REFUSED, STORE):
        return f"it ended with {ended.returncode}: {ended.stderr}"
    if told:
        return "it was acknowledged and refused"
    return "" if is_a_sentence(ended.stderr) else f"it said {ended.stderr!r}"


@harness.promise("P11", ci=1, deep=1)
def submitting_meets_a_fault(cases):
    """At each call of a submission that fails: one plain sentence, and exactly one letter after the retry."""
    with harness.branch() as branch:
        pdf = harness.rendered(branch.home)
        before = LETTER.read_bytes(), pdf.read_bytes()
        sent = set()

        def sending():
            return [harness.SENDER, branch.store, LETTER, pdf, "1", str(uuid.uuid4())]

        for calls, error, length in rows():
            for called, ended, met in at_each_call(sending, calls, error, length, harness.store_paths(branch.store)):
                number = called[-1]
                sent.add(number)
                wrong = what_is_wrong(branch, ended, number)
                again = harness.run(called)
                cases.hold(not wrong and again.stdout.split() == [number], f"{met}: {wrong or again.stderr}")
        kept = collections.Counter(branch.numbers())
        cases.hold(sent <= set(kept) and max(kept.values()) == 1,
                   f"missing {sorted(sent - set(kept))}, twice {[number for number in kept if kept[number] > 1]}")
        cases.hold((LETTER.read_bytes(), pdf.read_bytes()) == before, "the letter's own file was changed")
        verified = branch.call("verify")
        cases.hold(verified.returncode == DONE, f"half a letter: {verified.stdout[:500]}")


# What may fail while the other work is done, and how: every call of a kind in turn.
WORK_FAULTS = (
    ("fsync,fdatasync", "EIO", "passing"),
    ("fsync,fdatasync", "EIO", "lasting"),
    ("pwrite64", "ENOSPC", "passing"),
    ("pwrite64", "ENOSPC", "lasting"),
    ("openat", "EMFILE", "passing"),
    ("unlink,rename,mkdir", "EIO", "passing"),
)
FIRST_POINTS = 12  # among which one is chosen where not all are tried


class Work:
    """Something that is done on a branch: how the branch is made ready, the command, and whether it is done."""

    def __init__(self, name, ready, words, is_done):
        self.name, self.ready, self.words, self.is_done = name, ready, words, is_done


def deciding(verb, *before, state):
    """A banker's @verb on the branch's one letter, after the verbs @before; it is done when the letter has its @state."""

    def ready(branch):
        branch.import_staff()
        branch.done("submit", LETTER)
        for earlier in before:
            branch.decide(earlier, *(branch.numbers() if earlier != "take-in" else ()))

    def words(branch):
        numbers = branch.numbers() if verb != "take-in" else ()
        return [harness.BANKER_PROGRAM, branch.store, branch.passphrase, harness.BANKER, verb, *numbers]

    return Work(verb, ready, words, lambda branch: f"\t{state}\t" in branch.done("list"))


def commanding(name, *words, is_done, ready=lambda branch: None):
    def called(branch):
        return [harness.ACCOLADE, *name.split(), *words, "--store", branch.store, "--passphrase-file",
                branch.passphrase, "--banker", harness.BANKER]

    return Work(name, ready, called, is_done)


def knows_staff(branch):
    return bool(branch.call("staff", "find", harness.BANKER, "--passphrase-file", branch.passphrase).stdout)


WORKS = (
    commanding("staff import", harness.STAFF, is_done=knows_staff),
    deciding("take-in", state="waiting"),
    deciding("claim", "take-in", state="claimed"),
    deciding("approve", "take-in", "claim", state="approved"),
    deciding("route", "take-in", "claim", "approve", state="routed"),
)


@contextlib.contextmanager
def copy_of(prepared):
    with tempfile.TemporaryDirectory(prefix="accolade-") as home:
        shutil.copytree(prepared.home, home, dirs_exist_ok=True)
        yield harness.Branch(home)


def try_work(work, branch, fault, position):
    """One fault at one point of @work: None if it was not met, else what is wrong, or ""."""
    calls, error, length = fault
    paths = [branch.store, *branch.store.iterdir(), *(branch.store / f"{name}.db-journal" for name in ("inbox", "desk"))]
    words = work.words(branch)
    ended, hit = harness.faulted(words, calls, f"error={error}", f"{position}+" if length == "lasting" else position,
                                 paths)
    if not hit:
        return None
    if ended.returncode not in (DONE, REFUSED, STORE):
        return f"it ended with {ended.returncode}: {ended.stderr}"
    if ended.returncode != DONE and not is_a_sentence(ended.stderr):
        return f"it said {ended.stderr!r}"
    if ended.returncode == DONE and not work.is_done(branch):
        return "it ended well and was not done"
    again = "" if work.is_done(branch) else harness.run(words).stderr
    verified = branch.call("verify")
    if verified.returncode != DONE:
        return f"the store is not sound: {verified.stdout}{verified.stderr}"
    return "" if work.is_done(branch) else f"the retry did not do it: {again}"


@harness.promise("P11", ci=1, deep=2)
def other_work_meets_a_fault(cases):
    """Taking in, deciding, routing and importing meet a fault: one plain sentence, a sound store, and the retry does it."""
    for work in WORKS:
        with harness.branch() as prepared:
            work.ready(prepared)
            for fault in WORK_FAULTS if cases.size > 1 else cases.random.sample(WORK_FAULTS, 2):
                chosen = itertools.count(1) if cases.size > 1 else [cases.random.randint(1, FIRST_POINTS)]
                for position in chosen:
                    with copy_of(prepared) as branch:
                        wrong = try_work(work, branch, fault, position)
                    if wrong is None:
                        break
                    cases.hold(not wrong, f"{work.name}: {fault[2]} {fault[1]} at {fault[0]} {position}: {wrong}")
