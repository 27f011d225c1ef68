"""P12: a disk that can take no more. No crash, no half letter, and bankers can still do what makes room again."""
import contextlib
import os
import pathlib
import resource
import tempfile

import harness
import wall_clock

LETTER = harness.LETTERS / "two-sentences.json"
MEGABYTE = 1 << 20
BALLAST = 8 * MEGABYTE
NO_ROOM = 3, "Make room"
READ_ONLY = 1, "read-only"


@contextlib.contextmanager
def small_branch(options="size=64m"):
    """A branch whose store lies on a small file system of its own, with a directory; (the branch, the file system)."""
    with tempfile.TemporaryDirectory(prefix="accolade-small-") as home:
        with harness.mounted("tmpfs", home, "-o", options) as place, harness.branch(place) as branch:
            branch.import_staff()
            harness.rendered(branch.home)
            yield branch, place


def fill(place, left=0):
    """Takes what room there is, but for @left bytes."""
    with open(place / "filler", "ab") as file:
        free = os.statvfs(place).f_bavail * os.statvfs(place).f_frsize
        os.posix_fallocate(file.fileno(), 0, max(free - left, 1))


def take_names(place):
    """Takes every file that could still be made."""
    for position in range(100_000):
        try:
            (place / f"name-{position}").touch()
        except OSError:
            return


def give_back(place):
    for path in (*place.glob("filler"), *place.glob("name-*")):
        path.unlink()


def ways_to_send(branch):
    return ([harness.SENDER, branch.store, LETTER, branch.home / "ready.pdf", "1"],
            [harness.ACCOLADE, "submit", LETTER, "--store", branch.store])


def send(branch):
    """A letter that must be kept: its number."""
    return harness.run(ways_to_send(branch)[0], check=True).stdout.strip()


def hold_refused(cases, branch, expected, what, **options):
    """Neither way to send may crash, or do more than refuse with the fitting sentence."""
    status, words = expected
    before = branch.numbers()
    for way in ways_to_send(branch):
        ended = harness.run(way, **options)
        cases.hold(ended.returncode == status and words in ended.stderr and ended.stderr.count("\n") == 1
                   and not ended.stdout, f"{what}: {way[0].name} ended with {ended.returncode}: {ended.stderr}")
    cases.hold(branch.numbers() == before, f"{what}: a letter that was refused is there, or another is gone")
    hold_sound(cases, branch, what)


def hold_sound(cases, branch, what):
    verified = branch.call("verify")
    cases.hold(verified.returncode == 0, f"{what}: {verified.stdout[:300]}{verified.stderr}")


def hold_goes_on(cases, branch, what):
    """After it was mended, both ways send, and the banker takes in and decides."""
    for way in ways_to_send(branch):
        ended = harness.run(way)
        cases.hold(ended.returncode == 0, f"{what}, mended: {ended.stderr}")
    branch.decide("take-in")
    hold_sound(cases, branch, f"{what}, mended")


@harness.promise("P12", ci=1, deep=1)
def no_room(cases):
    """On a disk that fills up while sending, what was acknowledged is there, and the rest is refused in a sentence."""
    with small_branch() as (branch, place):
        fill(place, left=MEGABYTE)
        ended = harness.run([harness.SENDER, branch.store, LETTER, branch.home / "ready.pdf", "1000000"])
        sent = ended.stdout.split()
        cases.hold(ended.returncode == NO_ROOM[0] and NO_ROOM[1] in ended.stderr, f"at the end: {ended.stderr}")
        cases.hold(sorted(branch.numbers()) == sorted(sent) and sent, f"{len(sent)} of {len(branch.numbers())} were sent")
        hold_refused(cases, branch, NO_ROOM, "no room")
        give_back(place)
        hold_goes_on(cases, branch, "no room")


@harness.promise("P12", ci=1, deep=1)
def no_names(cases):
    """On a disk with room but without a free inode: the same."""
    with small_branch("size=64m,nr_inodes=400") as (branch, place):
        take_names(place)
        hold_refused(cases, branch, NO_ROOM, "no inodes")
        give_back(place)
        hold_goes_on(cases, branch, "no inodes")


