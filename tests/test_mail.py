#!/usr/bin/python3
"""Letters by mail, to a real mail server on loopback: what it takes, and each way in which it does not."""
import base64
import contextlib
import email
import email.policy
import json
import os
import random
import shutil
import string
import subprocess
import time
import unittest

import tap
import wall_clock
from mail_server import DOT, HALF_WAY, RECIPIENT, START, Hostile, Post, running
from ports import free_port
from test_command import BUILD, LETTERS, STAFF, Branch
from test_ldap import Certificates

BANKER = "Ana Held"
SENDER = "letters@harbourvale.example"
PASSWORD = "tea, not coffee"
DOMAIN = "harbourvale.example"
N = 3  # supervisor, employee, the banker's own supervisor


@unittest.skipUnless(all(map(os.path.exists, ("/usr/bin/openssl", wall_clock.LIBRARY))), "needs openssl and libfaketime")
class Mail(Branch):
    """A branch with one letter that is approved; its mail server was down, so nothing has gone yet."""

    @classmethod
    def fill_model(cls):
        super().fill_model()
        cls.servers = cls.folder_for_all("accolade-mail-")
        cls.certificates = Certificates(cls.servers)
        for word in (["staff", "import", STAFF], ["banker", "link", BANKER, cls.find_banker()]):
            cls.make(*word, "--passphrase-file", "passphrase")
        (cls.model / "password").write_text(PASSWORD + "\n")
        cls.make("secret", "set", "mail", "--secret-file", "password", "--passphrase-file", "passphrase")
        cls.number = cls.make("submit", LETTERS / "two-sentences.json").strip()
        cls.configure_in(cls.model, free_port())
        for verb in ("take-in", "claim", "approve", "route"):
            cls.banker_in(cls.model, verb, *([] if verb == "take-in" else [cls.number]))

    @classmethod
    def find_banker(cls):
        cls.make("staff", "import", STAFF, "--passphrase-file", "passphrase")
        return next(line.split(",")[0] for line in STAFF.read_text().splitlines() if f",{BANKER}," in line)

    @classmethod
    def make(cls, *words):
        done = cls.run_in(cls.model, *map(str, words))
        if done.returncode != 0:
            raise AssertionError(f"{words}: {done.stdout}{done.stderr}")
        return done.stdout

    @classmethod
    def configure_in(cls, home, port, **changes):
        """accolade.conf for that server; a value None leaves the key out."""
        keys = {"server": "127.0.0.1", "port": port, "security": "starttls", "certificate_authority": cls.servers / "ca.pem",
                "from": SENDER, "allowed_domains": DOMAIN, "timeout": 20, **changes}
        (home / "store/accolade.conf").write_text(
            "[branch]\nname=Market Street branch\n[mail]\n"
            + "".join(f"{name.rstrip('_')}={value}\n" for name, value in keys.items() if value is not None))

    @staticmethod
    def banker_in(home, verb, *numbers):
        return subprocess.run([BUILD / "tests/test-banker", home / "store", home / "passphrase", BANKER, verb, *numbers],
                              text=True, capture_output=True, timeout=120, check=False)

    def configure(self, port, **changes):
        self.configure_in(self.home, port, **changes)

    def post(self, verb="now"):
        """What test-postman does; each delivery's state and reason, in order."""
        done = subprocess.run([BUILD / "tests/test-postman", self.home / "store", self.home / "passphrase", BANKER, verb,
                               self.number], text=True, capture_output=True, timeout=120)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertNotIn("CRITICAL", done.stderr)
        rows = [line.split("\t") for line in done.stdout.splitlines()]
        self.assertEqual(N, len(rows))
        return [(row[3], row[5]) for row in rows]

    def states(self, verb="now"):
        return [state for state, _ in self.post(verb)]

    def letter_state(self):
        return next(line.split("\t")[2] for line in self.call("list").splitlines() if self.number in line)

    @contextlib.contextmanager
    def server(self, post=None, certificate="server", from_the_start=False, **changes):
        post = post or Post()
        with running(post, self.servers, certificate, from_the_start) as port:
            self.configure(port, **{"security": "tls" if from_the_start else "starttls", **changes})
            yield post

    def waits(self, word, post=None):
        """Nothing has gone, and each says why with this word; nothing of the letter was told to anybody."""
        for state, reason in self.post():
            self.assertEqual("waiting", state)
            self.assertIn(word, reason)
        if post is not None:
            self.assertEqual(([], []), (post.recipients, post.offered))
        self.assertEqual("approved", self.letter_state())
        self.call("verify")


