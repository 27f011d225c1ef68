"""P11 beyond sending: whatever is done on a branch meets a fault, ends in one plain sentence, and is done once by the retry."""
import contextlib
import json
import re
import shutil
import sqlite3
import subprocess
import tempfile

import harness
import p11_faults
import wall_clock

LETTER = harness.LETTERS / "two-sentences.json"
DONE, REFUSED, STORE = 0, 1, 3
NUMBER = "3f2b8c1e-9d47-4a60-8b15-7c0e5d2a9f34"
OTHER_PASSPHRASE = "another long passphrase"

# What a desk keeps in its log beside the sentence: that a delivery's state could not be written.
LOGGED = re.compile(r"\n\(process:\d+\): Accolade-WARNING \*\*: .*: Delivery .*\n")

# Where taking away is what failed, what was to be taken away stays; so it does where no folder can be looked into.
MAY_LEAVE = ("unlink", "rmdir", "openat")


def entries(branch, kind, store=None):
    """How often something was done, by the desk's journal."""
    path = (store or branch.store) / "desk.db"
    if not path.exists():
        return 0
    with contextlib.closing(sqlite3.connect(path)) as desk:
        return desk.execute("SELECT count(*) FROM journal WHERE kind = ?", (kind,)).fetchone()[0]


def opens(branch, passphrase, *arguments):
    """Whether a banker opens both letters that are not erased with @passphrase."""
    return all(branch.call("show", number, "--passphrase-file", passphrase, "--banker", harness.BANKER,
                           *arguments).returncode == 0 for number in branch.numbers())


def state_is(branch, state):
    return all(letter["state"] == state for letter in json.loads(branch.done("list", "--json")))


# ---- the branch that a row begins with ----

def empty(_):
    """Nothing but what setup has made."""


def sent(branch):
    branch.import_staff()
    branch.done("submit", LETTER)


def decided(*verbs):
    def ready(branch):
        sent(branch)
        for verb in verbs:
            branch.decide(verb, *(branch.numbers() if verb != "take-in" else ()))

    return ready


taken_in = decided("take-in")
routed = decided("take-in", "claim", "approve", "route")


def kept(branch):
    """A letter taken in, one that waits, a backup, and another passphrase."""
    taken_in(branch)
    branch.done("submit", LETTER)
    branch.done("backup", branch.home / "one.backup")
    (branch.home / "other").write_text(OTHER_PASSPHRASE + "\n")


def without_pepper(branch):
    kept(branch)
    (branch.store / "pepper").unlink()


# ---- the commands ----

def accolade(*words):
    """A command of IT's, in which a path of the branch stands in braces."""
    return lambda branch: [harness.ACCOLADE, *(str(word).format(home=branch.home) for word in words), "--store",
                           branch.store]


def signed_in(*words):
    return lambda branch: [*accolade(*words)(branch), "--passphrase-file", branch.passphrase, "--banker", harness.BANKER]


def deciding(verb):
    return lambda branch: [harness.BANKER_PROGRAM, branch.store, branch.passphrase, harness.BANKER, verb,
                           *(branch.numbers() if verb != "take-in" else ())]


def erasing(branch):
    """A receipt that could not be taken away again is gone over by no other: as the sentence says, it is named anew."""
    receipt = "again.pdf" if (branch.home / "r.pdf").exists() else "r.pdf"
    return signed_in("erase", branch.numbers()[0], "--reason", "The client asked.", "--receipt", branch.home / receipt)(branch)


def retaining(branch):
    return [*wall_clock.at("+91d"), *accolade("retain")(branch)]


def submitting(branch):
    return accolade("submit", LETTER, "--number", NUMBER)(branch)


# ---- whether it is done: not yet, or once; and what must be true even then and in between ----

def imported(branch):
    found = branch.call("staff", "find", harness.BANKER, "--json", "--passphrase-file", branch.passphrase)
    return entries(branch, "directory imported") == 1 and len(json.loads(found.stdout)) == 1


def moved(kind, state):
    return lambda branch: entries(branch, kind) == 1 and state_is(branch, state)


