"""P16: a store of an older schema becomes one of this schema or stays what it was; what cannot be used is refused and
left untouched; what is missing is not replaced."""
import collections
import contextlib
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile

import harness

STORES = harness.TOP / "tests/fixtures/stores"

# Of each step after the first: at how many calls that change a file it can be interrupted at least (each is a transaction:
# a journal written and synced, pages written and synced, the journal taken away, its folder synced; the more it changes, the
# more), and what it leaves in the schema, its last statement last. The stores in the order in which they are upgraded.
Step = collections.namedtuple("Step", "calls marks")
STEPS = {"inbox.db": {2: Step(6, ("accepted_key",)),
                      3: Step(60, ('CREATE TABLE "journal"', 'REFERENCES "letter"')),
                      4: Step(20, ("code_hash  TEXT NOT NULL CHECK", "CREATE TABLE told", "CREATE TABLE throttle")),
                      5: Step(6, ("CREATE TABLE closed",))},
         "desk.db": {2: Step(12, ("banker_key", "branch_key_share")),
                     3: Step(12, ("CREATE TABLE receipt", "after_position")),
                     4: Step(8, ("CREATE INDEX delivery_open",))}}
STORE_STATUS, REFUSED = 3, 1


@contextlib.contextmanager
def old_branch(version):
    """A copy of a store that a released version has made."""
    with tempfile.TemporaryDirectory(prefix="accolade-") as home:
        shutil.copytree(STORES / version, home, dirs_exist_ok=True)
        branch = harness.Branch(home)
        branch.recovery = branch.home / "recovery-key"
        yield branch


def schema_of(branch, name):
    """The version, and the steps whose work is there, as SQLite sees it after undoing what was interrupted."""
    with tempfile.TemporaryDirectory(prefix="accolade-") as copy:
        for path in branch.store.glob(name + "*"):
            shutil.copy(path, copy)
        with contextlib.closing(sqlite3.connect(pathlib.Path(copy) / name)) as store:
            schema = " ".join(row[0] for row in store.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
            seen = [number for number, step in STEPS[name].items() if any(mark in schema for mark in step.marks)]
            whole = [number for number in seen if all(mark in schema for mark in STEPS[name][number].marks)]
            return store.execute("PRAGMA user_version").fetchone()[0], seen, whole


def killed_at(branch, n):
    """Upgrades both stores, and dies at the @n-th call that changes a file; whether there was such a call."""
    calls = "fsync,fdatasync,pwrite64,unlink"
    ended = harness.run(["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}", "-e",
                         f"inject={calls}:signal=KILL:when={n}", harness.ACCOLADE, "list", "--store", branch.store])
    return ended.returncode != 0


def step_under_way(found):
    """(store, step) of the first that is still to be done where the stores are of the versions @found; None if all are done."""
    return next(((name, found[name] + 1) for name in STEPS if found[name] + 1 in STEPS[name]), None)


def opens(branch):
    """What is wrong with an upgraded store; None if every letter is there and opens."""
    verified = branch.call("verify")
    if verified.returncode != 0:
        return verified.stdout + verified.stderr
    numbers = branch.numbers()
    if len(numbers) != 2:
        return f"{len(numbers)} letters of 2"
    for number in numbers:
        branch.signed_in("show", number)
    return None


@harness.promise("P16", ci=1, deep=1)
def killed_while_upgrading(cases):
    """Killed anywhere while a store is brought up to date, it has the old or the new schema, and then opens."""
    for version in sorted(path.name for path in STORES.iterdir()):
        n, interrupted, found = 0, collections.Counter(), {}
        with old_branch(version) as branch:
            made = {name: schema_of(branch, name)[0] for name in STEPS}
        while True:
            n += 1
            with old_branch(version) as branch:
                if not killed_at(branch, n):
                    break
                for name, steps in STEPS.items():
                    found[name], seen, whole = schema_of(branch, name)
                    expected = [step for step in steps if step <= found[name]]
                    cases.hold(found[name] >= made[name] and seen == whole == expected,
                               f"call {n}: {name} is of version {found[name]}, with the steps {seen}, whole {whole}")
                interrupted[step_under_way(found)] += 1
                if n % 8 == 1:
                    fault = opens(branch)
                    cases.hold(fault is None, f"call {n}: {fault}")
        for name, steps in STEPS.items():
            for number, step in steps.items():
                cases.hold(number <= made[name] or interrupted[name, number] >= step.calls,
                           f"schema {version}: step {number} of {name} was interrupted at {interrupted[name, number]} calls")
        with old_branch(version) as branch:
            fault = opens(branch)
            cases.hold(fault is None, f"whole: {fault}")
            recovered = branch.call("key", "recover", "--recovery-file", branch.recovery, "--new-passphrase-file",
                                    branch.passphrase)
            cases.hold(recovered.returncode == 0, f"recovery: {recovered.stderr}")
            fault = opens(branch)
            cases.hold(fault is None, f"recovered: {fault}")


def changed(sound, offset, new):
    return sound[:offset] + new + sound[offset + len(new):]


def unusable(sound, steps):
    """(what, bytes) of files that are no store of this version: newer, foreign, damaged in the head, cut short."""
    yield "newer", changed(sound, 60, (99).to_bytes(4, "big"))
    yield "foreign", changed(sound, 68, b"ABCD")
    yield "no database", b"Dear Jessica,\n" * 100
    yield "empty", b""
    yield "head", changed(sound, 0, b"s")
    yield "page size", changed(sound, 16, b"\x11")
    for step in range(steps):
        yield f"cut at {len(sound) * step // steps}", sound[:len(sound) * step // steps]
    yield "one byte short", sound[:-1]
    yield "one page short", sound[:-4096]


@harness.promise("P16", ci=6, deep=2_000)
def unusable_is_refused(cases):
    """A newer, foreign, damaged or shortened store is refused with what to do, and every byte is left as it was."""
    for version in [*sorted(path.name for path in STORES.iterdir()), None]:
        with harness.branch() if version is None else old_branch(version) as branch:
            for name in STEPS:
                path = branch.store / name
                sound = path.read_bytes()
                for what, content in unusable(sound, cases.size):
                    path.write_bytes(content)
                    ended = branch.call("list")
                    untouched = path.read_bytes() == content and not (branch.store / f"{name}-journal").exists()
                    cases.hold(ended.returncode == STORE_STATUS and ended.stderr.count("\n") == 1 and untouched,
                               f"schema {version or 'newest'}: {name} {what}: {ended.returncode} {ended.stderr}"
                               f"{'' if untouched else ' and it was changed'}")
                path.write_bytes(sound)


@harness.promise("P16", ci=1, deep=1)
def missing_stays_missing(cases):
    """A missing store is told, and never replaced by an empty one."""
    with harness.branch() as branch:
        letter = harness.LETTERS / "two-sentences.json"
        sign_in = ("--passphrase-file", branch.passphrase)
        for name, commands in (("inbox.db", (("list",), ("submit", letter), ("verify",), ("show", "x", *sign_in))),
                               ("desk.db", (("list",), ("verify",), ("show", "x", *sign_in), ("banker", "list")))):
            path = branch.store / name
            sound = path.read_bytes()
            path.unlink()
            for command in commands:
                ended = branch.call(*command)
                cases.hold(ended.returncode == REFUSED and not path.exists(),
                           f"{name}, {command[0]}: {ended.returncode}")
            path.write_bytes(sound)