class Takes(Mail):
    def test_each_recipient_gets_one_message(self):
        with self.server() as post:
            self.assertEqual(["handed over"] * N, self.states())
        self.assertEqual("routed", self.letter_state())
        self.assertEqual([SENDER] * N, [sender for sender, _, _ in post.mails])
        self.assertEqual([[recipient] for recipient in post.recipients], [to for _, to, _ in post.mails])
        self.assertEqual(N, len(set(post.recipients)))
        self.assertEqual("jessica.okafor@" + DOMAIN, post.recipients[1])
        self.call("verify")
        with self.server() as post:
            self.assertEqual(["handed over"] * N, self.states())
        self.assertEqual([], post.mails)

    def test_the_message_is_whole(self):
        with self.server() as post:
            self.post()
        self.signed_in("show", self.number, "--pdf", "letter.pdf")
        ids = set()
        for _, (recipient,), data in post.mails:
            message = email.message_from_bytes(data, policy=email.policy.default)
            self.assertEqual([recipient], [one.addr_spec for one in message["To"].addresses])
            self.assertEqual((None, None), (message["Cc"], message["Bcc"]))
            self.assertEqual([(BANKER, SENDER)], [(one.display_name, one.addr_spec) for one in message["From"].addresses])
            self.assertEqual(["ana.held@" + DOMAIN], [one.addr_spec for one in message["Reply-To"].addresses])
            self.assertEqual("auto-generated", message["Auto-Submitted"])
            self.assertIn("wrote the attached letter", message.get_body().get_content())
            attachments = {part.get_filename(): part.get_content() for part in message.iter_attachments()}
            self.assertEqual({f"{self.number}.pdf", f"{self.number}-cover.pdf"}, set(attachments))
            self.assertEqual((self.home / "letter.pdf").read_bytes(), attachments[f"{self.number}.pdf"])
            self.assertTrue(message["Message-ID"].startswith(f"<{self.number}."))
            ids.add(message["Message-ID"])
        self.assertEqual(N, len(ids))

    def test_over_tls_from_the_first_byte(self):
        with self.server(from_the_start=True) as post:
            self.assertEqual(["handed over"] * N, self.states())
        self.assertEqual(N, len(post.mails))

    def test_in_clear_on_this_machine_where_that_is_wished(self):
        with self.server(certificate=None, security="none") as post:
            self.assertEqual(["handed over"] * N, self.states())
        self.assertEqual(N, len(post.mails))

    def test_with_an_account(self):
        with self.server(Post(password=PASSWORD), user="accolade") as post:
            self.assertEqual(["handed over"] * N, self.states())
        self.assertEqual(["accolade"] * N, post.signed_in)

    def test_to_allowed_domains_only(self):
        with self.server(allowed_domains="elsewhere.example") as post:
            for state, reason in self.post():
                self.assertEqual("refused", state)
                self.assertIn("allowed_domains", reason)
        self.assertEqual(0, post.connections)

    def test_beyond_them_the_folder_is_chosen(self):
        other = self.submit("full-page.json")
        with self.server(allowed_domains="cards." + DOMAIN) as post:
            for verb in ("take-in", "claim", "approve", "route"):
                self.assertEqual("", self.banker_in(self.home, verb, *([] if verb == "take-in" else [other])).stderr)
        self.assertEqual(0, post.connections)
        self.assertTrue(list((self.home / "store-outbox").glob(f"{other}-*")))


