"""P15: mail. The server is a real one on loopback, which keeps what it was given outside of every store."""
import contextlib
import email
import email.policy
import shutil
import sqlite3
import subprocess
import tempfile

import canaries
import harness

try:
    import mail_server
    import ports
except ImportError as missing:  # aiosmtpd is not installed
    mail_server, MISSING = None, str(missing)

POSTMAN = harness.BUILD / "tests/test-postman"
FROM = "letters@canarymail.example"
CALLS = "fsync,fdatasync,sendto,write"  # at which a desk is killed: writing the store, and talking
MOST = 0.4  # seconds: about as long as a desk takes


def configure(branch, port, **more):
    """accolade.conf with a mail server that takes letters for anybody in the directory."""
    if mail_server is None:
        raise harness.Skipped(MISSING)
    keys = {"server": "127.0.0.1", "port": port, "security": "none", "from": FROM, "timeout": 20,
            "allowed_domains": "canarymail.example;bank.example;harbourvale.example", **more}
    (branch.store / "accolade.conf").write_text(
        "[branch]\nname=Market Street branch\n[mail]\n" + "".join(f"{name}={value}\n" for name, value in keys.items()))


def post(branch, verb, *numbers):
    """What a desk does that only sends: (position, door, state) of each delivery of the letters."""
    ended = harness.run([POSTMAN, branch.store, branch.passphrase, harness.BANKER, verb, *numbers])
    if ended.returncode != 0:
        raise AssertionError(ended.stderr)
    return [tuple(line.split("\t")[1:4]) for line in ended.stdout.splitlines()]


def approve(branch, letter):
    """A letter that is approved and prepared, whose server was down: its number."""
    configure(branch, ports.free_port() if mail_server else 25)
    number = branch.done("submit", letter).split()[0]
    for verb in ("take-in", "claim", "approve"):
        branch.decide(verb, *([] if verb == "take-in" else [number]))
    harness.run([harness.BANKER_PROGRAM, branch.store, branch.passphrase, harness.BANKER, "route", number])
    return number


def read(data):
    return email.message_from_bytes(data, policy=email.policy.default)


def hold_sound(cases, branch, when):
    verified = branch.call("verify")
    cases.hold(verified.returncode == 0, f"{when}: {verified.stdout[:500]}{verified.stderr}")


# ---- to whom, and what ----

@harness.promise("P15", ci=1, deep=1)
def to_the_directory_alone(cases):
    """Each recipient of the directory gets one message of its own; what the client says for the branch alone is in none."""
    with harness.branch() as branch:
        letter, staff = canaries.write_files(branch.home)
        branch.import_staff(staff)
        number = approve(branch, letter)
        sink = mail_server.Post()
        with mail_server.running(sink) as port:
            configure(branch, port)
            states = post(branch, "now", number)
        cases.hold([state for _, _, state in states] == ["handed over"] * len(states) and states != [], f"{states}")
        cases.hold(sorted(to for _, [to], _ in sink.mails) == sorted(canaries.MAILS[:3]), f"{sink.recipients}")
        for sender, to, data in sink.mails:
            message = read(data)
            cases.hold(sender == FROM and len(to) == 1, f"{sender} to {to}")
            cases.hold([one.addr_spec for one in message["To"].addresses] == to, f"{message['To']} is not {to}")
            cases.hold(not {"Cc", "Bcc", "Resent-To", "Sender"} & set(message), f"{list(message)}")
            cases.hold(len(list(message.iter_attachments())) == 2, f"{to}: another number of attachments")
            parts = [data, *(part.get_content() for part in message.iter_attachments())]
            for part in parts:
                found = canaries.in_data(part, ["contactcanary", "apartcanary", "passwordcanary"])
                cases.hold(not found, f"{to}: {found} has left the branch")
            cases.hold(any("fromcanary" in canaries.in_data(part, ["fromcanary"]) for part in parts),
                       "the search finds nothing that is there either")
        hold_sound(cases, branch, "mailed")


# Names and departments as a directory may have them; each stays words.
TRICKS = ["Ann, bcc@evil.example", "Ann <bcc@evil.example>", '"Ann" <bcc@evil.example>,', "Ann; bcc@evil.example",
          "Ann (bcc@evil.example)", "Ann\\", "Ann: bcc@evil.example;", "Ann%0d%0aBcc: bcc@evil.example", "Änn Łódź Żółć",
          "Ann \"quoted\" O’Neil", "Ann --=_boundary", "Ann: x" + "y" * 60]


@harness.promise("P15", ci=len(TRICKS), deep=len(TRICKS))
def no_name_adds_anything(cases):
    """A name that looks like addresses or headers stays a name: one recipient, no header more, the same parts."""
    for trick in TRICKS:
        with harness.branch() as branch:
            letter, staff = canaries.write_files(branch.home)
            quoted = '"' + trick.replace('"', '""') + '"'
            staff.write_text(canaries.STAFF.replace(canaries.SUPERVISOR, quoted))
            branch.import_staff(staff)
            number = approve(branch, letter)
            sink = mail_server.Post()
            with mail_server.running(sink) as port:
                configure(branch, port)
                post(branch, "now", number)
            cases.hold(sorted(sink.recipients) == sorted(canaries.MAILS[:3]), f"{trick}: {sink.recipients}")
            for _, [to], data in sink.mails:
                message = read(data)
                named = [one.display_name for one in message["To"].addresses]
                cases.hold(len(named) == 1 and "Bcc" not in message and b"\r\nBcc:" not in data, f"{trick}: {message['To']}")
                if to == canaries.MAILS[1]:
                    cases.hold(named == [trick], f"{trick} became {named}")