@harness.promise("P12", ci=1, deep=1)
def read_only(cases):
    """On a disk that is read-only: the same, and the sentence says so."""
    with small_branch() as (branch, place):
        harness.run(["mount", "-o", "remount,ro", place])
        hold_refused(cases, branch, READ_ONLY, "read-only")
        harness.run(["mount", "-o", "remount,rw", place])
        hold_goes_on(cases, branch, "read-only")


@harness.promise("P12", ci=1, deep=1)
def files_may_not_grow(cases):
    """Under a limit on the size of files: the same, and no program is ended by the signal."""
    with small_branch() as (branch, _):
        size = (branch.store / "inbox.db").stat().st_size
        hold_refused(cases, branch, NO_ROOM, "a limit on files",
                     preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
        hold_goes_on(cases, branch, "a limit on files")


def hold_desk_works(cases, branch, number, what):
    """What makes room again, or lets letters go: each with a sign-in of its own."""
    for verb in ("claim", "approve", "route"):
        try:
            branch.decide(verb, number)
            cases.hold(True, verb)
        except AssertionError as refused:
            cases.hold(False, f"{what}: {refused}")


@harness.promise("P12", ci=1, deep=1)
def bankers_work_on_a_full_disk(cases):
    """With no byte left, a banker signs in, takes in, approves and routes on the room kept aside; then it is kept again."""
    with small_branch() as (branch, place):
        ballast = branch.store / "ballast"
        number = send(branch)
        cases.hold(ballast.stat().st_blocks * 512 >= BALLAST, "no real blocks are kept aside")
        fill(place)
        hold_refused(cases, branch, NO_ROOM, "full")
        cases.hold(ballast.exists(), "sending has used what is kept for bankers")
        branch.decide("take-in")
        cases.hold(not ballast.exists(), "the disk was not full")
        fill(place, left=BALLAST // 2)
        hold_desk_works(cases, branch, number, "full")
        outbox = list(pathlib.Path(f"{branch.store}-outbox").glob("*/*.pdf"))
        cases.hold(len(outbox) > 0, "nothing has left the branch")
        hold_sound(cases, branch, "full")
        give_back(place)
        branch.decide("take-in")
        cases.hold(ballast.exists(), "nothing is kept aside again")


@harness.promise("P12", ci=1, deep=1)
def bankers_decide_without_inodes(cases):
    """Without an inode left a banker signs in, takes in and decides on the one kept aside."""
    with small_branch("size=64m,nr_inodes=400") as (branch, place):
        send(branch)
        branch.decide("take-in")  # what the first letter makes beside the store is there
        number = send(branch)
        take_names(place)
        branch.decide("take-in")
        branch.decide("claim", number)
        branch.decide("approve", number)
        hold_sound(cases, branch, "no inodes")


def erase(branch, number):
    return branch.call("erase", number, "--reason", "The client asked.", "--receipt", branch.home / f"{number}.pdf",
                       "--passphrase-file", branch.passphrase)


def retain(branch):
    """As it goes by itself in 91 days."""
    return harness.run([*wall_clock.at("+91d"), harness.ACCOLADE, "retain", "--store", branch.store], cwd=branch.home)


def packages(branch, number):
    return list(pathlib.Path(f"{branch.store}-outbox").glob(f"{number}*"))


@harness.promise("P12", ci=1, deep=1)
def a_full_disk_is_cleared(cases):
    """With no byte left, a letter is erased and the old ones are removed, on the room kept aside."""
    for what, clear in (("erased", erase), ("retained", lambda branch, _: retain(branch))):
        if clear is not erase and not wall_clock.is_here():
            continue
        with small_branch() as (branch, place):
            number = send(branch)
            branch.decide("take-in")
            for verb in ("claim", "approve", "route", "acknowledge"):
                branch.decide(verb, number)
            cases.hold((branch.store / "ballast").exists() and packages(branch, number), "nothing is there to clear")
            fill(place)
            cleared = clear(branch, number)
            cases.hold(cleared.returncode == 0, f"{what}: {cleared.returncode}: {cleared.stdout}{cleared.stderr}")
            state = branch.done("list").split("\t")[2]
            cases.hold(state == "erased" and not packages(branch, number), f"{what}: it is {state}")
            hold_sound(cases, branch, what)