def without_sign_in(server, connection):
    for answer in (b"220 hello\r\n", b"250 hello\r\n", b"221 bye\r\n"):
        server.send(connection, answer)
        connection.recv(1 << 16)


class Doctor(Mail):
    def doctor(self, *arguments):
        """What it says of mail: (state, sentence); nothing was sent."""
        done = self.run_in(self.home, "doctor", "--json", *arguments)
        return [(finding["state"], finding["sentence"]) for finding in json.loads(done.stdout) if finding["check"] == "mail"]

    def test_a_server_that_answers(self):
        with self.server() as post:
            self.assertEqual([("ok", "The mail server 127.0.0.1 answers over a secured connection.")], self.doctor())
        self.assertEqual(([], []), (post.recipients, post.offered))

    def test_a_password_is_tried_by_whoever_signs_in(self):
        for password, state, words in ((PASSWORD, "ok", "accepts the account and its password"),
                                       ("another", "act", "does not accept the account and its password")):
            with self.subTest(password), self.server(Post(password=password), user="accolade") as post:
                (state_before, before), = self.doctor()
                self.assertEqual(("ok", True), (state_before, "was not tried" in before))
                self.assertEqual([], post.signed_in)
                (found, sentence), = self.doctor("--passphrase-file", "passphrase")
                self.assertEqual((state, True), (found, words in sentence), sentence)

    def test_a_server_without_sign_in(self):
        with Hostile(without_sign_in) as server:
            self.configure(server.port, security="none", user="accolade")
            (state, sentence), = self.doctor("--passphrase-file", "passphrase")
        self.assertEqual(("act", True), (state, "offers no way to sign in" in sentence), sentence)

    def test_what_keeps_a_letter_from_being_mailed(self):
        for words, changes in (("cannot be reached", {}), ("no address is named", {"from": None}),
                               ("no domain is named", {"allowed_domains": None}), ("cannot be found", {"server": "nowhere.invalid"})):
            with self.subTest(words):
                self.configure(free_port(), **changes)
                (state, sentence), = self.doctor()
                self.assertEqual(("act", True), (state, words in sentence), sentence)
        with self.server(certificate="stranger"):
            (state, sentence), = self.doctor()
            self.assertEqual(("act", True), (state, "no certificate that can be trusted" in sentence), sentence)

    def test_personnel_beyond_the_domains(self):
        with self.server(personnel="hr@elsewhere.example"):
            (state, sentence), _ = self.doctor()
        self.assertEqual(("look", True), (state, "hr@elsewhere.example" in sentence))