def set_up(branch):
    other = harness.Branch(branch.home)
    other.store = branch.home / "new"
    return other.store.exists() and other.call("verify").returncode == DONE and entries(other, "set up") == 1


def backed_up(branch):
    """The backup is whole."""
    backup, store = branch.home / "two.backup", branch.home / "tried"
    if not backup.exists():
        return False
    whole = branch.call("restore", backup, "--store", store).returncode == DONE
    shutil.rmtree(store, ignore_errors=True)
    (branch.home / "tried-heads").unlink(missing_ok=True)
    return whole


def restored(branch):
    store = branch.home / "restored"
    return store.exists() and entries(branch, "set up", store) == 1 \
        and branch.done("list", "--store", store) == branch.done("list")


def packages(branch):
    outbox = branch.home / "store-outbox"
    return [path.name for path in outbox.iterdir()] if outbox.exists() else []


def erased(branch):
    """Nothing is left; the receipt is there if the letter is not."""
    gone = entries(branch, "erased") == 1
    assert gone == state_is(branch, "erased") and (not gone or (branch.home / "r.pdf").exists()), "half erased"
    return gone and not packages(branch)


def expired(branch):
    return entries(branch, "expired") == 1 and state_is(branch, "erased") and not packages(branch)


def rotated(branch):
    """Whatever came of it, the letters open, and the branch does with a recovery key that lies on the disk."""
    assert entries(branch, "key rotated") <= 1, "rotated twice"
    assert opens(branch, branch.passphrase), "a letter does not open"
    return entries(branch, "key rotation finished") == 1 and recovery_opens(branch, "new-recovery")


def recovery_opens(branch, name):
    with copy_of(branch) as copied:
        return copied.call("key", "recover", "--recovery-file", copied.home / name, "--new-passphrase-file",
                           copied.home / "other").returncode == DONE


def recovered(branch):
    return entries(branch, "recovered") == 1 and opens(branch, branch.home / "other")


def passphrase_changed(branch):
    changed = entries(branch, "passphrase changed") == 1
    assert opens(branch, branch.home / "other" if changed else branch.passphrase), "nobody can sign in"
    return changed


def submitted(branch):
    return len(branch.numbers()) == 1


class Work:
    """A row: what is done, on what branch, by which arguments, and how it is known to be done once. @is_done fails where
    something is half done, or done twice."""

    def __init__(self, name, ready, words, is_done):
        self.name, self.ready, self.words, self.is_done = name, ready, words, is_done


WORKS = (
    Work("setup", empty, lambda branch: [harness.ACCOLADE, "setup", "--store", branch.home / "new", "--branch", "Another",
                                         "--banker", harness.BANKER, "--passphrase-file", branch.passphrase,
                                         "--recovery-file", branch.home / "new-recovery"], set_up),
    Work("submit", empty, submitting, submitted),
    Work("staff import", empty, signed_in("staff", "import", harness.STAFF), imported),
    Work("take-in", sent, deciding("take-in"), moved("taken in", "waiting")),
    Work("claim", taken_in, deciding("claim"), moved("claimed", "claimed")),
    Work("approve", decided("take-in", "claim"), deciding("approve"), moved("approved", "approved")),
    Work("route", decided("take-in", "claim", "approve"), deciding("route"), moved("routed", "routed")),
    Work("backup", kept, accolade("backup", "{home}/two.backup"), backed_up),
    Work("restore", kept, lambda branch: [harness.ACCOLADE, "restore", branch.home / "one.backup", "--store",
                                          branch.home / "restored"], restored),
    Work("erase", routed, erasing, erased),
    Work("retain", decided("take-in", "claim", "approve", "route", "acknowledge"), retaining, expired),
    Work("key rotate", kept, signed_in("key", "rotate", "--recovery-file", "{home}/new-recovery"), rotated),
    Work("key recover", kept, accolade("key", "recover", "--recovery-file", "{home}/recovery", "--new-passphrase-file",
                                       "{home}/other"), recovered),
    Work("key recover without the pepper", without_pepper,
         accolade("key", "recover", "--recovery-file", "{home}/recovery", "--new-passphrase-file", "{home}/other"),
         recovered),
    Work("banker passphrase", kept, signed_in("banker", "passphrase", harness.BANKER, "--new-passphrase-file",
                                              "{home}/other"), passphrase_changed),
)


