"""P10: personal data at rest is unreadable without a banker's passphrase; without a key nothing is captured."""
import os
import pathlib
import re
import shutil
import subprocess

import canaries
import harness

CLIENT = harness.BUILD / "tests/test-client"
WRITES = "write,pwrite64,writev,pwritev,pwritev2,sendfile,copy_file_range,mmap"


def unescaped(text):
    """Bytes as strace -xx writes them; a path may stand as it is."""
    return bytes.fromhex(text.replace("\\x", "")) if text.startswith("\\x") else text.encode()


class Watch:
    """Programs run under strace, which tells every byte that they write into a file, also into one that is gone now."""

    def __init__(self, home):
        self.home, self.logs = pathlib.Path(home), []
        self.environment = dict(os.environ, ACCOLADE_STORE=str(self.home / "store"))
        for name in ("HOME", "TMPDIR", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
                     "XDG_STATE_HOME"):
            folder = self.home / "user" / name.lower()
            folder.mkdir(parents=True)
            self.environment[name] = str(folder)

    def run(self, *arguments):
        log = self.home / f"strace-{len(self.logs)}"
        self.logs.append(log)
        ended = harness.run(["strace", "-f", "-y", "-qq", "-xx", "-s", "33554432", "-e", f"trace={WRITES}", "-o", log,
                             *arguments], env=self.environment, cwd=self.home)
        if ended.returncode != 0:
            raise AssertionError(f"{arguments}: {ended.stderr}")
        return ended.stdout

    def written(self):
        """(path, bytes) of each write into a file, and of each file that was mapped to be written through memory."""
        for log in self.logs:
            for line in log.read_text().splitlines():
                target = re.search(r"\b(\w+)\((?:[^<]*?)\d+<([^>]*)>", line)
                path = unescaped(target[2]).decode() if target else ""
                if not path.startswith("/") or path.startswith(("/dev/", "/memfd:", "/proc/")):
                    continue
                if target[1] == "mmap":
                    if "PROT_WRITE" in line and "MAP_SHARED" in line:
                        yield path, pathlib.Path(path).read_bytes() if pathlib.Path(path).exists() else b""
                elif target[1] in ("sendfile", "copy_file_range"):
                    yield path, b""
                else:
                    yield path, b"".join(map(unescaped, re.findall(r'"((?:\\x[0-9a-f]{2})*)"', line)))


def lead_through_its_life(watch, branch):
    """Letters in every state that a desk can bring them to, with everything that is written about them. What else must
    not be found: a slip's code, as it is shown and without its dashes."""
    letter, staff = canaries.write_files(branch.home)
    signed = ("--passphrase-file", branch.passphrase, "--banker", harness.BANKER)

    def decide(verb, *numbers):
        watch.run(harness.BANKER_PROGRAM, branch.store, branch.passphrase, harness.BANKER, verb, *numbers)

    watch.run(harness.ACCOLADE, "staff", "import", staff, *signed)
    watch.run(harness.ACCOLADE, "banker", "link", harness.BANKER, "A1", *signed)
    for secret in ("mail", "directory"):
        watch.run(harness.ACCOLADE, "secret", "set", secret, "--secret-file", canaries.write_secret(branch.home), *signed)
    numbers = [watch.run(harness.ACCOLADE, "submit", letter).strip() for _ in range(4)]
    decide("take-in")
    decide("claim", *numbers[:3])
    decide("decline", numbers[0])
    decide("approve", *numbers[1:3])
    decide("route", numbers[1])
    decide("hold", numbers[3])
    waiting, code = watch.run(harness.ACCOLADE, "submit", "--slip", letter).split()
    watch.run(harness.ACCOLADE, "show", waiting, *signed)
    watch.run(harness.ACCOLADE, "show", numbers[1], *signed)
    watch.run(CLIENT, branch.store, code)
    watch.run(CLIENT, branch.store, code, "erase")
    watch.run(harness.ACCOLADE, "verify")
    return [code.encode(), code.replace("-", "").encode()]