class PutsOff(Mail):
    def test_a_server_that_is_down(self):
        self.configure(free_port())
        self.waits("cannot be reached")

    def test_a_server_that_nobody_knows(self):
        self.configure(25, server="nowhere.invalid")
        self.waits("cannot be found")

    def test_greylisting_is_tried_again_with_the_same_bytes(self):
        greylist = {DOT: "451 4.7.1 greylisted, try again in five minutes"}
        with self.server(Post(greylist)) as first:
            for state, reason in self.post():
                self.assertEqual("waiting", state)
                self.assertIn("greylisted, try again", reason)
            self.assertEqual(["waiting"] * N, self.states("round"))  # it is not time yet
        with self.server() as second:
            self.assertEqual(["handed over"] * N, self.states())
        self.assertEqual(first.offered, second.mails)
        self.call("verify")

    def test_one_that_is_put_off_holds_no_other(self):
        with self.server(Post({"jessica.okafor@" + DOMAIN: "450 4.2.1 mailbox busy"})) as post:
            self.assertEqual(["handed over", "waiting", "handed over"], self.states())
        self.assertEqual(2, len(post.mails))
        with self.server() as post:
            self.assertEqual(["handed over"] * N, self.states())
        self.assertEqual(1, len(post.mails))
        self.assertEqual("routed", self.letter_state())

    def test_a_server_that_stalls(self):
        for place in (START, RECIPIENT):
            with self.subTest(place), self.server(Post(stalls=place), timeout=1) as post:
                self.assertEqual({("waiting", "The mail server 127.0.0.1 did not answer within [mail] timeout.")},
                                 set(self.post()))
                self.assertEqual([], post.offered)

    def test_a_server_that_ends_half_way(self):
        with self.server(Post(drops=HALF_WAY), certificate=None, security="none") as post:
            self.assertEqual(["waiting"] * N, self.states())
        self.assertEqual([], post.offered)

    def test_a_certificate_that_cannot_be_trusted(self):
        for certificate, authority in (("server", "other"), ("stranger", "ca"), ("old", "ca")):
            for from_the_start in (False, True):
                with self.subTest(certificate, tls=from_the_start), \
                     self.server(certificate=certificate, from_the_start=from_the_start, user="accolade",
                                 certificate_authority=self.servers / f"{authority}.pem") as post:
                    self.waits("certificate", post)
                    self.assertEqual([], post.signed_in)

    def test_no_starttls_is_offered(self):
        with self.server(Post(password=PASSWORD), certificate=None, user="accolade") as post:
            self.waits("does not offer to secure the connection", post)
            self.assertEqual([], post.signed_in)

    def test_in_clear_to_another_machine(self):
        self.configure(25, server="192.0.2.1", security="none")
        self.waits("security: “none” is for a mail server on this machine")

    def test_an_account_without_password(self):
        (self.home / "nothing").write_text("\n")
        self.signed_in("secret", "set", "mail", "--secret-file", "nothing")
        with self.server(Post(password=PASSWORD), user="accolade") as post:
            self.waits("accolade secret set mail", post)
            self.assertEqual(0, post.connections)

    def test_a_wrong_password_is_tried_once(self):
        with self.server(Post(password="another"), user="accolade") as post:
            self.waits("accolade secret set mail", post)
            self.assertEqual(["accolade"], post.signed_in)
            self.waits("accolade secret set mail", post)
            self.assertEqual(["accolade"] * 2, post.signed_in)  # whoever signs in tries again, once
            (self.home / "password").write_text("another\n")
            self.signed_in("secret", "set", "mail", "--secret-file", "password")
            self.assertEqual(["handed over"] * N, self.states("round"))  # it waits for nothing else
        self.assertEqual(N, len(post.mails))
        self.call("verify")

    def test_a_server_that_wants_a_sign_in_where_none_is_set_up(self):
        with self.server(Post({f"{who}@{DOMAIN}": "530 5.7.0 sign in first" for who in
                               ("priya.raman", "jessica.okafor", "helen.marsh")})) as post:
            self.assertEqual(["waiting"] * N, self.states())
            self.assertEqual(1, len(post.recipients))

    def test_mail_that_is_set_up_no_more(self):
        (self.home / "store/accolade.conf").write_text("[branch]\nname=Market Street branch\n")
        self.waits("no longer sets up")


class Refuses(Mail):
    def test_a_recipient_that_the_server_does_not_know(self):
        unknown = {"jessica.okafor@" + DOMAIN: "550 5.1.1 nobody here of that name"}
        with self.server(Post(unknown)) as post:
            (_, (state, reason), _) = self.post()
            self.assertEqual("refused", state)
            self.assertIn("nobody here of that name", reason)
            self.assertEqual(["handed over", "refused", "handed over"], self.states())  # and not once more by itself
        self.assertEqual(N, len(post.recipients))
        self.assertEqual("approved", self.letter_state())
        self.call("verify")
        with self.server() as post:
            self.assertEqual(["handed over", "prepared", "handed over"], self.states("again"))
            self.assertEqual(["handed over"] * N, self.states("round"))
        self.assertEqual(1, len(post.mails))
        self.assertEqual("routed", self.letter_state())
        self.call("verify")

    def test_a_message_that_the_server_does_not_want(self):
        with self.server(Post({DOT: "554 5.7.1 no letters of thanks"})):
            self.assertEqual({("refused", "The mail server 127.0.0.1 refuses it: “554 5.7.1 no letters of thanks”")},
                             set(self.post()))

    def test_words_that_are_no_words(self):
        hostile = "550 \x1b[2J\u202e" + "x" * 5000
        with self.server(Post({"jessica.okafor@" + DOMAIN: hostile})):
            (_, (state, reason), _) = self.post()
        self.assertEqual("refused", state)
        self.assertTrue(reason.isprintable(), reason)
        self.assertLess(len(reason), 400)


