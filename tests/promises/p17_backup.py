"""P17: a backup while clients write, restored elsewhere. Judged by what the senders had acknowledged when it began."""
import contextlib
import json
import pathlib
import subprocess
import threading
import time

import harness

NEVER = 1_000_000  # letters: more than a sender gets to send


class Sender:
    """A kiosk that goes on sending; the numbers that it has acknowledged so far."""

    def __init__(self, branch, pdf):
        self.acknowledged = []
        self.first = threading.Event()
        self.program = subprocess.Popen(
            [harness.SENDER, branch.store, harness.LETTERS / "two-sentences.json", pdf, str(NEVER)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        for line in self.program.stdout:
            self.acknowledged.append(line.strip())
            self.first.set()
        self.first.set()

    def stop(self):
        """What it said if a letter was refused; "" if it went on to the end."""
        self.program.kill()
        self.reader.join()
        with self.program:
            return self.program.stderr.read()


class Desk:
    """A desk that goes on taking in; a kiosk that never pauses can hold it up, and it comes again."""

    def __init__(self, branch):
        self.arguments = [harness.BANKER_PROGRAM, branch.store, branch.passphrase, harness.BANKER, "take-in"]
        self.closing = threading.Event()
        self.program = None
        self.started = threading.Event()
        self.worker = threading.Thread(target=self.work)
        self.worker.start()

    def work(self):
        while not self.closing.is_set():
            with subprocess.Popen(self.arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as self.program:
                self.started.set()

    def stop(self):
        self.started.wait()
        self.closing.set()
        self.program.kill()
        self.worker.join()


@contextlib.contextmanager
def at_work(branch, refused):
    """A kiosk that sends and a desk that takes in, all the while; adds what was refused to a client to @refused."""
    sender = Sender(branch, harness.rendered(branch.home))
    desk = Desk(branch)
    sender.first.wait(60)
    try:
        yield sender
    finally:
        refused.extend(filter(None, [sender.stop()]))
        desk.stop()


def restored(branch, backup, name):
    """A branch whose store came from the backup, and how the command ended."""
    other = harness.Branch(branch.home / name)
    other.home.mkdir()
    return other, branch.call("restore", backup, "--store", other.store)


def open_with_recovery_key(branch, other, number):
    """Whether letter @number can be read on the restored store with nothing but the printed key."""
    other.passphrase.write_text("quite another long phrase\n")
    other.done("key", "recover", "--recovery-file", branch.recovery, "--new-passphrase-file", other.passphrase)
    letter = json.loads(other.signed_in("show", number, "--json"))["letter"]
    return letter["to"] == json.loads((harness.LETTERS / "two-sentences.json").read_text())["to"]


@harness.promise("P17", ci=2, deep=200)
def backup_while_clients_write(cases):
    """Backed up while clients write, all that was acknowledged before is restored, and opens with the recovery key."""
    for round_number in range(cases.size):
        refused = []
        with harness.branch() as branch:
            one = branch.done("submit", harness.LETTERS / "two-sentences.json").strip()
            branch.decide("take-in")
            backup = branch.home / "a.backup"
            with at_work(branch, refused) as sender:
                before = {one, *sender.acknowledged}
                made = branch.call("backup", backup)
            cases.hold(made.returncode == 0, f"no backup: {made.stderr}")
            cases.hold(not refused, f"refused while a backup was made: {refused}")
            other, ended = restored(branch, backup, "elsewhere")
            if not cases.hold(ended.returncode == 0, f"{ended.returncode}: {ended.stdout[-300:]}{ended.stderr}"):
                continue
            missing = before - set(other.numbers())
            cases.hold(len(before) > 1 and not missing, f"of {len(before)} letters are missing: {sorted(missing)}")
            if round_number == 0:
                cases.hold(open_with_recovery_key(branch, other, one), "the recovery key alone does not open a letter")


@harness.promise("P17", ci=10, deep=500)
def backup_killed(cases):
    """A backup killed at random moments leaves no file of its name or a whole one."""
    refused = []
    with harness.branch() as branch, at_work(branch, refused):
        left = 0
        for i in range(cases.size):
            backup = branch.home / f"{i}.backup"
            with subprocess.Popen([harness.ACCOLADE, "backup", backup, "--store", branch.store],
                                  stdout=subprocess.DEVNULL) as program:
                time.sleep(cases.random.uniform(0, 0.15))  # the moment of the kill is what is tried
                program.kill()
            if not backup.exists():
                continue
            left += 1
            _, ended = restored(branch, backup, f"from-{i}")
            cases.hold(ended.returncode == 0, f"half a backup: {ended.stdout[-300:]}{ended.stderr}")
            backup.unlink()
        cases.hold(left < cases.size, "every backup was done before it was killed")
        again = branch.call("backup", branch.home / "last.backup")
        cases.hold(again.returncode == 0, f"no backup after the kills: {again.stderr}")
    cases.hold(not refused, f"refused while backups were killed: {refused}")


FAULTS = [  # the calls that write a backup and name it, and what they answer
    ("write", "error=ENOSPC"),
    ("write", "error=EIO"),
    ("fsync", "error=EIO"),
    ("renameat2", "error=EROFS"),
    ("openat", "error=EMFILE"),
    ("write,fsync,renameat2", "signal=KILL"),
]


@harness.promise("P17", ci=1, deep=1)
def backup_that_fails(cases):
    """Where a call fails while a backup is written, there is one sentence and no file; the next one is whole."""
    with harness.branch() as branch:
        branch.done("submit", harness.LETTERS / "two-sentences.json")
        for calls, fault in FAULTS:
            when, hit = 0, True
            while hit:
                when += 1
                backup = branch.home / f"{when}.backup"
                part = pathlib.Path(f"{backup}.part")
                ended, hit = harness.faulted([harness.ACCOLADE, "backup", backup, "--store", branch.store], calls, fault,
                                             when, paths=[branch.home, backup, part])
                killed = "KILL" in fault and hit
                what = f"{calls} {fault} {when}: {ended.returncode} {ended.stderr}"
                if hit and not killed and ended.returncode != 0:
                    cases.hold(ended.stderr.count("\n") == 1 and not backup.exists() and not part.exists(), what)
                elif backup.exists():
                    cases.hold(restored(branch, backup, f"{calls}{fault}{when}")[1].returncode == 0, what)
                    backup.unlink()
                else:
                    cases.hold(killed, what)