@harness.promise("P10", ci=1, deep=1)
def nothing_is_readable(cases):
    """Names, words and addresses of a letter are in no byte of a file, but for the outbox."""
    with harness.branch() as branch:
        watch = Watch(branch.home)
        codes = lead_through_its_life(watch, branch)
        outbox = branch.home / "store-outbox"
        seen, sent = 0, b""
        for path, data in watch.written():
            if pathlib.Path(path).is_relative_to(outbox):
                sent += data
            else:
                seen += 1
                found = canaries.in_data(data) or [code for code in codes if code in data.upper()]
                cases.hold(not found, f"{found} was written into {path}")
        cases.hold(seen > 100, f"only {seen} writes were seen")
        for folder in (branch.store, branch.home / "user"):
            found = canaries.in_folder(folder)
            cases.hold(not found, found)
            cases.hold(not any(code in path.read_bytes() for path in folder.rglob("*") if path.is_file() for code in codes),
                       f"the code of a slip lies in {folder}")
        cases.hold(bool(canaries.in_data(sent, ["canarymail"])), "what goes to the outbox in clear was not found there")


def state_of(folder):
    return {str(path): path.read_bytes() for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file()}


# The public key is not to be had: each way, done to its path.
NO_KEY = {
    "missing": lambda key: key.unlink(),
    "empty": lambda key: key.write_bytes(b""),
    "truncated": lambda key: key.write_bytes(key.read_bytes()[:-10]),
    "zero": lambda key: key.write_bytes(bytes(len(key.read_bytes()))),
    "longer": lambda key: key.write_bytes(key.read_bytes() * 2),
    "a byte changed": lambda key: key.write_bytes(key.read_bytes()[:-3] + b"!" + key.read_bytes()[-2:]),
    "a folder": lambda key: (key.unlink(), key.mkdir()),
    "a link to nothing": lambda key: (key.unlink(), key.symlink_to("/nowhere")),
    "unreadable": lambda key: key.chmod(0),
}
NOBODY = 65534


def as_nobody(branch):
    """How to run as somebody who may write the store and no more; None where this machine cannot."""
    if os.geteuid() != 0:
        return {}
    for path in (branch.home, *branch.home.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    rights = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    tried = subprocess.run([harness.ACCOLADE, "--version"], capture_output=True, **rights)
    return rights if tried.returncode == 0 else None


@harness.promise("P10", ci=1, deep=1)
def no_key_means_no_capture(cases):
    """Without the branch's public key nothing is captured, and not one byte is stored."""
    for what, harm in NO_KEY.items():
        with harness.branch() as branch:
            letter, _ = canaries.write_files(branch.home)
            rights = as_nobody(branch) if what == "unreadable" else {}
            if rights is None:
                continue
            harm(branch.store / "branch.pub")
            if what == "unreadable":
                os.chown(branch.store / "branch.pub", os.geteuid(), os.getegid())
            before = state_of(branch.store)
            ended = branch.call("submit", letter, **rights)
            cases.hold(ended.returncode in (1, 3) and "branch.pub" in ended.stderr and not ended.stdout,
                       f"{what}: {ended.returncode}: {ended.stdout}{ended.stderr}")
            cases.hold(state_of(branch.store) == before, f"{what}: something was stored")


@harness.promise("P10", ci=1, deep=1)
def the_kiosk_cannot_read_back(cases):
    """With all that the kiosk's user may read, its own letter cannot be opened, whatever the passphrase."""
    with harness.branch() as branch:
        letter, _ = canaries.write_files(branch.home)
        number = branch.done("submit", letter).strip()
        kiosk = branch.home / "kiosk"
        kiosk.mkdir()
        for name in ("inbox.db", "branch.pub", "accolade.conf"):
            shutil.copy(branch.store / name, kiosk)
        ended = branch.call("show", number, "--json", "--store", kiosk, "--passphrase-file", branch.passphrase)
        cases.hold(ended.returncode != 0 and not canaries.in_data(ended.stdout.encode()),
                   f"{ended.returncode}: {ended.stdout}")
        cases.hold(not canaries.in_folder(kiosk), "the kiosk's own files tell")
        opened = branch.signed_in("show", number, "--json")
        cases.hold(bool(canaries.in_data(opened.encode())), "the desk could not open it either")
