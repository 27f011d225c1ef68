#!/usr/bin/python3
"""accolade doctor: each finding is provoked for real in a branch, and judged by the JSON and the exit status."""
import json
import os
import pathlib
import resource
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

import tap
import wall_clock
from test_command import BUILD, DONE, LETTERS, REFUSED, STAFF, STORE, TOP, USAGE, Branch

NOBODY = 65534
MEMORY = pathlib.Path("/dev/shm")
ACCOLADE = BUILD / "app/cli/accolade"


class Healthy(Branch):
    """A branch that lacks nothing but a backup: two bankers, both in the directory."""

    @classmethod
    def fill_model(cls):
        super().fill_model()
        (cls.model / "second").write_text("another long passphrase\n")
        sign_in = ("--passphrase-file", "passphrase", "--banker", "Ana Held")
        cls.run_in(cls.model, "staff", "import", STAFF, *sign_in)
        for name in ("Ana Held", "Daniel Reyes"):
            found = json.loads(cls.run_in(cls.model, "staff", "find", name, "--json", *sign_in).stdout)[0]["id"]
            if name == "Ana Held":
                cls.run_in(cls.model, "banker", "link", name, found, *sign_in)
            else:
                cls.run_in(cls.model, "banker", "add", name, "--new-passphrase-file", "second", "--staff-id", found, *sign_in)

    def setUp(self):
        super().setUp()
        self.store = self.home / "store"

    def run_doctor(self, *arguments, before=(), **options):
        """The doctor's status, findings and standard error; @before is a command that runs it."""
        command = [*before, ACCOLADE, "doctor", "--json", "--store", self.store, *arguments]
        done = subprocess.run([str(word) for word in command], cwd=self.home, text=True, capture_output=True, timeout=60,
                              **options)
        self.assertNotIn("CRITICAL", done.stderr)
        self.assertIn(done.returncode, (DONE, REFUSED, STORE), done.stderr)
        told = [line for line in done.stderr.splitlines() if not line.startswith("Fontconfig ")]  # a user without a cache
        self.assertEqual(0 if done.returncode == DONE else 1, len(told), done.stderr)
        return done.returncode, json.loads(done.stdout), done.stderr

    def expect(self, check, state, *words, status=None, **options):
        """The doctor finds @words under @check with @state, and says what to do about it."""
        ended, findings, _ = self.run_doctor(**options)
        found = [finding for finding in findings if finding["check"] == check and finding["state"] == state
                 and all(word in finding["sentence"] for word in words)]
        self.assertTrue(found, (check, state, words, findings))
        self.assertTrue(state == "ok" or found[0]["remedy"], "what to do")
        self.assertEqual({"ok": DONE, "look": DONE, "act": REFUSED}[state] if status is None else status, ended)
        return found[0]

    def expect_silence(self, check):
        _, findings, _ = self.run_doctor()
        self.assertEqual({"ok"}, {finding["state"] for finding in findings if finding["check"] == check})

    def sql(self, store, *statements):
        connection = sqlite3.connect(self.store / store)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()

    def name_handover(self, above):
        """A folder below @above, as the README makes it, that the configuration names for prepared letters."""
        folder = pathlib.Path(tempfile.mkdtemp(prefix="accolade-handover-", dir=above))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o2770)
        (self.store / "accolade.conf").write_text(f"[branch]\nname=Market Street\n[kiosk]\nhandover={folder}\n")
        return folder

    def interrupt(self, store):
        """As if a writer had died: a journal without a page in it, which SQLite would play back."""
        (self.store / f"{store}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))

    def namespace(self, script):
        """A command in front of the doctor: its mounts are seen by the doctor alone."""
        if os.geteuid() or subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode:
            self.skipTest("needs root and mount namespaces")
        return ["unshare", "-m", "sh", "-ec", script + '\nexec "$@"', "sh"]

    def hiding(self, fonts):
        """… without the fonts below a folder. What it finds there instead must not come into the machine's own cache: every
        other program would look through all fonts anew."""
        return self.namespace(f"mount -t tmpfs tmpfs {fonts}\nmount -t tmpfs tmpfs /var/cache/fontconfig")


class Whole(Healthy):
    def test_a_healthy_branch_needs_nobody(self):
        status, findings, _ = self.run_doctor()
        self.assertEqual(DONE, status, findings)
        of_the_machine = {"backup", "swap", "core-dumps", "locked-memory", "ballast", "space"}
        self.assertEqual(set(), {f["check"] for f in findings if f["state"] != "ok"} - of_the_machine)
        for finding in findings:
            self.assertEqual({"check", "state", "sentence", "remedy"}, set(finding))
            self.assertTrue(finding["sentence"].endswith("."), finding)
            self.assertEqual(finding["state"] == "ok", finding["remedy"] == "", finding)

    def test_it_changes_nothing(self):
        def look():
            return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in sorted(self.store.iterdir())}
        self.submit()
        self.interrupt("inbox.db")
        self.sql("desk.db", "PRAGMA user_version = 1")
        before = look()
        self.run_doctor()
        self.assertEqual(before, look())

    def test_people_read_it_on_80_columns(self):
        (self.store / "pepper").unlink()
        done = self.run_in(self.home, "doctor")
        self.assertEqual(REFUSED, done.returncode)
        marks = {line.split(" ")[0] for line in done.stdout.splitlines() if line and not line.startswith(" ")}
        self.assertEqual({"ok", "look", "ACT"}, marks)
        for line in done.stdout.splitlines():
            if "/" not in line:  # a path is not broken
                self.assertLessEqual(len(line), 80, line)
        self.assertIn("ACT", done.stderr)

    def test_a_store_that_is_not_there_is_told_once_beside_the_machine(self):
        self.store = self.home / "elsewhere"
        status, findings, _ = self.run_doctor()
        self.assertEqual(REFUSED, status)
        self.assertEqual(["folder"], [finding["check"] for finding in findings if finding["state"] == "act"])
        self.assertLessEqual({"versions", "space", "fonts", "pdf"}, {finding["check"] for finding in findings})

    def test_what_is_no_argument_of_it_is_wrong_usage(self):
        self.call("doctor", "now", status=USAGE)
        self.call("doctor", "--store", "", status=USAGE)

    def test_a_folder_whose_name_no_terminal_should_obey_is_shown_harmlessly(self):
        named = self.home / "a\nb\033[31m"
        self.store.rename(named)
        done = subprocess.run([ACCOLADE, "doctor", "--store", named], text=True, capture_output=True, timeout=60)
        self.assertEqual(DONE, done.returncode, done.stderr)
        self.assertNotIn("\033", done.stdout + done.stderr)

    def test_a_full_standard_output_does_not_hide_the_status(self):
        (self.store / "pepper").unlink()
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([ACCOLADE, "doctor", "--store", self.store], stdout=full, stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(REFUSED, done.returncode)


class Stores(Healthy):
    def test_a_store_that_cannot_be_used_ends_with_3_after_all_other_checks(self):
        desk = self.store / "desk.db"
        sound = desk.read_bytes()
        newer, foreign = bytearray(sound), bytearray(sound)
        newer[60:64] = (99).to_bytes(4, "big")
        foreign[68:72] = b"ABCD"
        for what, content in (("newer", newer), ("foreign", foreign), ("empty", b""), ("cut", sound[:8192])):
            with self.subTest(what):
                desk.write_bytes(content)
                status, findings, message = self.run_doctor()
                self.assertEqual(STORE, status)
                self.assertIn("desk.db", message)
                self.assertIn("desk", {f["check"] for f in findings if f["state"] == "act"})
                self.assertIn("outbox", {f["check"] for f in findings})

    def test_damage_inside_is_found_by_sqlites_own_word(self):
        content = bytearray((self.store / "desk.db").read_bytes())
        content[4096 * 3:4096 * 3 + 64] = bytes(64)
        (self.store / "desk.db").write_bytes(content)
        self.expect("desk", "act", "desk.db", status=STORE)

    def test_a_missing_inbox_is_told(self):
        (self.store / "inbox.db").unlink()
        self.expect("inbox", "act", "no such file")

    def test_an_older_schema_and_an_interrupted_change_are_left_to_whoever_may_write(self):
        self.sql("desk.db", "PRAGMA user_version = 1")
        self.expect("desk", "act", "older Accolade")
        self.interrupt("inbox.db")
        self.expect("inbox", "look", "interrupted change", status=REFUSED)

    def test_a_wrong_configuration_is_named_with_its_line(self):
        (self.store / "accolade.conf").write_text("[branch]\nname=Market Street\npaper=a7\n")
        self.expect("configuration", "act", "line 3")

    def test_what_others_could_read_or_change_needs_a_person(self):
        for name, mode in (("desk.db", 0o644), ("desk.db", 0o660), ("pepper", 0o604), ("inbox.db", 0o606), (".", 0o775),
                           ("branch.pub", 0o666), ("accolade.conf", 0o646)):
            with self.subTest(f"{name} {mode:o}"):
                path = self.store / name
                kept = path.stat().st_mode & 0o7777
                path.chmod(mode)
                finding = self.expect("rights", "act", f"{mode:04o}")
                subprocess.run(finding["remedy"].replace("“", '"').replace("”", '"'), shell=True, check=True)
                self.expect_silence("rights")
                path.chmod(kept)

    @unittest.skipIf(os.geteuid(), "needs root")
    def test_a_file_of_another_user_cannot_be_used_by_the_desk(self):
        for name in ("desk.db", "pepper"):
            with self.subTest(name):
                os.chown(self.store / name, NOBODY, NOBODY)
                self.expect("rights", "act", name, "nobody")
                os.chown(self.store / name, 0, 0)

    @unittest.skipIf(os.geteuid(), "needs root")
    def test_what_this_user_may_not_read_is_a_finding(self):
        self.home.chmod(0o755)
        self.store.chmod(0o755)
        before = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        status, findings, _ = self.run_doctor(before=before)
        self.assertEqual({"inbox", "desk"}, {f["check"] for f in findings if "cannot be read" in f["sentence"]})
        self.assertEqual(REFUSED, status)  # the outbox cannot be made by this user
        self.store.chmod(0o700)
        self.expect("folder", "act", before=before)

    def test_the_age_of_the_last_backup(self):
        self.expect("backup", "look", "No backup")
        self.call("backup", "branch.tar")
        self.expect_silence("backup")
        self.expect("backup", "look", "9 days", before=wall_clock.at("+9d"))

    def test_a_store_older_than_what_is_known_of_it_needs_a_person(self):
        older = (self.store / "desk.db").read_bytes()
        self.signed_in("banker", "link", "Ana Held", self.staff_id("Ana Held"), "--banker", "Ana Held")
        self.call("backup", "branch.tar")
        (self.store / "desk.db").write_bytes(older)
        self.expect("backup", "act", "older than it once was")

    def staff_id(self, name):
        return json.loads(self.signed_in("staff", "find", name, "--json", "--banker", "Ana Held"))[0]["id"]


@unittest.skipIf(os.geteuid(), "needs root")
class Installation(Healthy):
    """Kiosk and desk as two users, as the README sets them up: what the kiosk's user could do, and what doctor says."""

    DESK, KIOSK = 64001, 64002

    def setUp(self):
        super().setUp()
        os.chown(self.home, self.DESK, self.DESK)
        self.home.chmod(0o755)
        for folder, user, mode in (("inbox", self.KIOSK, 0o2770), ("kiosk", 0, 0o755)):
            (self.home / folder).mkdir()
            os.chown(self.home / folder, user, user)
            (self.home / folder).chmod(mode)
        inbox = (self.store / "inbox.db").rename(self.home / "inbox/inbox.db")
        inbox.chmod(0o660)
        for path, user in ((self.store, self.DESK), (inbox, self.KIOSK), *((path, self.DESK) for path in self.store.iterdir())):
            os.chown(path, user, user)
        for folder in (self.store, self.home / "kiosk"):
            (folder / "inbox.db").symlink_to("../inbox/inbox.db")
        for name in ("branch.pub", "accolade.conf"):
            shutil.copy(self.store / name, self.home / "kiosk")
        os.chown(self.home / "passphrase", self.DESK, self.DESK)
        if self.as_user(self.KIOSK, ACCOLADE, "--version").returncode:
            self.skipTest("other users may not run this build")

    def as_user(self, user, *command):
        words = ["setpriv", f"--reuid={user}", f"--regid={user}", f"--groups={self.KIOSK}", *command]
        return subprocess.run([str(word) for word in words], cwd=self.home, text=True, capture_output=True, timeout=60)

    def done(self, user, *command):
        done = self.as_user(user, *command)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout

    def test_the_kiosk_sends_and_the_desk_takes_in(self):
        letter = LETTERS / "two-sentences.json"
        number = self.done(self.KIOSK, ACCOLADE, "submit", letter, "--store", "kiosk").strip()
        self.done(self.DESK, BUILD / "tests/test-banker", "store", "passphrase", "Ana Held", "take-in")
        self.assertIn(number, self.done(self.DESK, ACCOLADE, "list", "--store", "store"))
        self.assertNotIn(number, self.done(self.DESK, "sqlite3", "inbox/inbox.db", "SELECT number FROM letter"))
        self.done(self.KIOSK, ACCOLADE, "submit", letter, "--store", "kiosk")
        self.done(self.DESK, ACCOLADE, "verify", "--store", "store")

    def test_the_kiosks_user_reads_and_changes_nothing_of_the_desks(self):
        before = {path.name: path.read_bytes() for path in self.store.iterdir()}
        for script in ("cat store/pepper", "cat store/desk.db", "touch store/desk.db-journal",
                       "rm -rf store", "touch kiosk/branch.pub", "mv kiosk/branch.pub inbox/", "rm kiosk/inbox.db"):
            with self.subTest(script):
                self.assertNotEqual(0, self.as_user(self.KIOSK, "sh", "-c", script).returncode)
        self.assertEqual(before, {path.name: path.read_bytes() for path in self.store.iterdir()})
        self.done(self.DESK, ACCOLADE, "verify", "--store", "store")

    def test_doctor_finds_both_folders_well_and_tells_when_they_are_not(self):
        self.expect("rights", "ok", "Nobody else")
        self.store = self.home / "kiosk"
        as_kiosk = ["setpriv", f"--reuid={self.KIOSK}", f"--regid={self.KIOSK}", "--clear-groups"]
        self.expect("folder", "ok", "a kiosk's", before=as_kiosk)
        os.chown(self.home / "kiosk", self.KIOSK, self.KIOSK)
        self.expect("rights", "act", "another key")

    def test_a_prepared_letter_needs_a_folder_of_the_desks_that_lets_the_kiosk_in(self):
        self.expect("handover", "look", "no folder is named")
        folder = self.name_handover(MEMORY)
        read_only = self.namespace(f"mount -t tmpfs -o ro,mode=2770,uid={self.DESK},gid={self.KIOSK} tmpfs {folder}")
        for user, group, mode, state, words, before in (
                (self.DESK, self.KIOSK, 0o2770, "ok", "hand a prepared letter over", []),
                (self.KIOSK, self.KIOSK, 0o2770, "act", "not the desk's user", []),
                (self.DESK, self.DESK, 0o2770, "look", f"the group {self.DESK}, but the inbox to {self.KIOSK}", []),
                (self.DESK, self.KIOSK, 0o2775, "act", "has the mode 2775", []),
                (self.DESK, self.KIOSK, 0o0770, "act", "has the mode 0770", []),
                (self.DESK, self.KIOSK, 0o2770, "act", "Read-only file system", read_only)):
            with self.subTest(words):
                os.chown(folder, user, group)
                folder.chmod(mode)
                self.expect("handover", state, str(folder), words, before=before)
        folder.rmdir()
        self.expect("handover", "act", str(folder), "No such file")
        os.chown(self.name_handover("/var/tmp"), self.DESK, self.KIOSK)
        self.expect("handover", "act", "on a disk")

    def test_the_kiosks_folder_tells_of_prepared_letters_too(self):
        self.store = self.home / "kiosk"
        self.expect("handover", "look", "no folder is named")
        folder = self.name_handover(MEMORY)
        os.chown(folder, self.DESK, self.KIOSK)
        self.expect("handover", "ok", str(folder))
        stranger = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        self.expect("handover", "look", "cannot be seen", before=stranger)
        os.chown(folder, self.KIOSK, self.KIOSK)
        self.expect("handover", "act", "not the desk's user")


class Keys(Healthy):
    def test_a_lost_or_damaged_pepper_is_told_with_what_it_means(self):
        pepper = self.store / "pepper"
        pepper.write_bytes(b"short")
        self.expect("pepper", "act", "5 bytes")
        pepper.unlink()
        finding = self.expect("pepper", "act", "no passphrase opens anything")
        self.assertIn("key recover", finding["remedy"])

    def test_a_missing_damaged_or_swapped_branch_key_is_told(self):
        path = self.store / "branch.pub"
        kept = path.read_text()
        path.write_text("nonsense\n")
        self.expect("branch-key", "act", "not a branch's key")
        path.unlink()
        self.expect("branch-key", "act", "missing")
        self.call("setup", "--store", "other", "--branch", "O", "--banker", "O", "--passphrase-file", "passphrase",
                  "--recovery-file", "other-recovery")
        shutil.copy(self.home / "other/branch.pub", path)
        self.expect("branch-key", "act", "the branch's newest is")
        path.write_text(kept)
        self.expect_silence("branch-key")

    def test_a_key_that_the_inbox_does_not_accept_is_told(self):
        self.sql("inbox.db", "DELETE FROM accepted_key", "INSERT INTO accepted_key VALUES ('0123456789abcdef', '2026-01-01')")
        self.expect("branch-key", "act", "the inbox does not accept")

    def test_an_unfinished_rotation_and_who_lacks_the_new_key_are_told(self):
        self.submit()
        self.signed_in("key", "rotate", "--banker", "Ana Held")
        self.expect("rotation", "look", "Daniel Reyes")
        self.call("staff", "find", "x", "--passphrase-file", "second", "--banker", "Daniel Reyes")
        newest = "(SELECT id FROM branch_key ORDER BY sequence DESC LIMIT 1)"
        self.sql("desk.db", f"UPDATE letter_key SET branch_key = (SELECT id FROM branch_key WHERE id <> {newest})")
        self.expect("rotation", "look", "sealed to an older key of the branch: 1.")
        self.sql("desk.db", f"UPDATE letter_key SET branch_key = {newest}")
        self.expect("rotation", "ok", "Every letter and every banker")
        self.sql("desk.db", "DELETE FROM journal WHERE kind = 'key rotation finished'")
        self.expect("rotation", "act", "interrupted")

    def test_a_branch_without_a_second_banker_or_with_nobody_in_the_directory(self):
        self.sql("desk.db", "UPDATE banker SET staff_id = NULL")
        self.expect("bankers", "look", "Ana Held, Daniel Reyes")
        self.sql("desk.db", "UPDATE banker SET disabled_at = '2026-01-01' WHERE name = 'Daniel Reyes'")
        self.expect("bankers", "look", "Fewer than two")
        self.sql("desk.db", "UPDATE banker SET manager = 0")
        self.expect("bankers", "act", "No manager")

    def test_a_missing_directory_stops_routing_and_an_old_one_is_told(self):
        self.expect("directory", "look", "40 days", before=wall_clock.at("+40d"))
        (self.store / "accolade.conf").write_text("[directory]\nsource=ldap\nrefresh=50\n")
        self.expect("directory", "act", "address= is empty")
        server = "[directory]\nsource=ldap\nrefresh=50\naddress=ldap://ldap.bank.example\n"
        (self.store / "accolade.conf").write_text(server)
        self.expect("directory", "act", "base= is empty")
        (self.store / "accolade.conf").write_text(f"{server}base=dc=bank,dc=example\n")
        self.expect("directory", "ok", "40 days", before=wall_clock.at("+40d"))
        told = self.expect("directory", "look", "60 days", before=wall_clock.at("+60d"))
        self.assertIn("staff import ldap", told["remedy"])
        self.sql("desk.db", "DELETE FROM directory")
        self.expect("directory", "act", "no staff directory")


class Letters(Healthy):
    def bank(self, verb, *numbers, banker="Ana Held", passphrase="passphrase"):
        subprocess.run([BUILD / "tests/test-banker", self.store, self.home / passphrase, banker, verb, *numbers], check=True,
                       capture_output=True)

    def test_a_letter_that_nobody_takes_in_or_decides_about_for_a_week(self):
        self.submit()
        self.expect("letters", "ok", "in the inbox", "1, the oldest for 0 days")
        self.expect("letters", "act", "in the inbox", "8 days", before=wall_clock.at("+8d"))
        self.bank("take-in")
        self.expect("letters", "ok", "No letter waits in the inbox")
        self.expect("letters", "act", "for a decision", "8 days", before=wall_clock.at("+8d"))

    def test_held_letters_are_told(self):
        self.submit()
        self.bank("take-in")
        self.sql("desk.db", "UPDATE letter SET state = 'held'")
        self.expect("letters", "look", "held: 1")

    def test_deliveries_that_wait_were_refused_or_are_unsure(self):
        number = self.submit()
        self.bank("take-in")
        for verb in ("claim", "approve", "route"):
            self.bank(verb, number)
        self.expect("deliveries", "ok", "No delivery")
        self.assertRegex(self.expect("outbox", "ok", "packages")["sentence"], r"holds [1-9]")
        for state, finding, words in (("waiting", "look", "tried again"), ("refused", "act", "refused"),
                                      ("unsure", "act", "may or may not")):
            self.sql("desk.db", f"UPDATE delivery SET state = '{state}' WHERE position = 1")
            self.expect("deliveries", finding, words, ": 1.")

    def test_an_outbox_that_cannot_be_used(self):
        outbox = self.home / "store-outbox"
        outbox.write_text("no folder")
        self.expect("outbox", "act", "not a folder")
        outbox.unlink()
        outbox.mkdir(mode=0o777)
        outbox.chmod(0o777)
        self.expect("rights", "act", "store-outbox")

    def test_where_one_user_prepares_letters_and_writes_them(self):
        self.expect("handover", "ok", "session's own folder")
        self.expect("handover", "ok", str(self.name_handover(MEMORY)))

    def test_letters_whose_time_is_over(self):
        self.submit()
        self.bank("take-in")
        self.expect("retention", "ok", "90 days")
        self.expect("retention", "act", ": 1.", before=wall_clock.at("+731d"))
        self.sql("desk.db", "UPDATE letter SET state = 'held'")
        _, findings, _ = self.run_doctor(before=wall_clock.at("+731d"))
        self.assertEqual(["ok", "look"], [f["state"] for f in findings if f["check"] == "retention"])


class Answers(Healthy):
    def name_maildir(self, *folders):
        maildir = self.home / "answers"
        (self.store / "accolade.conf").write_text(f"[branch]\nname=Market Street\n[mail]\nreplies={maildir}\n")
        for folder in folders:
            (maildir / folder).mkdir(parents=True)
        return maildir

    def test_where_answers_arrive_is_looked_at_if_it_is_named(self):
        _, findings, _ = self.run_doctor()
        self.assertFalse([finding for finding in findings if "Answers" in finding["sentence"]])
        maildir = self.name_maildir("new", "cur", "tmp")
        self.expect("mail", "ok", "Answers by mail are read", str(maildir))

    def test_what_is_no_maildir_is_told(self):
        maildir = self.name_maildir()
        self.assertIn("replies=", self.expect("mail", "act", "not there", str(maildir))["remedy"])
        (maildir / "new").mkdir(parents=True)
        self.expect("mail", "act", "no folder “cur”")
        (maildir / "cur").write_text("a file")
        self.expect("mail", "act", "no folder “cur”")

    @unittest.skipIf(os.geteuid(), "needs root")
    def test_one_that_this_user_may_not_read_is_told(self):
        maildir = self.name_maildir("new", "cur")
        maildir.chmod(0o700)
        self.home.chmod(0o755)
        self.store.chmod(0o755)
        before = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        _, findings, _ = self.run_doctor(before=before)
        told = [finding for finding in findings if finding["check"] == "mail" and str(maildir) in finding["sentence"]]
        self.assertEqual(["look"], [finding["state"] for finding in told])
        self.assertIn("desk’s user", told[0]["remedy"])


class Machine(Healthy):
    def test_a_disk_with_hardly_any_room_or_no_names_left_needs_a_person(self):
        (self.store / "ballast").unlink()  # the small disk has no room for it
        for options in ("size=8m", "nr_inodes=40"):
            with self.subTest(options):
                before = self.namespace(f"mkdir small; mount -t tmpfs -o {options} tmpfs small; cp -a store small/")
                self.store = self.home / "small/store"
                self.expect("space", "act", "small/store", before=before)
                shutil.rmtree(self.home / "small")
                self.store = self.home / "store"

    def test_swap_that_is_not_encrypted_is_told_and_memory_is_not(self):
        (self.home / "swaps").write_text("Filename\tType\tSize\tUsed\tPriority\n"
                                         "/dev/zram0 partition 100 0 100\n/tmp/a\\040file file 100 0 -2\n")
        before = self.namespace("mount --bind swaps /proc/swaps")
        finding = self.expect("swap", "look", "/tmp/a file", before=before)
        self.assertNotIn("zram", json.dumps(finding))
        (self.home / "swaps").write_text("Filename\tType\tSize\tUsed\tPriority\n/dev/zram0 partition 100 0 100\n")
        self.expect("swap", "ok", "Nothing is swapped", before=before)

    def test_swap_on_an_encrypted_device_or_on_a_volume_above_one_is_fine(self):
        device = os.stat(self.home).st_dev
        number = f"{os.major(device)}:{os.minor(device)}"
        (self.home / "swapfile").write_text("")
        (self.home / "swaps").write_text(f"Filename\tType\tSize\tUsed\tPriority\n{self.home}/swapfile file 100 0 -2\n")
        for uuid in ("dm/uuid", "slaves/dm-9/dm/uuid"):
            for content, state in (("CRYPT-LUKS2-1-swap\n", "ok"), ("LVM-1\n", "look")):
                with self.subTest(f"{uuid} {content}"):
                    path = self.home / "sys" / number / uuid
                    path.parent.mkdir(parents=True)
                    path.write_text(content)
                    before = self.namespace("mount --bind swaps /proc/swaps; mount --bind sys /sys/dev/block")
                    self.expect("swap", state, before=before)
                    shutil.rmtree(self.home / "sys")

    def test_core_dumps_and_a_small_limit_of_locked_memory_are_told(self):
        def limit(core):
            resource.setrlimit(resource.RLIMIT_CORE, (core, core))
            resource.setrlimit(resource.RLIMIT_MEMLOCK, (64 * 1024, 64 * 1024))
        (self.home / "pattern").write_text("core\n")
        before = self.namespace("mount --bind pattern /proc/sys/kernel/core_pattern")
        self.expect("core-dumps", "ok", before=before, preexec_fn=lambda: limit(0))
        self.expect("core-dumps", "look", "(core)", before=before, preexec_fn=lambda: limit(4096))
        self.expect("locked-memory", "look", "64 kB", preexec_fn=lambda: limit(0))
        (self.home / "pattern").write_text("|/usr/lib/keeper %P\n")
        self.expect("core-dumps", "look", "keeper", before=before, preexec_fn=lambda: limit(0))

    def test_a_clock_behind_the_journals_or_before_accolade_needs_a_person(self):
        self.expect("clock", "act", "minutes ahead", before=wall_clock.at("-2d"))
        self.expect("clock", "act", "2019", before=wall_clock.at("@2019-02-03 04:05:06"))
        self.expect("time-zone", "look", "Mars/Olympus", env={**os.environ, "TZ": "Mars/Olympus"})

    def test_missing_fonts_are_named_with_their_package(self):
        fonts = pathlib.Path("/usr/share/fonts")
        for hidden, state, script, package in ((fonts / "truetype/noto", "look", "Thai", "fonts-noto-core"),
                                               (fonts / "opentype/dancingscript", "look", "handwriting", "fonts-dancingscript")):
            if not hidden.exists():
                self.skipTest(f"{hidden} is not here")
            before = self.hiding(hidden)
            _, findings, _ = self.run_doctor(before=before)
            found = [f for f in findings if f["check"] == "fonts" and script in f["sentence"]]
            self.assertEqual([state], [f["state"] for f in found], findings)
            self.assertIn(package, found[0]["remedy"])

    def test_without_any_font_no_letter_can_be_made(self):
        before = self.hiding("/usr/share/fonts")
        _, findings, _ = self.run_doctor(before=before)
        self.assertLessEqual({"fonts", "pdf"}, {f["check"] for f in findings if f["state"] == "act"})

    def test_a_letterhead_that_cannot_be_used_is_told(self):
        (self.store / "accolade.conf").write_text("[branch]\nname=Market Street\nletterhead=nowhere\n")
        self.expect("letterhead", "act", "nowhere")

    def test_a_language_that_the_kiosk_cannot_offer_is_told(self):
        for tags, missing in (("xx;es", "xx"), ("es; uk", "uk")):  # nowhere; letters may be in it, the windows may not
            (self.store / "accolade.conf").write_text(f"[branch]\nname=Market Street\n[kiosk]\nlanguages={tags}\n")
            self.expect("languages", "act", f"“{missing}”")
        (self.store / "accolade.conf").write_text("[branch]\nname=Market Street\n[kiosk]\nlanguages=es;en-GB;\n")
        self.expect("languages", "ok", "2 languages")

    def test_a_language_without_keys_is_told(self):
        before = self.namespace(f"mount --bind /dev/null {TOP}/resources/keyboards/pl.conf")
        self.expect("languages", "look", "pl.conf", "Polski", before=before)

    def test_accolade_pdf_that_does_not_start_is_told(self):
        program = BUILD / "app/paper/accolade-pdf"
        self.expect("pdf", "act", "accolade-pdf", before=self.namespace(f"mount --bind /bin/false {program}"))
        self.expect("pdf", "ok", "read a trial page back")


if __name__ == "__main__":
    tap.main()
