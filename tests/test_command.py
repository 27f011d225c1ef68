#!/usr/bin/python3
"""The accolade command as scripts use it: its words, its JSON, its exit statuses. Real stores, real files."""
import collections
import contextlib
import hashlib
import json
import os
import pathlib
import resource
import shutil
import sqlite3
import subprocess
import tempfile
import unicodedata
import unittest
import uuid

import tap

TOP = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("ACCOLADE_BUILD", TOP / "build"))
LETTERS = TOP / "tests/fixtures/letters"
STAFF = TOP / "resources/demo/staff.csv"
DONE, REFUSED, USAGE, STORE = 0, 1, 2, 3


class Branch(unittest.TestCase):
    """A branch of its own for each test, copied from a model. Setting up costs key derivations: a model is filled once for the
    class that says how, and serves all that are derived from it."""

    @classmethod
    def setUpClass(cls):
        owner = next(one for one in cls.__mro__ if "fill_model" in vars(one))
        if "is_filled" not in vars(owner):
            owner.model = cls.folder_for_all("accolade-")
            owner.fill_model()
            owner.is_filled = True

    @staticmethod
    def folder_for_all(prefix):
        """A new folder that goes when all tests have run."""
        folder = pathlib.Path(tempfile.mkdtemp(prefix=prefix))
        unittest.addModuleCleanup(shutil.rmtree, folder)
        return folder

    @classmethod
    def fill_model(cls):
        (cls.model / "passphrase").write_text("correct horse battery\n")
        (cls.model / "wrong").write_text("incorrect horse battery\n")
        cls.run_in(cls.model, "setup", "--branch", "Market Street branch", "--banker", "Ana Held",
                   "--passphrase-file", "passphrase", "--recovery-file", "recovery")

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="accolade-"))
        self.addCleanup(shutil.rmtree, self.home)
        shutil.copytree(self.model, self.home, dirs_exist_ok=True)

    @staticmethod
    def run_in(folder, *arguments):
        return subprocess.run([BUILD / "app/cli/accolade", *arguments], cwd=folder, text=True, capture_output=True,
                              env={**os.environ, "ACCOLADE_STORE": str(folder / "store")}, timeout=60)

    def call(self, *arguments, status=DONE):
        done = self.run_in(self.home, *map(str, arguments))
        self.assertEqual(status, done.returncode, f"{arguments}: {done.stdout}{done.stderr}")
        if status != DONE:
            self.assertEqual(1, done.stderr.count("\n"), "one line on standard error")
            self.assertNotIn("CRITICAL", done.stderr)
        return done.stdout if status == DONE else done.stderr

    def signed_in(self, *arguments, status=DONE):
        return self.call(*arguments, "--passphrase-file", "passphrase", status=status)

    def submit(self, letter="two-sentences.json", *arguments):
        return self.call("submit", LETTERS / letter, *arguments).strip()

    def letter(self, **changes):
        """A fixture letter with changes, as a file."""
        value = {**json.loads((LETTERS / "two-sentences.json").read_text()), **changes}
        path = self.home / "letter.json"
        path.write_text(json.dumps(value))
        return path


class Slips(Branch):
    """What a client asks for with the code of a slip; test-client is the client."""

    def client(self, code, *asking):
        done = subprocess.run([BUILD / "tests/test-client", self.home / "store", code, *asking], text=True,
                              capture_output=True, timeout=60)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout.rstrip("\n").split("\t")

    def taken_in(self, asking):
        """A letter at the desk, whose client asks for something: its number and code."""
        number, code = self.submit("two-sentences.json", "--slip").split()
        self.signed_in("show", number)
        subprocess.run([BUILD / "tests/test-banker", self.home / "store", self.home / "passphrase", "Ana Held", "take-in"],
                       check=True, timeout=60)
        self.assertEqual([number, "taken in", asking, "-"], self.client(code, asking))
        return number, code

    def test_submit_prints_the_code_only_when_it_is_asked_for(self):
        self.assertEqual(1, len(self.submit().split()))
        number, code = self.submit("two-sentences.json", "--slip").split()
        self.assertRegex(code, r"^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$")
        self.assertEqual([number, "waiting", "-", "-"], self.client(code.lower()))
        self.assertNotIn(code, self.call("list", "--json"))

    def test_a_letter_that_was_sent_gets_no_other_slip(self):
        number, _ = self.submit("two-sentences.json", "--slip").split()
        self.assertEqual(number, self.submit("two-sentences.json", "--number", number))
        refused = self.call("submit", LETTERS / "two-sentences.json", "--slip", "--number", number, status=REFUSED)
        self.assertIn("no other slip", refused)

    def test_requests_are_listed_for_people_and_for_scripts(self):
        number, _ = self.taken_in("erase")
        listed = json.loads(self.call("requests", "--json"))
        self.assertEqual([(number, "erase", "taken in")],
                         [(one["number"], one["request"], one["state"]) for one in listed])
        self.assertIn(number, self.call("requests"))

    def test_answering_done_takes_a_letter_back(self):
        number, code = self.taken_in("withdraw")
        self.signed_in("answer", number, "done")
        self.assertEqual([number, "withdrawn", "withdraw", "done"], self.client(code))
        self.assertEqual([], json.loads(self.call("requests", "--json")))
        self.call("verify")

    def test_an_erasure_is_answered_by_erasing(self):
        number, code = self.taken_in("erase")
        self.assertIn("accolade erase", self.signed_in("answer", number, "done", status=REFUSED))
        self.signed_in("erase", number, "--reason", "The client asked.")
        self.assertEqual([number, "erased", "erase", "done"], self.client(code))
        self.call("verify")

    def test_other_answers_are_told_and_given_once(self):
        number, code = self.taken_in("withdraw")
        self.assertIn("done, too-late or refused", self.signed_in("answer", number, "perhaps", status=REFUSED))
        self.signed_in("answer", number, "too-late")
        self.assertEqual([number, "taken in", "withdraw", "too late"], self.client(code))
        self.assertIn("asks for nothing", self.signed_in("answer", number, "refused", status=REFUSED))
        self.call("verify")