# ---- exactly as often as can be ----

def killed(branch, moment=None, position=None):
    """A desk that sends what may go, killed after @moment seconds or at the @position-th call; whether it was."""
    numbers = branch.numbers()
    words = [POSTMAN, branch.store, branch.passphrase, harness.BANKER, "now", *numbers]
    if position is not None:
        return harness.faulted(words, CALLS, "signal=KILL", position, ())[1]
    with subprocess.Popen(list(map(str, words)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as desk:
        try:
            desk.wait(moment)
        except subprocess.TimeoutExpired:
            desk.kill()
        return desk.wait() != 0


def kept(branch):
    """(number, position, state) of each delivery, read past the program, from a copy: what a kill has left is not touched."""
    with tempfile.TemporaryDirectory() as copy:
        for file in branch.store.glob("desk.db*"):
            shutil.copy(file, copy)
        with contextlib.closing(sqlite3.connect(f"{copy}/desk.db")) as desk:
            return desk.execute("SELECT number, position, state FROM delivery").fetchall()


def hold_honest(cases, branch, sink, when):
    """What the store says was handed over the server has; what it has, and nobody is sure of, is not sent again."""
    taken = [read(data)["Message-ID"] for _, _, data in sink.mails]
    for number, position, state in kept(branch):
        count = sum(one.startswith(f"<{number}.") and f".{position}@" in one for one in taken)
        cases.hold(count <= 1, f"{when}: {number} {position} came {count} times without an order")
        if state == "handed over":
            cases.hold(count == 1, f"{when}: {number} {position} is handed over, but did not arrive")
        elif state in ("prepared", "waiting"):
            cases.hold(count == 0, f"{when}: {number} {position} is {state}, but has arrived")


def hold_ended(cases, branch, sink, numbers):
    """After a banker's orders all is sent, each message once or by order twice, and each time the same bytes."""
    post(branch, "now", *numbers)
    unsure = {(number, position) for number, position, state in kept(branch) if state == "unsure"}
    post(branch, "again", *numbers)
    post(branch, "now", *numbers)
    cases.hold(all(state == "handed over" for _, _, state in kept(branch)), f"{kept(branch)}")
    messages = {}
    for _, _, data in sink.mails:
        messages.setdefault(read(data)["Message-ID"], []).append(data)
    cases.hold(len(messages) == len(kept(branch)), f"{len(messages)} messages of {len(kept(branch))}")
    cases.hold(all(len(set(tries)) == 1 for tries in messages.values()), "a try sent other bytes")
    cases.hold(sum(len(tries) - 1 for tries in messages.values()) <= len(unsure), "something came twice without an order")
    hold_sound(cases, branch, "in the end")


@harness.promise("P15", ci=24, deep=500)
def killed_while_mailing(cases):
    """Killed anywhere, nothing is handed over that did not arrive, and nothing that may have arrived is sent again unasked."""
    per_branch = 24
    for first in range(0, cases.size, per_branch):
        with harness.branch() as branch:
            branch.import_staff()
            numbers = [approve(branch, harness.LETTERS / "two-sentences.json") for _ in range(3)]
            sink = mail_server.Post()
            with mail_server.running(sink) as port:
                configure(branch, port)
                for position in range(min(per_branch, cases.size - first)):
                    if position % 2:
                        killed(branch, position=cases.random.randint(1, 120))
                    else:
                        killed(branch, moment=cases.random.uniform(0.05, MOST))
                    hold_honest(cases, branch, sink, f"kill {first + position}")
                hold_ended(cases, branch, sink, numbers)


@harness.promise("P15", ci=1, deep=1)
def lost_after_the_last_byte(cases):
    """A server that takes the message and ends without a word leaves it unsure; only an order sends it again, the same."""
    with harness.branch() as branch:
        branch.import_staff()
        number = approve(branch, harness.LETTERS / "two-sentences.json")
        lost, sink = mail_server.Post(drops=mail_server.DOT), mail_server.Post()
        with mail_server.running(lost) as port:
            configure(branch, port)
            for verb in ("now", "now", "round"):
                states = {state for _, _, state in post(branch, verb, number)}
                cases.hold(states == {"unsure"}, f"{verb}: {states}")
        cases.hold(len(lost.offered) == 3, f"{len(lost.offered)} were sent")
        with mail_server.running(sink) as port:
            configure(branch, port)
            post(branch, "again", number)
            post(branch, "round", number)
        cases.hold(lost.offered == sink.mails, "the second try sent other bytes")
        hold_sound(cases, branch, "sent again")


@harness.promise("P15", ci=1, deep=1)
def nothing_before_the_server_took_it(cases):
    """Refused or put off, nothing is marked as sent, and nothing of it is gone: it goes out whole later."""
    for answer in ("451 later", "554 never"):
        with harness.branch() as branch:
            branch.import_staff()
            number = approve(branch, harness.LETTERS / "two-sentences.json")
            first, sink = mail_server.Post({mail_server.DOT: answer}), mail_server.Post()
            with mail_server.running(first) as port:
                configure(branch, port)
                post(branch, "now", number)
            cases.hold(not {"handed over", "acknowledged"} & {state for _, _, state in kept(branch)}, f"{answer}: {kept(branch)}")
            with mail_server.running(sink) as port:
                configure(branch, port)
                post(branch, "again", number)
                post(branch, "now", number)
            cases.hold(first.offered == sink.mails and len(sink.mails) == 3, f"{answer}: it did not go out as it was")
            hold_sound(cases, branch, answer)