class Unsure(Mail):
    def sent_once(self, **how):
        with self.server(Post(**how), timeout=1) as post:
            self.assertEqual(["unsure"] * N, self.states())
            for verb in ("now", "round"):  # never again by itself
                self.assertEqual(["unsure"] * N, self.states(verb))
        self.assertEqual(N, len(post.offered))
        self.assertEqual("approved", self.letter_state())
        self.call("verify")
        return post

    def test_a_connection_that_ends_after_the_last_byte(self):
        first = self.sent_once(drops=DOT)
        with self.server() as second:
            self.assertEqual(["prepared"] * N, self.states("again"))
            self.assertEqual(["handed over"] * N, self.states("round"))
        self.assertEqual(first.offered, second.mails)
        self.assertEqual("routed", self.letter_state())
        self.call("verify")

    def test_no_answer_after_the_last_byte(self):
        self.sent_once(stalls=DOT)
        self.assertEqual(["handed over"] * N, self.states("sent"))
        self.assertEqual("routed", self.letter_state())
        self.call("verify")

    def test_killed_while_the_server_thinks(self):
        with self.server(Post(stalls=DOT), timeout=60) as post:
            desk = subprocess.Popen([BUILD / "tests/test-postman", self.home / "store", self.home / "passphrase", BANKER,
                                     "now", self.number])
            self.assertTrue(post.reached.wait(60))
            desk.kill()
            desk.wait()
        with self.server() as post:
            self.assertEqual(["unsure", "handed over", "handed over"], self.states())
        self.assertEqual(2, len(post.mails))
        self.call("verify")


class Quits(Mail):
    def quit(self, stalls):
        """The desk ends while the server thinks, which never answers: what is kept then."""
        with self.server(Post(stalls=stalls), timeout=300) as post:
            desk = subprocess.Popen([BUILD / "tests/test-postman", self.home / "store", self.home / "passphrase", BANKER,
                                     "now", self.number], text=True, stdout=subprocess.PIPE)
            self.assertTrue(post.reached.wait(60))
            desk.terminate()
            said, _ = desk.communicate(timeout=120)  # far less than the server is given
            self.assertFalse(post.let_go.is_set())
        self.assertEqual(0, desk.returncode)
        self.call("verify")
        return [line.split("\t")[3] for line in said.splitlines()], post

    def test_what_cannot_have_arrived_waits(self):
        for place in (START, RECIPIENT):
            with self.subTest(place):
                states, post = self.quit(place)
                self.assertEqual("waiting", states[0])
                self.assertEqual([], post.offered)
        with self.server() as post:
            self.assertEqual(["handed over"] * N, self.states())
        self.assertEqual(N, len(post.mails))

    def test_what_may_have_arrived_is_unsure(self):
        states, post = self.quit(DOT)
        self.assertEqual(["unsure", "waiting", "waiting"], states)
        self.assertEqual(1, len(post.offered))


def count_in_memory(process, words):
    """How often the bytes lie in its memory."""
    n = 0
    with open(f"/proc/{process}/maps") as maps, open(f"/proc/{process}/mem", "rb", 0) as memory:
        for line in maps:
            start, end = (int(number, 16) for number in line.split()[0].split("-"))
            with contextlib.suppress(OSError, ValueError, OverflowError):  # what only the kernel may read
                memory.seek(start)
                n += memory.read(min(end - start, 1 << 30)).count(words)
    return n