@contextlib.contextmanager
def copy_of(prepared):
    with tempfile.TemporaryDirectory(prefix="accolade-") as home:
        shutil.copytree(prepared.home, home, dirs_exist_ok=True)
        yield harness.Branch(home)


def names(branch):
    return {str(path.relative_to(branch.home)) for path in branch.home.rglob("*")}


def touching(work, branch):
    """What of a program's calls matters: the branch's own files; for a submission all that it opens, but its libraries."""
    if work.name == "submit":
        return lambda line: ".so" not in line or str(branch.home) in line
    return lambda line: str(branch.home) in line


class Trial:
    """One row, prepared, and how it goes without a fault."""

    def __init__(self, work, prepared):
        self.work, self.prepared = work, prepared
        self.points = {}  # of each kind of calls
        self.expected = None

    def find_points(self, calls):
        if calls not in self.points:
            with copy_of(self.prepared) as branch:
                found, ended = harness.points(self.work.words(branch), calls, touching(self.work, branch), cwd="/")
                assert ended.returncode == DONE, f"{self.work.name}: {ended.stderr}"
                self.expected = names(branch)
                assert self.work.is_done(branch), f"{self.work.name}: it is not done"
                self.points[calls] = found
        return self.points[calls]

    def meet(self, point, error, length):
        """What is wrong after this fault; ""."""
        call, position = point
        when = f"{position}+" if length == "lasting" else position
        with copy_of(self.prepared) as branch:
            words = self.work.words(branch)
            try:
                ended, _ = harness.faulted(words, call, f"error={error}", when, follow=(), cwd="/")
                return self.judge(branch, ended, call)
            except (AssertionError, subprocess.TimeoutExpired) as wrong:  # what hangs is one case of all
                return str(wrong)

    def judge(self, branch, ended, call):
        if ended.returncode not in (DONE, REFUSED, STORE):
            return f"it ended with {ended.returncode}: {ended.stderr}"
        told = LOGGED.sub("", ended.stderr)
        mute = call == "write" and not told  # no sentence could be written either
        if ended.returncode != DONE and not (mute or p11_faults.is_a_sentence(told)):
            return f"it said {ended.stderr!r}"
        done = self.work.is_done(branch)
        if ended.returncode == DONE and not done:
            return f"it ended well and was not done: {ended.stderr}"
        again = "" if done else harness.run(self.work.words(branch), cwd="/").stderr
        verified = branch.call("verify")
        if verified.returncode != DONE:
            return f"the store is not sound: {verified.stdout}{verified.stderr}"
        if not self.work.is_done(branch):
            return f"after {ended.stderr!r} the retry did not do it: {again}"
        left = names(branch) - self.expected
        return f"it left {sorted(left)}" if left and call not in MAY_LEAVE else ""


def try_work(cases, trial, rows, choose):
    """A row of the table at the points that @choose chooses of all there are, for each of these @rows of faults."""
    for calls, error, length in rows:
        for point in choose(trial.find_points(calls)):
            wrong = trial.meet(point, error, length)
            cases.hold(not wrong, f"{trial.work.name}: {length} {error} at {point[0]} {point[1]}: {wrong}")


@harness.promise("P11", ci=1, deep=2)
def other_work_meets_a_fault(cases):
    """Whatever else is done meets a fault: one plain sentence, a sound store, nothing left over, done once by the retry."""
    rows, prepared = list(p11_faults.rows()), {}
    with contextlib.ExitStack() as branches:
        for work in WORKS:
            if work.words is retaining and not wall_clock.is_here():
                continue
            if work.ready not in prepared:
                prepared[work.ready] = branches.enter_context(harness.branch())
                work.ready(prepared[work.ready])
            trial = Trial(work, prepared[work.ready])
            if cases.size > 1:
                try_work(cases, trial, rows, lambda points: points)
            else:
                try_work(cases, trial, [cases.random.choice(rows)], lambda points: cases.random.sample(points, min(1, len(points))))