class Usage(Branch):
    def test_without_a_command_it_says_what_there_is(self):
        done = self.run_in(self.home)
        self.assertEqual(USAGE, done.returncode)
        for word in ("setup", "banker add", "staff import", "render", "submit", "list", "show", "verify"):
            self.assertIn(word, done.stdout)

    def test_an_unknown_command_or_option_is_wrong_usage(self):
        self.call("frobnicate", status=USAGE)
        self.call("list", "--frobnicate", status=USAGE)
        self.call("render", status=USAGE)
        self.call("render", LETTERS / "two-sentences.json", status=USAGE)
        self.call("banker", "link", "Ana Held", status=USAGE)

    def test_what_is_missing_or_too_much_is_named(self):
        for arguments, told in ((["show"], "NUMBER is missing"), (["banker", "link", "Ana Held"], "ID is missing"),
                                (["list", "extra"], "“extra” is one argument too many"),
                                (["receipt"], "list, record, pass-on, escalate, leave, replies"), (["staff", "frob"], "import, status")):
            with self.subTest(arguments):
                self.assertIn(told, self.call(*arguments, status=USAGE))
        told = self.call("key", "--help")
        self.assertIn("key recover", told)
        self.assertNotIn("banker add", told)

    def test_a_refusal_is_one_line_that_no_terminal_obeys(self):
        for arguments, status in ((["x\ny\033[31m"], USAGE), (["list", "--a\nb\033"], USAGE),
                                  (["show", "\033[31m\n\u202e", "--passphrase-file", "passphrase"], REFUSED)):
            message = self.call(*arguments, status=status)
            for character in "\033\u202e":
                self.assertNotIn(character, message)


    def test_what_cannot_be_printed_is_told(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            for arguments in (("list", "--json"), ("verify",), ("backup", "branch.backup")):
                with self.subTest(arguments[0]):
                    done = subprocess.run([BUILD / "app/cli/accolade", *arguments, "--store", "store"], cwd=self.home, stdout=full,
                                          stderr=subprocess.PIPE, text=True, timeout=60)
                    self.assertEqual((REFUSED, 1), (done.returncode, done.stderr.count("\n")))
            done = subprocess.run([BUILD / "app/cli/accolade", "key", "rotate", "--recovery-file", "-", "--store", "store",
                                   "--passphrase-file", "passphrase"], cwd=self.home, stdout=full, stderr=subprocess.PIPE,
                                  text=True, timeout=60)
            self.assertEqual(REFUSED, done.returncode)
            self.assertIn("recovery key", done.stderr)
        self.call("key", "recover", "--recovery-file", "recovery", "--new-passphrase-file", "wrong")

    def test_nothing_is_written_over_the_store_or_what_is_read(self):
        number = self.submit()
        (self.home / "bad.csv").write_text("id,name,email,department,supervisor_id\n1,Ann,ann@b.example,Cards,\n2,Bo,nowhere,Cards,1\n")
        os.rename(self.home / "store/inbox.db", self.home / "inbox.db")
        os.symlink("../inbox.db", self.home / "store/inbox.db")
        letter, store = self.letter(), self.home / "store"

        def found():  # signing in writes into the databases
            return [(path.name, path.read_bytes()[:15] if path.suffix == ".db" else hashlib.sha256(path.read_bytes()).hexdigest())
                    for path in (*sorted(store.iterdir()), letter, self.home / "passphrase", self.home / "bad.csv")]

        before = found()
        for command, paths in ((("render", letter, "-o"), ("store/desk.db", "store/new", "inbox.db", letter)),
                               (("render", letter, "-o", "out.pdf", "--png"), ("store/page",)),
                               (("show", number, "--pdf"), ("store/pepper", "store/../store/desk.db", "passphrase")),
                               (("staff", "import", "bad.csv", "--yes", "--quarantine"), ("store/desk.db", "inbox.db", "bad.csv")),
                               (("erase", number, "--reason", "It is a trial.", "--receipt"), ("store/receipt.pdf",)),
                               (("key", "rotate", "--recovery-file"), ("store/pepper", "passphrase"))):
            for path in paths:
                told = self.call(*command, path, "--store", "store", *([] if command[0] == "render" else ("--passphrase-file", "passphrase")),
                                 status=REFUSED)
                self.assertIn("elsewhere" if "store" in str(path) or "inbox" in str(path) else "Name another", told)
                self.assertEqual(before, found())

    def test_a_store_that_is_a_file_is_named(self):
        for command in ("list", "doctor", "verify", "retain", "backup copy", "restore copy", "render letter.json -o out.pdf",
                        "banker list", "requests", "kiosk exit-code --code-file passphrase"):
            message = self.call(*command.split(), "--store", "store/desk.db", status=REFUSED)
            self.assertIn("--store: store/desk.db is not a folder. Name the folder", message)


class Box(unittest.TestCase):
    def test_it_tells_of_its_walls_in_a_file_too(self):
        with tempfile.TemporaryFile(mode="w+") as told:
            ended = subprocess.run([BUILD / "app/paper/accolade-pdf", "--self-check"], stdout=told)
            told.seek(0)
            self.assertEqual((0, "no new privileges: yes"), (ended.returncode, told.readline().strip()))


class Setup(Branch):
    def test_both_stores_and_the_branch_key_are_there_and_private(self):
        store = self.home / "store"
        self.assertLessEqual({"inbox.db", "desk.db", "branch.pub", "pepper", "accolade.conf"}, set(os.listdir(store)))
        for name in ("inbox.db", "desk.db", "pepper"):
            self.assertEqual(0, (store / name).stat().st_mode & 0o077, name)
        self.assertGreater(len((self.home / "recovery").read_text().strip()), 30)

    def test_setup_never_goes_over_an_existing_store(self):
        before = {path.name: path.read_bytes() for path in (self.home / "store").iterdir()}
        self.signed_in("setup", "--branch", "Other", "--banker", "Other", status=REFUSED)
        self.assertEqual(before, {path.name: path.read_bytes() for path in (self.home / "store").iterdir()})

    def test_a_short_passphrase_is_refused_and_nothing_is_left(self):
        (self.home / "short").write_text("short\n")
        self.call("setup", "--store", "new", "--branch", "B", "--banker", "C", "--passphrase-file", "short", status=REFUSED)
        self.assertEqual([], [name for name in os.listdir(self.home) if name.startswith("new")])

    def test_the_recovery_key_is_printed_where_no_file_is_named(self):
        text = self.signed_in("setup", "--store", "new", "--branch", "B", "--banker", "C")
        self.assertIn("recovery key", text)


class PlainLocale(Branch):
    def test_names_are_utf8_where_the_locale_is_not(self):
        def call(*arguments):
            return subprocess.run([BUILD / "app/cli/accolade", *arguments, "--store", "new"], cwd=self.home, check=True,
                                  capture_output=True, env={**os.environ, "LC_ALL": "C"}).stdout.decode()

        call("setup", "--branch", "Lindenstraße", "--banker", "Małgorzata", "--passphrase-file", "passphrase")
        self.assertEqual("Małgorzata", json.loads(call("banker", "list", "--json"))[0]["name"])
        self.assertIn("Małgorzata", call("banker", "list"))

    def test_administrators_and_scripts_read_english_whatever_the_windows_speak(self):
        done = subprocess.run([BUILD / "app/cli/accolade", "setup", "--store", self.home / "store", "--branch", "B", "--banker", "A",
                               "--passphrase-file", "passphrase"], cwd=self.home, text=True, capture_output=True,
                              env={**os.environ, "LANGUAGE": "es"})
        self.assertIn("already holds a store", done.stderr)


class Bankers(Branch):
    def test_a_manager_adds_a_banker_who_can_sign_in(self):
        (self.home / "second").write_text("another long passphrase\n")
        self.signed_in("banker", "add", "Daniel Reyes", "--new-passphrase-file", "second")
        listed = json.loads(self.call("banker", "list", "--json"))
        self.assertEqual([("Ana Held", True), ("Daniel Reyes", False)], [(b["name"], b["manager"]) for b in listed])
        self.call("staff", "find", "x", "--json", "--banker", "Daniel Reyes", "--passphrase-file", "second")
        self.call("staff", "find", "x", "--json", "--banker", "Daniel Reyes", "--passphrase-file", "passphrase", status=REFUSED)

    def test_who_is_not_a_manager_adds_nobody(self):
        (self.home / "second").write_text("another long passphrase\n")
        self.signed_in("banker", "add", "Daniel Reyes", "--new-passphrase-file", "second")
        self.call("banker", "add", "Eve", "--new-passphrase-file", "second", "--banker", "Daniel Reyes",
                  "--passphrase-file", "second", status=REFUSED)

    def test_with_several_bankers_one_must_be_named(self):
        (self.home / "second").write_text("another long passphrase\n")
        self.signed_in("banker", "add", "Daniel Reyes", "--new-passphrase-file", "second")
        self.assertIn("Daniel Reyes", self.signed_in("staff", "find", "x", status=REFUSED))

    def test_a_banker_is_linked_to_somebody_whom_the_directory_knows(self):
        self.signed_in("staff", "import", STAFF)
        person = json.loads(self.signed_in("staff", "find", "Ana Held", "--json"))[0]
        self.signed_in("banker", "link", "Ana Held", person["id"])
        self.assertEqual(person["id"], json.loads(self.call("banker", "list", "--json"))[0]["staff_id"])
        self.assertIn("nobody-9", self.signed_in("banker", "link", "Ana Held", "nobody-9", status=REFUSED))

    def test_the_fifth_wrong_passphrase_has_to_wait(self):
        for _ in range(5):
            message = self.call("staff", "find", "x", "--passphrase-file", "wrong", status=REFUSED)
        self.assertRegex(self.signed_in("staff", "find", "x", status=REFUSED), r"\d+ (second|minute)")
        self.assertNotIn("correct horse", message)

    def test_of_a_wrong_passphrase_the_file_is_named(self):
        message = self.call("staff", "status", "--passphrase-file", "wrong", status=REFUSED)
        self.assertEqual("accolade: wrong: that is not the passphrase of Ana Held.\n", message)


class Staff(Branch):
    def test_the_directory_is_imported_found_and_followed_upwards(self):
        self.signed_in("staff", "import", STAFF)
        found = json.loads(self.signed_in("staff", "find", "jessica okafor", "--json"))
        self.assertEqual("Fraud Operations", found[0]["department"])
        chain = json.loads(self.signed_in("staff", "chain", "Jessica Okafor", "--json"))
        self.assertEqual("Priya Raman", chain[0]["name"])
        self.assertGreaterEqual(len(chain), 2)

    def test_only_a_manager_imports_the_directory(self):
        (self.home / "second").write_text("another long passphrase\n")
        self.signed_in("banker", "add", "Daniel Reyes", "--new-passphrase-file", "second")
        for arguments in ((), ("--dry-run",), ("--json",)):
            message = self.call("staff", "import", STAFF, *arguments, "--banker", "Daniel Reyes", "--passphrase-file", "second",
                                status=REFUSED)
            self.assertIn("Importing the directory needs a manager. Ask a branch manager.", message)
        self.assertEqual("[]", self.signed_in("staff", "find", "Okafor", "--json", "--banker", "Ana Held").strip())
        self.signed_in("staff", "import", STAFF, "--banker", "Ana Held")

    def test_nothing_is_set_aside_before_a_manager_has_signed_in(self):
        (self.home / "second").write_text("another long passphrase\n")
        self.signed_in("banker", "add", "Daniel Reyes", "--new-passphrase-file", "second")
        (self.home / "bad.csv").write_text("id,name,email,department,supervisor_id\n1,Ann,ann@b.example,Cards,\n2,Bo,nowhere,Cards,1\n")
        for who, passphrase in (("Daniel Reyes", "second"), ("Ana Held", "wrong")):
            for arguments in ((), ("--yes",), ("--dry-run",)):
                self.call("staff", "import", "bad.csv", "--quarantine", "aside.csv", *arguments, "--banker", who,
                          "--passphrase-file", passphrase, status=REFUSED)
                self.assertFalse((self.home / "aside.csv").exists())

    def test_every_bad_row_is_named_and_nothing_is_imported(self):
        (self.home / "bad.csv").write_text("id,name,email,department,supervisor_id\n1,Ann,ann@b.example,Cards,9\n1,Bo,not-an-address,Cards,\n")
        message = self.signed_in("staff", "import", "bad.csv", status=REFUSED)
        self.assertIn("line 2", message)
        self.assertIn("line 3", message)
        self.assertEqual("[]", self.signed_in("staff", "find", "Ann", "--json").strip())

    def test_bad_rows_are_set_aside_only_with_a_yes(self):
        (self.home / "bad.csv").write_text("id,name,email,department,supervisor_id\n1,Ann,ann@b.example,Cards,\n2,Bo,nowhere,Cards,1\n")
        arguments = ("staff", "import", "bad.csv", "--quarantine", "aside.csv")
        self.assertIn("1 row", self.signed_in(*arguments, status=REFUSED))
        self.assertEqual("[]", self.signed_in("staff", "find", "Ann", "--json").strip())
        self.signed_in(*arguments, "--yes")
        self.assertEqual(1, len(json.loads(self.signed_in("staff", "find", "Ann", "--json"))))
        self.assertIn("Bo", (self.home / "aside.csv").read_text())

    def test_bad_rows_never_take_the_place_of_the_file(self):
        text = "id,name,email,department,supervisor_id\n1,Ann,ann@b.example,Cards,\n2,Bo,nowhere,Cards,1\n"
        (self.home / "bad.csv").write_text(text)
        self.signed_in("staff", "import", "bad.csv", "--quarantine", "./bad.csv", "--yes", status=REFUSED)
        self.assertEqual(text, (self.home / "bad.csv").read_text())

    def test_a_file_of_a_million_or_a_long_chain_is_sifted_in_time(self):
        head = "id,name,email,department,supervisor_id\n"
        chain = "".join(f"c{i},C D,c{i}@b.example,Cards,c{i - 1}\n" for i in range(50000))
        rows = "".join(f"q{i},P,p@b.example,Cards,\n" for i in range(1000000))
        for content in (head + chain + "a,Ann,ann@b.example,Cards,\n", head + rows):
            (self.home / "many.csv").write_text(content)
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            self.signed_in("staff", "import", "many.csv", "--quarantine", "aside.csv", status=REFUSED)
            self.assertLess(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, 3)

    def test_an_import_that_takes_many_away_needs_a_yes(self):
        self.signed_in("staff", "import", STAFF)
        (self.home / "few.csv").write_text("id,name,email,department,supervisor_id\n1,Ann,ann@b.example,Cards,\n")
        self.assertIn("--yes", self.signed_in("staff", "import", "few.csv", status=REFUSED))
        self.assertEqual(1, len(json.loads(self.signed_in("staff", "find", "Jessica Okafor", "--json"))))
        self.assertIn("Nothing was imported", self.signed_in("staff", "import", "few.csv", "--dry-run"))
        shown = self.signed_in("staff", "import", "few.csv", "--dry-run")
        self.assertIn("new\t1\tAnn\tCards\n", shown)
        self.assertRegex(shown, r"left\tHV\d+\tJessica Okafor\tFraud Operations, reports to Priya Raman\n")
        self.signed_in("staff", "import", "few.csv", "--yes")
        self.assertEqual("[]", self.signed_in("staff", "find", "Jessica Okafor", "--json").strip())


    def test_the_difference_is_printed_for_scripts(self):
        head = "id,name,email,department,supervisor_id\n"
        (self.home / "one.csv").write_text(head + "1,Ann,ann@b.example,Cards,\n2,Bo,bo@b.example,Cards,1\n3,Cy,cy@b.example,Cards,1\n")
        (self.home / "two.csv").write_text(head + "1,Ann,ann@b.example,Cards,\n2,Bo,bo@b.example,Loans,4\n4,Di,di@b.example,Cards,1\n")
        first = json.loads(self.signed_in("staff", "import", "one.csv", "--json"))
        self.assertEqual((True, "csv", 3, 3), (first["imported"], first["source"], first["people"], len(first["new"])))
        refused = json.loads(self.signed_in("staff", "import", "two.csv", "--json", "--dry-run"))
        self.assertEqual((False, 1, ["Di"], ["Cy"]), (refused["imported"], refused["unchanged"], [one["name"] for one in refused["new"]],
                                                      [one["name"] for one in refused["left"]]))
        self.assertEqual([{"field": "department", "before": "Cards", "after": "Loans"},
                          {"field": "supervisor_id", "before": "Ann", "after": "Di"}], refused["changed"][0]["fields"])
        status = json.loads(self.signed_in("staff", "status", "--json"))
        self.assertEqual((3, "csv"), (status["people"], status["source"]))


class Secrets(Branch):
    def kept(self):
        """The names of the secrets that are kept, and what the journal says of them."""
        with contextlib.closing(sqlite3.connect(self.home / "store/desk.db")) as desk:
            journal = [kind for kind, in desk.execute("SELECT kind FROM journal WHERE kind LIKE 'secret%' ORDER BY sequence")]
            return [name for name, in desk.execute("SELECT name FROM secret ORDER BY name")], journal

    def type(self, text, *arguments):
        """The command with @text on standard input."""
        return subprocess.run([BUILD / "app/cli/accolade", *arguments, "--store", "store", "--passphrase-file", "passphrase"],
                              cwd=self.home, input=text, text=True, capture_output=True, timeout=60)

    def test_a_secret_comes_from_a_file_or_a_typed_line(self):
        (self.home / "secret").write_text("from a file\nwhat follows is not read\n")
        self.signed_in("secret", "set", "directory", "--secret-file", "secret")
        self.assertEqual(DONE, self.type("typed\n", "secret", "set", "mail").returncode)
        self.assertEqual((["directory", "mail"], ["secret set"] * 2), self.kept())
        self.call("verify")

    def test_an_empty_line_erases_it(self):
        for text, names in (("typed", ["mail"]), ("\n", []), ("typed\r\n", ["mail"])):
            self.assertEqual(DONE, self.type(text, "secret", "set", "mail").returncode)
            self.assertEqual(names, self.kept()[0], repr(text))
        self.call("verify")

    def test_no_line_at_all_erases_nothing(self):
        self.type("typed", "secret", "set", "mail")
        (self.home / "empty").touch()
        self.assertIn("standard input: there is no line", self.type("", "secret", "set", "mail").stderr)
        self.assertIn("empty: there is no line", self.signed_in("secret", "set", "mail", "--secret-file", "empty", status=REFUSED))
        self.assertEqual((["mail"], ["secret set"]), self.kept())

    def test_what_is_wrong_is_refused_and_never_repeated(self):
        long = "long" * 1000
        for arguments, text, status in ((("secret", "set", "mail", "word"), "", USAGE), (("secret", "set", "post"), "x", REFUSED),
                                        (("secret", "set", "mail"), long, REFUSED)):
            ended = self.type(text, *arguments)
            self.assertEqual(status, ended.returncode, ended.stderr)
            self.assertNotIn("longlong", ended.stderr)
        for path in ("nowhere", "."):
            self.assertIn(path, self.signed_in("secret", "set", "mail", "--secret-file", path, status=REFUSED))
        self.assertEqual(([], []), self.kept())

    def test_it_stays_through_rotation_recovery_and_restoring(self):
        self.type("typed", "secret", "set", "mail")
        self.signed_in("key", "rotate")
        self.call("backup", "backup.tar")
        self.call("restore", "backup.tar", "--store", "restored")
        self.call("key", "recover", "--recovery-file", "recovery", "--new-passphrase-file", "wrong")
        self.assertEqual((["mail"], ["secret set", "secret encrypted anew"]), self.kept())
        for store in ("store", "restored"):
            self.call("verify", "--store", store)


class Render(Branch):
    def test_every_fixture_letter_becomes_a_sound_pdf_without_a_store(self):
        for letter in sorted(LETTERS.glob("*.json")):
            with self.subTest(letter.name):
                out = self.home / "out.pdf"
                self.call("render", letter, "-o", out, "--store", "")
                subprocess.run(["qpdf", "--check", out], check=True, capture_output=True)

    def test_without_a_number_the_paper_says_specimen_and_with_one_the_short_number(self):
        out = self.home / "out.pdf"
        for arguments, word in (((), "specimen"), (("--number", "00000000-0000-4000-8000-000000000000"), "00000-")):
            self.call("render", LETTERS / "two-sentences.json", "-o", out, *arguments)
            text = subprocess.run(["pdftotext", out, "-"], check=True, text=True, capture_output=True).stdout
            self.assertIn(word, text.lower())

    def test_the_same_letter_gives_the_same_bytes_and_a_picture_of_each_page(self):
        for name in ("a", "b"):
            self.call("render", LETTERS / "three-pages.json", "-o", f"{name}.pdf", "--png", name)
        self.assertEqual((self.home / "a.pdf").read_bytes(), (self.home / "b.pdf").read_bytes())
        self.assertEqual(3, len(list(self.home.glob("a-*.png"))))

    def test_a_letter_that_is_wrong_is_refused_by_the_name_of_its_field(self):
        story = {"need": "", "act": "", "difference": ""}
        person = {"name": "J", "department": "Cards", "reached": "phone"}
        for changes, field in (({"story": story}, "story"), ({"to": []}, "to"), ({"to": [{**person, "shoe": 1}]}, "shoe"),
                               ({"paper": "a5"}, "paper"), ({"date": "2026-02-30"}, "date"), ({"colour": "red"}, "colour"),
                               ({"story": {**story, "act": "Card 4111 1111 1111 1111"}}, "story.act"),
                               ({"story": {**story, "act": "a\u202eb"}}, "story.act")):
            with self.subTest(field):
                self.assertIn(field, self.call("render", self.letter(**changes), "-o", "no.pdf", status=REFUSED))
                self.assertFalse((self.home / "no.pdf").exists())

    def test_arabic_words_with_lam_and_alef_are_set_and_stand_in_the_pdf(self):
        for words in ("لا", "السلام عليكم", "شكرا جزيلا وأهلا وسهلا", "إلى الأمام"):
            with self.subTest(words):
                story = {"need": "", "act": words, "difference": ""}
                self.call("render", self.letter(story=story), "-o", "out.pdf")
                text = subprocess.run(["pdftotext", "out.pdf", "-"], cwd=self.home, check=True, text=True,
                                      capture_output=True).stdout
                typed, read = (collections.Counter(c for c in unicodedata.normalize("NFKD", t) if "\u0620" <= c <= "\u064a")
                               for t in (words, text))
                self.assertEqual(typed, read)

    def test_only_a_file_is_written_over(self):
        os.mkfifo(self.home / "pipe")
        os.symlink("elsewhere", self.home / "link")
        for path in ("pipe", "link", "."):
            self.assertIn(path, self.call("render", LETTERS / "two-sentences.json", "-o", path, status=REFUSED))
        self.assertTrue((self.home / "pipe").is_fifo())
        self.assertTrue((self.home / "link").is_symlink())
        self.assertFalse((self.home / "elsewhere").exists())

    def test_what_is_no_file_is_refused_at_once(self):
        os.mkfifo(self.home / "pipe")
        os.symlink("nowhere", self.home / "dangling")
        for path in ("pipe", "dangling", "/dev/zero", ".", "missing.json"):
            self.call("render", path, "-o", "no.pdf", status=REFUSED)


class Letterheads(unittest.TestCase):
    def check(self, folder):
        return subprocess.run([BUILD / "app/cli/accolade", "letterhead", "check", folder], text=True, capture_output=True,
                              timeout=60)

    def test_those_that_ship_can_be_used(self):
        for folder in (TOP / "resources/letterheads").iterdir():
            done = self.check(folder)
            self.assertEqual((DONE, ""), (done.returncode, done.stderr))
            self.assertEqual(1, done.stdout.count("\n"), done.stdout)

    def test_each_fault_has_a_line(self):
        with tempfile.TemporaryDirectory(prefix="accolade-") as folder:
            shutil.copytree(TOP / "resources/letterheads/three-arches", folder, dirs_exist_ok=True)
            conf = pathlib.Path(folder) / "letterhead.conf"
            conf.write_text(conf.read_text().replace("ink=#241C1A", "ink=#\033[31m").replace("align=centre", "align=right")
                            .replace("left=94", "left=60").replace("right=94", "right=60"))
            (pathlib.Path(folder) / "emblem.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
            done = self.check(folder)
            self.assertEqual((REFUSED, 1), (done.returncode, done.stderr.count("\n")))
            self.assertIn(f"{folder}: the letterhead has 3 faults", done.stderr)
            named = ("[colours] ink", "[head] align", "emblem.svg", "Advice: ", "Advice: ")
            for line, name in zip(done.stdout.splitlines(), named, strict=True):
                self.assertIn(name, line)
                self.assertNotIn("\033", line)


    def test_a_fault_is_told_once(self):
        with tempfile.TemporaryDirectory(prefix="accolade-") as folder:
            shutil.copytree(TOP / "resources/letterheads/three-arches", folder, dirs_exist_ok=True)
            conf = pathlib.Path(folder) / "letterhead.conf"
            conf.write_text(conf.read_text().replace("align=centre", "align=right"))
            done = self.check(folder)
            self.assertEqual((REFUSED, 1), (done.returncode, done.stderr.count("\n")))
            self.assertEqual(1, (done.stdout + done.stderr).count("[head] align"))


class Letters(Branch):
    def test_a_submitted_letter_is_listed_shown_and_verified(self):
        number = self.submit("banker.json")
        uuid.UUID(number)
        listed = json.loads(self.call("list", "--json"))
        self.assertEqual([(number, "waiting")], [(letter["number"], letter["state"]) for letter in listed])
        shown = json.loads(self.signed_in("show", number, "--json", "--pdf", "out.pdf"))
        self.assertEqual(json.loads((LETTERS / "banker.json").read_text())["story"]["act"], shown["letter"]["story"]["act"])
        self.assertEqual(hashlib.sha256((self.home / "out.pdf").read_bytes()).hexdigest(), listed[0]["pdf_hash"])
        self.assertIn(number, self.call("verify", "out.pdf"))
        self.call("verify")

    def test_the_same_number_again_is_the_same_letter(self):
        number = str(uuid.uuid4())
        self.submit("two-sentences.json", "--number", number)
        self.submit("two-sentences.json", "--number", number)
        self.assertEqual(1, len(json.loads(self.call("list", "--json"))))

    def test_the_short_number_opens_a_letter_too(self):
        self.submit()
        short = json.loads(self.call("list", "--json"))[0]["short_number"]
        self.assertIn(short, self.signed_in("show", short))

    def test_nothing_personal_is_listed_or_lies_in_the_store(self):
        self.submit("accents.json")
        letter = json.loads((LETTERS / "accents.json").read_text())
        secrets = [letter["to"][0]["name"], letter["from"][0]["name"], max(letter["story"].values(), key=len)[:40]]
        listed = self.call("list", "--json")
        for secret in secrets:
            self.assertNotIn(secret, listed)
            for path in (self.home / "store").iterdir():
                self.assertNotIn(secret.encode(), path.read_bytes(), path.name)

    def test_a_short_number_is_read_as_people_type_it(self):
        self.submit()
        short = json.loads(self.call("list", "--json"))[0]["short_number"]
        typed = short.lower().replace("0", "o").replace("1", "l")
        for spelling in (typed, typed.replace("-", ""), f" {typed.replace('-', ' ')} "):
            self.assertIn(short, self.signed_in("show", spelling))

    def test_a_changed_pdf_is_not_known(self):
        number = self.submit()
        self.signed_in("show", number, "--pdf", "out.pdf")
        changed = bytearray((self.home / "out.pdf").read_bytes())
        changed[len(changed) // 2] ^= 1
        (self.home / "out.pdf").write_bytes(changed)
        self.assertNotIn("font", self.call("verify", "out.pdf", status=REFUSED))

    def test_a_pdf_saved_anew_still_has_the_letters_words(self):
        number = self.submit()
        self.signed_in("show", number, "--pdf", "out.pdf")
        subprocess.run(["qpdf", "--linearize", self.home / "out.pdf", self.home / "again.pdf"], check=True)
        self.assertIn("it was changed, or saved anew", self.call("verify", "again.pdf", status=REFUSED))
        self.assertIn("its words are those of letter", self.signed_in("verify", "again.pdf", status=REFUSED))

    def test_a_pdf_with_another_word_is_told_by_that_word(self):
        number = self.submit("two-sentences.json")
        letter = json.loads((LETTERS / "two-sentences.json").read_text())
        word = max(letter["story"]["act"].split(), key=len).strip(".,")
        letter["story"]["act"] = letter["story"]["act"].replace(word, "nothing")
        (self.home / "changed.json").write_text(json.dumps(letter))
        self.call("render", "changed.json", "-o", "changed.pdf", "--number", number)
        told = self.signed_in("verify", "changed.pdf", status=REFUSED)
        self.assertIn("is not letter", told)
        self.assertIn(word, told)

    def test_a_pdf_from_elsewhere_bears_no_number_of_ours(self):
        self.submit()
        self.call("render", LETTERS / "two-sentences.json", "-o", "specimen.pdf")
        self.assertIn("bears the number of none", self.call("verify", "specimen.pdf", status=REFUSED))

    def test_a_letter_that_nobody_sent_is_not_found(self):
        self.assertIn("no letter", self.signed_in("show", str(uuid.uuid4()), status=REFUSED).lower())
        self.signed_in("show", "../../etc/passwd", status=REFUSED)


class Damage(Branch):
    def sql(self, store, statement):
        subprocess.run(["sqlite3", self.home / "store" / store, statement], check=True)

    def test_a_changed_letter_is_found_and_named(self):
        number = self.submit()
        self.sql("inbox.db", "UPDATE letter SET body = zeroblob(length(body))")
        done = self.run_in(self.home, "verify")
        self.assertEqual(STORE, done.returncode)
        self.assertIn(number, done.stdout)

    def test_a_deleted_journal_entry_is_found(self):
        self.submit()
        self.submit()
        self.sql("inbox.db", "DELETE FROM journal WHERE sequence = 1")
        self.assertEqual(STORE, self.run_in(self.home, "verify").returncode)

    def test_a_store_that_cannot_be_used_is_refused_and_left_untouched(self):
        inbox = self.home / "store/inbox.db"
        sound = inbox.read_bytes()
        newer = bytearray(sound)
        newer[60:64] = (99).to_bytes(4, "big")
        foreign = bytearray(sound)
        foreign[68:72] = b"ABCD"
        for what, content in (("empty", b""), ("text", b"hello" * 1000), ("newer", newer), ("foreign", foreign),
                              ("truncated", sound[:len(sound) // 2]), ("header", b"X" + sound[1:])):
            with self.subTest(what):
                inbox.write_bytes(content)
                self.call("submit", LETTERS / "two-sentences.json", status=STORE)
                self.assertEqual(bytes(content), inbox.read_bytes())
        inbox.unlink()
        self.call("submit", LETTERS / "two-sentences.json", status=REFUSED)
        self.assertFalse(inbox.exists())

    def test_without_the_branch_key_nothing_is_captured(self):
        (self.home / "store/branch.pub").unlink()
        self.call("submit", LETTERS / "two-sentences.json", status=REFUSED)
        self.assertEqual("[]", self.call("list", "--json").strip())

    def test_a_wrong_configuration_is_named_with_its_line(self):
        (self.home / "store/accolade.conf").write_text("[branch]\nname=Market Street\npaper=a7\n")
        self.assertIn("line 3", self.call("submit", LETTERS / "two-sentences.json", status=REFUSED))


class Keys(Branch):
    def setUp(self):
        super().setUp()
        (self.home / "second").write_text("another long passphrase\n")
        self.signed_in("banker", "add", "Daniel Reyes", "--new-passphrase-file", "second")

    def as_manager(self, *arguments, passphrase="passphrase", status=DONE):
        return self.call(*arguments, "--banker", "Ana Held", "--passphrase-file", passphrase, status=status)

    def as_daniel(self, *arguments, passphrase="second", status=DONE):
        return self.call(*arguments, "--banker", "Daniel Reyes", "--passphrase-file", passphrase, status=status)

    def test_a_passphrase_is_changed_by_its_banker_and_reset_by_a_manager(self):
        (self.home / "third").write_text("a third long passphrase\n")
        self.as_daniel("banker", "passphrase", "Ana Held", "--new-passphrase-file", "third", status=REFUSED)
        self.as_daniel("banker", "passphrase", "Daniel Reyes", "--new-passphrase-file", "third")
        self.as_daniel("staff", "find", "x", "--json", passphrase="third")
        self.as_manager("banker", "passphrase", "Daniel Reyes", "--new-passphrase-file", "second")
        self.as_daniel("staff", "find", "x", "--json")
        self.as_daniel("staff", "find", "x", "--json", passphrase="third", status=REFUSED)
        self.call("verify")

    def test_a_disabled_banker_signs_in_no_more(self):
        self.as_daniel("banker", "disable", "Ana Held", status=REFUSED)
        self.as_manager("banker", "disable", "Ana Held", status=REFUSED)
        self.as_manager("banker", "disable", "Daniel Reyes")
        self.as_daniel("staff", "find", "x", "--json", status=REFUSED)
        self.assertEqual([False, True], [banker["disabled"] for banker in json.loads(self.call("banker", "list", "--json"))])
        self.call("verify")

    def test_what_is_printed_of_a_new_banker_is_one_line(self):
        told = self.as_manager("banker", "add", "Eve\nEve", "--new-passphrase-file", "second")
        self.assertEqual("Eve Eve can sign in.\n", told)

    def test_old_and_new_letters_open_after_a_rotation(self):
        before = self.submit()
        self.as_manager("staff", "import", STAFF)
        key = (self.home / "store/branch.pub").read_bytes()
        self.as_daniel("key", "rotate", status=REFUSED)
        self.assertIn("sealed to it anew: 1.", self.as_manager("key", "rotate"))
        self.assertNotEqual(key, (self.home / "store/branch.pub").read_bytes())
        after = self.submit()
        for number in (before, after):
            self.as_manager("show", number)
            self.as_daniel("show", number)
        self.as_daniel("staff", "find", "Okafor")
        self.call("verify")

    def test_a_swapped_key_file_is_found_and_seals_nothing(self):
        self.call("setup", "--store", "other", "--branch", "B", "--banker", "C", "--passphrase-file", "passphrase")
        shutil.copy(self.home / "other/branch.pub", self.home / "store/branch.pub")
        self.assertIn("branch.pub", self.call("submit", LETTERS / "two-sentences.json", status=REFUSED))
        self.assertEqual("[]", self.call("list", "--json").strip())
        self.assertIn("branch.pub", self.run_in(self.home, "verify").stdout)

    def test_a_lost_pepper_is_told_and_the_recovery_key_gets_past_it(self):
        number = self.submit()
        (self.home / "store/pepper").unlink()
        self.assertIn("accolade key recover", self.as_manager("show", number, status=REFUSED))
        (self.home / "third").write_text("a third long passphrase\n")
        (self.home / "no-key").write_text("0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ\n")
        self.call("key", "recover", "--recovery-file", "no-key", "--new-passphrase-file", "third", status=REFUSED)
        self.assertFalse((self.home / "store/pepper").exists())
        told = self.call("key", "recover", "--recovery-file", "recovery", "--new-passphrase-file", "third")
        self.assertIn("banker passphrase", told)
        self.as_manager("show", number, passphrase="third")
        self.call("verify")

    def test_a_lost_recovery_key_is_replaced_by_a_rotation(self):
        number = self.submit()
        self.as_manager("key", "rotate", "--recovery-file", "recovery-2")
        for recovery, status in (("recovery", REFUSED), ("recovery-2", DONE)):
            self.call("key", "recover", "--recovery-file", recovery, "--new-passphrase-file", "second", status=status)
        self.as_manager("show", number, passphrase="second")
        self.call("verify")

    def test_no_passphrase_or_recovery_key_is_in_any_file_of_the_store(self):
        self.as_manager("key", "rotate", "--recovery-file", "recovery-2")
        self.as_manager("banker", "passphrase", "Daniel Reyes", "--new-passphrase-file", "second")
        for secret in ("passphrase", "second", "recovery", "recovery-2"):
            canary = (self.home / secret).read_bytes().strip()
            for path in (self.home / "store").iterdir():
                self.assertNotIn(canary, path.read_bytes(), f"{secret} in {path.name}")


class Erasing(Branch):
    def test_erasing_prints_the_receipt_and_writes_it(self):
        number = self.submit()
        text = self.signed_in("erase", number, "--reason", "The client asked.", "--receipt", "gone.pdf")
        for word in (number, "The client asked.", "Ana Held", "gone.pdf"):
            self.assertIn(word, text)
        self.assertEqual(b"%PDF", (self.home / "gone.pdf").read_bytes()[:4])
        self.assertEqual(["erased"], [letter["state"] for letter in json.loads(self.call("list", "--json"))])
        self.assertIn("was erased on", self.signed_in("show", number, status=REFUSED))
        self.assertIn("was erased on", self.signed_in("erase", number, "--reason", "Again."))

    def test_the_receipt_goes_over_no_file(self):
        number = self.submit()
        (self.home / f"{number}-receipt.pdf").write_text("mine")
        message = self.signed_in("erase", number, "--reason", "The client asked.", status=REFUSED)
        self.assertIn("--receipt", message)
        self.assertEqual("mine", (self.home / f"{number}-receipt.pdf").read_text())
        self.assertIn("For Jessica Okafor", self.signed_in("show", number))

    def test_erasing_needs_a_reason_a_letter_and_a_manager(self):
        number = self.submit()
        self.signed_in("erase", number, status=USAGE)
        self.signed_in("erase", number, "--reason", " ", status=REFUSED)
        self.signed_in("erase", uuid.uuid4(), "--reason", "Why not.", status=REFUSED)
        self.signed_in("banker", "add", "Ben Ode", "--new-passphrase-file", "passphrase")
        refused = self.call("erase", number, "--reason", "Why not.", "--passphrase-file", "passphrase", "--banker", "Ben Ode",
                            status=REFUSED)
        self.assertIn("manager", refused)
        self.assertEqual([], list(self.home.glob("*receipt*")))
        self.assertEqual(["waiting"], [letter["state"] for letter in json.loads(self.call("list", "--json"))])

    def test_retain_removes_nothing_before_its_time(self):
        number = self.submit()
        self.assertEqual("", self.call("retain"))
        self.assertIn(number, self.call("list"))
        (self.home / "store/accolade.conf").write_text("[retention]\ndays=0\n")
        self.assertIn("line 2: days must be", self.call("retain", status=REFUSED))


if __name__ == "__main__":
    tap.main()
