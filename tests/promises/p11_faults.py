"""P11: whatever the disk answers, one plain sentence, the text kept, and exactly one letter after the retry."""
import collections
import itertools
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
    ("unlink,rename,renameat2,ftruncate,mkdir,rmdir", ("EIO", "EROFS"), ("passing", "lasting")),
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