class Secret(Mail):
    def test_nothing_of_the_password_stays_in_memory(self):
        """Neither in our hands nor in the mail library's, as it is or as it is said to the server."""
        password = "".join(random.choices(string.ascii_letters, k=300))  # whose end outlives what free() writes over it
        (self.home / "password").write_text(password + "\n")
        self.signed_in("secret", "set", "mail", "--secret-file", "password")
        words = [password.encode()[-100:], base64.b64encode(f"\0accolade\0{password}".encode())[-100:]]
        with self.server(Post(password=password, stalls=RECIPIENT), user="accolade", timeout=300) as post:
            desk = subprocess.Popen([BUILD / "tests/test-postman", self.home / "store", self.home / "passphrase", BANKER,
                                     "hold", self.number], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self.assertTrue(post.reached.wait(60))
            self.assertGreater(count_in_memory(desk.pid, words[0]), 0)  # the search finds what is there
            post.let_go.set()
            self.assertEqual(["handed over"] * N, [desk.stdout.readline().split("\t")[3] for _ in range(N)])
            self.assertEqual([0, 0], [count_in_memory(desk.pid, word) for word in words])
            desk.communicate(timeout=60)


class Restored(Mail):
    def test_what_a_backup_would_send_again_is_for_a_person(self):
        self.call("backup", "before.backup")
        with self.server() as first:
            self.assertEqual(["handed over"] * N, self.states())
        pepper = (self.home / "store/pepper").read_bytes()
        shutil.rmtree(self.home / "store")
        self.call("restore", "before.backup", "--store", "store")
        (self.home / "store/pepper").write_bytes(pepper)
        (self.home / "store/pepper").chmod(0o600)
        self.call("verify")
        with self.server() as second:
            for verb in ("round", "now"):
                for state, reason in self.post(verb):
                    self.assertEqual(("unsure", True), (state, "from a backup" in reason), reason)
            self.assertEqual([], second.offered)
            self.call("verify")
            self.assertEqual(["prepared"] * N, self.states("again"))
            self.assertEqual(["handed over"] * N, self.states("round"))
        self.assertEqual(first.mails, second.mails)
        self.call("verify")


def babble(server, connection):
    """A greeting without end."""
    while True:
        server.send(connection, b"220-" + b"x" * 500 + b"\r\n")


def one_line(server, connection):
    """A line without end."""
    while True:
        server.send(connection, b"x" * 4096)


def drip(server, connection):
    """Never silent for a second, and never done."""
    while True:
        server.send(connection, b"2")
        time.sleep(0.5)


def noise(server, connection):
    server.send(connection, bytes(range(256)) * 16 + b"\r\n")
    connection.recv(1 << 16)
    server.send(connection, b"999 \0\0\r\n250\r\n")


def forged(server, connection):
    """Lines that end no answer, since no space follows their codes: that the message is wanted, and taken."""
    server.send(connection, b"354:wanted\r\n250:taken\r\n")


def early(server, connection):
    """Takes the message before it was sent."""
    for answer in (b"220 hello\r\n", b"250 hello\r\n", b"250 ok\r\n", b"250 ok\r\n", b"554 no\r\n"):
        server.send(connection, answer)
        connection.recv(1 << 16)


class Hostility(Mail):
    def test_a_server_that_is_none(self):
        for speak in (babble, one_line, drip, noise, early):
            with self.subTest(speak.__name__), Hostile(speak) as server:
                self.configure(server.port, security="none", timeout=1)
                before = time.monotonic()
                states = set(self.states())
                self.assertTrue(states <= {"waiting", "refused"}, states)
                self.assertLess(server.sent, 64 << 20)
                self.assertLess(time.monotonic() - before, 100)  # it ended by itself
                if states == {"refused"}:
                    self.states("again")
        self.call("verify")

    def test_answers_that_somebody_else_forges(self):
        """Whoever is in between may say anything before the connection is secured."""
        for security in ("starttls", "none"):
            with self.subTest(security), Hostile(forged) as server:
                self.configure(server.port, security=security)
                self.assertEqual(["waiting"] * N, self.states())


if __name__ == "__main__":
    tap.main()
