"""P13: hostile PDFs. Each is shown harmlessly or cannot be shown, in bounded time and memory, and nothing leaves the box."""
import os
import pathlib
import re
import select
import socket
import struct
import subprocess
import tempfile

import harness
import hostile_pdfs

READER = harness.BUILD / "tests/test-reader"
BOX = harness.BUILD / "app/paper/accolade-pdf"
DOCUMENT = "refused 7"   # ACC_ERROR_DOCUMENT
DEADLINE = 3000 + 20000  # milliseconds for one request, and for a busy machine to notice
MEMORY = 620_000         # kilobytes: what the box may hold, and the program's own text

# What a PDF might make its reader do; in the box each answers EPERM.
CALLS = ("open,openat,openat2,creat,execve,execveat,connect,socket,bind,fork,vfork,clone,clone3,ptrace,kill,tgkill,unlink,"
         "unlinkat,rename,renameat,renameat2,memfd_create,io_uring_setup,process_vm_readv,mkdir,mkdirat,chmod,fchmodat")


class Reader:
    """One desk that reads what it is given: the next document must be as well served as the first."""

    def __init__(self, folder, *before):
        self.path = pathlib.Path(folder) / "letter.pdf"
        self.process = subprocess.Popen([*before, READER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def read(self, pdf):
        """(what came of it, the longest request in milliseconds, the sentence), or None where no answer comes."""
        self.path.write_bytes(pdf)
        self.process.stdin.write(f"{self.path}\n")
        self.process.stdin.flush()
        if not select.select([self.process.stdout], [], [], 60)[0]:
            self.process.kill()
            return None
        answer = self.process.stdout.readline().rstrip("\n").split("\t")
        return (answer[0], int(answer[1]), answer[2]) if len(answer) == 3 else None

    def end(self):
        """The most that one of its boxes held, kilobytes."""
        rest = self.process.communicate()[0].split()
        return int(rest[1]) if self.process.returncode == 0 and len(rest) == 2 else None


def is_bounded(answer):
    return answer is not None and answer[0] in ("shown", DOCUMENT) and answer[1] <= DEADLINE


def read_each(cases, documents):
    """Each of @documents (what it is, its bytes), and a sound letter at the end."""
    with tempfile.TemporaryDirectory(prefix="accolade-") as home:
        sound = harness.rendered(home).read_bytes()
        reader = Reader(home)
        for what, pdf in documents(sound):
            answer = reader.read(pdf)
            if not cases.hold(is_bounded(answer), f"{what}: {answer}") and answer is None:
                reader = Reader(home)
        answer = reader.read(sound)
        cases.hold(answer is not None and answer[0] == "shown", f"the next letter: {answer}")
        held = reader.end()
        cases.hold(held is not None and held <= MEMORY, f"{held} kB held")


@harness.promise("P13", ci=1, deep=1)
def each_hostile_pdf(cases):
    """Each hostile PDF is shown harmlessly or cannot be shown, within its time and memory; the next letter is shown."""
    read_each(cases, lambda sound: [(what, make()) for what, make in hostile_pdfs.MADE.items()]
              + [(f"cut {len(pdf)}", pdf) for pdf in hostile_pdfs.cut(sound, 40)])


@harness.promise("P13", ci=150, deep=20_000)
def letters_spoilt_at_random(cases):
    """A real letter's PDF, spoilt at random, is shown harmlessly or cannot be shown."""
    read_each(cases, lambda sound: ((f"spoilt {number}", hostile_pdfs.mutated(sound, cases.random))
                                    for number in range(cases.size)))


@harness.promise("P13", ci=1, deep=1)
def the_desk_goes_on(cases):
    """While sixty letters are read back, one of them a liar, no turn of the desk's main loop works for 200 ms."""
    for passed, name in harness.tests_of("desk", "-p", "/desk/window/goes-on-while-letters-come-in"):
        cases.hold(passed, name)


@harness.promise("P13", ci=1, deep=1)
def every_field_stays_quick(cases):
    """Whatever is pasted into any field of the kiosk or the desk, no turn of the main loop works for 200 ms."""
    for program, part in (("kiosk-paste", "/kiosk-paste"), ("desk", "/desk/window/stays-quick-whatever-is-pasted")):
        for passed, name in harness.tests_of(program, "-p", part):
            cases.hold(passed, name)


def calls_in_the_box(trace):
    """For each process that closed a box: the calls it made afterwards that had an effect."""
    closed, done = set(), []
    for line in trace.splitlines():
        pid, _, call = line.partition(" ")
        if "SECCOMP_SET_MODE_FILTER" in call and call.endswith(" = 0"):
            closed.add(pid)
        elif pid in closed and re.match(r"[a-z0-9_]+\(", call.strip()) and "EPERM" not in call:
            done.append(call.strip())
    return closed, done


@harness.promise("P13", ci=1, deep=1)
def nothing_leaves_the_box(cases):
    """While hostile PDFs are read, no box opens, runs, connects, forks, removes or signals anything."""
    telling = ["script", "launch", "address", "form sent", "other document", "embedded file", "data from a file",
               "data from an address", "form with external entities", "encrypted", "form in itself", "garbage"]
    with tempfile.TemporaryDirectory(prefix="accolade-") as home:
        trace = pathlib.Path(home) / "trace"
        reader = Reader(home, "strace", "-f", "-qq", "-o", trace, "-e", f"trace={CALLS},seccomp,prctl")
        for what in telling:
            answer = reader.read(hostile_pdfs.MADE[what]())
            cases.hold(is_bounded(answer), f"{what}: {answer}")
        reader.end()
        closed, done = calls_in_the_box(trace.read_text())
    cases.hold(len(closed) == len(telling), f"{len(closed)} boxes for {len(telling)} documents")
    cases.hold(not done, f"done in the box: {done[:5]}")
    cases.hold(not pathlib.Path("/tmp/launched").exists(), "a PDF has launched a program")


def as_nobody(command):
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command] if os.getuid() == 0 else command


@harness.promise("P13", ci=1, deep=1)
def box_is_bare(cases):
    """The process in the box has no descriptor but its own three, no environment, no core file, and cannot be looked into."""
    ours, theirs = socket.socketpair()
    extra = os.open("/dev/null", os.O_RDONLY)
    os.set_inheritable(extra, True)
    with tempfile.TemporaryDirectory(prefix="accolade-") as home, ours:
        pdf = harness.rendered(home).read_bytes()
        with subprocess.Popen(as_nobody([BOX]), stdin=theirs, stdout=theirs, close_fds=False,
                              env={"SECRET": "canary"}) as process:
            theirs.close()
            ours.sendall(struct.pack("=IIdQ", 1, 0, 0.0, len(pdf)) + pdf)
            status, _, _, _, length = struct.unpack("=IIIIQ", ours.recv(24, socket.MSG_WAITALL))
            ours.recv(length, socket.MSG_WAITALL)
            cases.hold(status == 0, f"the letter was not opened: {status}")
            look_at(cases, pathlib.Path("/proc") / str(process.pid))
            ours.shutdown(socket.SHUT_RDWR)
            cases.hold(process.wait(60) == 0, "it did not end with its socket")
    os.close(extra)
    checked = harness.run([BOX, "--self-check"])
    cases.hold(checked.returncode == 0 and "system call filter: yes" in checked.stdout, f"self-check: {checked}")


def look_at(cases, process):
    status = dict(line.split(":\t", 1) for line in (process / "status").read_text().splitlines())
    core = re.search(r"Max core file size\s+(\d+)\s+(\d+)", (process / "limits").read_text())
    cases.hold(sorted(os.listdir(process / "fd")) == ["0", "1", "2"], f"descriptors {os.listdir(process / 'fd')}")
    cases.hold(status["NoNewPrivs"] == "1" and status["Seccomp"] == "2", "not shut in")
    cases.hold(status["Threads"] == "1", f"{status['Threads']} threads")
    cases.hold(core is not None and core.groups() == ("0", "0"), "it may leave a core file")
    # What tells of a process that cannot be dumped belongs to root, whoever runs it (proc(5)).
    cases.hold((process / "environ").stat().st_uid == 0, "it can be looked into")
