#!/usr/bin/python3
"""accolade receipt: who has a letter, of whom nothing is heard, and what a banker does about it. Real stores, real files."""
import contextlib
import json
import os
import shutil
import sqlite3
import subprocess

import tap
import wall_clock
from test_command import BUILD, LETTERS, REFUSED, STAFF, STORE, USAGE, Branch

WORDS = "Thank you, from all of us."
CONTACT = "maria@example.org"
SUPERVISOR, EMPLOYEE = 1, 2
LATER = wall_clock.at("+20d")


class Routed(Branch):
    """A branch with a directory, and two letters that were handed over: one whose client may be contacted, one not."""

    @classmethod
    def fill_model(cls):
        super().fill_model()
        (cls.model / "store/accolade.conf").write_text(
            f"[branch]\nname=Market Street branch\n[folder]\noutbox={cls.model / 'outbox'}\n")
        letter = json.loads((LETTERS / "two-sentences.json").read_text())
        letter["consent"]["contact"] = CONTACT
        (cls.model / "contact.json").write_text(json.dumps(letter))
        signed = ("--passphrase-file", "passphrase")
        cls.run_in(cls.model, "staff", "import", str(STAFF), *signed)
        cls.run_in(cls.model, "banker", "link", "Ana Held", "HV1043", *signed)
        cls.number, cls.silent = (cls.run_in(cls.model, "submit", str(file)).stdout.strip()
                                  for file in ("contact.json", LETTERS / "two-sentences.json"))
        cls.decide(cls.model, ("take-in", "claim", "approve", "route"), cls.number, cls.silent)

    def setUp(self):
        super().setUp()
        (self.home / "store/accolade.conf").write_text(
            f"[branch]\nname=Market Street branch\n[folder]\noutbox={self.home / 'outbox'}\n")

    @staticmethod
    def decide(home, verbs, *numbers):
        for verb in verbs:
            subprocess.run([BUILD / "tests/test-banker", home / "store", home / "passphrase", "Ana Held", verb,
                            *([] if verb == "take-in" else numbers)], check=True, stdout=subprocess.DEVNULL, timeout=60)

    def shown(self, number):
        return json.loads(self.signed_in("show", number, "--json"))

    def later(self, *arguments):
        """The command as it is twenty days later."""
        return subprocess.run([*LATER, BUILD / "app/cli/accolade", *arguments, "--passphrase-file", "passphrase"], cwd=self.home,
                              text=True, capture_output=True, timeout=60,
                              env={**os.environ, "ACCOLADE_STORE": str(self.home / "store")})

    def record(self, number, position, words=None):
        (self.home / "words").write_text(words or "")
        self.signed_in("receipt", "record", number, position, *(["--message-file", "words"] if words else []))

    def packages(self):
        return sorted(path.name for path in (self.home / "outbox").iterdir() if not path.name.startswith("."))


class Recording(Routed):
    def test_a_wrong_day_is_told_by_the_name_of_its_option(self):
        for day in ("yesterday", "2001-01-01"):
            told = self.signed_in("receipt", "record", self.number, EMPLOYEE, "--on", day, status=REFUSED)
            self.assertTrue(told.startswith("accolade: --on: ") and day in told, told)
        self.assertEqual([], self.shown(self.number)["receipts"])


class PassingOn(Routed):
    def test_what_the_client_may_be_told_is_shown_and_then_noted_once(self):
        self.record(self.number, EMPLOYEE, WORDS)
        told = {"number": self.number, "receipt": 1, "client": "Maria López", "contact": CONTACT, "from": "Jessica Okafor",
                "message": WORDS}
        shown = json.loads(self.signed_in("receipt", "pass-on", self.number, 1, "--dry-run", "--json"))
        self.assertEqual({**told, "passed_on": False}, shown)
        self.assertEqual("", self.shown(self.number)["receipts"][0]["passed_on_at"])
        noted = json.loads(self.signed_in("receipt", "pass-on", self.number, 1, "--json"))
        self.assertEqual({**told, "passed_on": True}, noted)
        self.assertNotEqual("", self.shown(self.number)["receipts"][0]["passed_on_at"])
        self.assertIn("before", self.signed_in("receipt", "pass-on", self.number, 1, status=REFUSED))
        self.assertEqual(noted, json.loads(self.signed_in("receipt", "pass-on", self.number, 1, "--dry-run", "--json")))
        self.call("verify")

    def test_people_read_it_too(self):
        self.record(self.number, EMPLOYEE, WORDS)
        text = self.signed_in("receipt", "pass-on", self.number, 1, "--dry-run")
        for word in ("Maria López", CONTACT, "Jessica Okafor", WORDS):
            self.assertIn(word, text)

    def test_who_did_not_agree_is_not_contacted(self):
        self.record(self.silent, EMPLOYEE, WORDS)
        for arguments in (("--dry-run",), ()):
            told = self.signed_in("receipt", "pass-on", self.silent, 1, *arguments, status=REFUSED)
            self.assertIn("did not agree", told)
            self.assertNotIn("manager", told, "who cannot agree for them")

    def test_what_is_not_there_is_refused_by_name(self):
        self.record(self.number, EMPLOYEE)
        self.assertIn("nothing more", self.signed_in("receipt", "pass-on", self.number, 1, status=REFUSED))
        self.assertIn("no receipt 7", self.signed_in("receipt", "pass-on", self.number, 7, status=REFUSED))
        self.assertIn("number", self.signed_in("receipt", "pass-on", self.number, "first", status=REFUSED))
        self.assertIn("still lies in the inbox", self.signed_in("receipt", "record", self.submit(), 1, status=REFUSED))
        self.signed_in("receipt", "pass-on", self.number, status=USAGE)


class Silences(Routed):
    def test_the_next_level_is_shown_then_sent_once(self):
        shown = json.loads(self.signed_in("receipt", "escalate", self.number, SUPERVISOR, "--dry-run", "--json"))
        self.assertEqual(("Fatima Mokoena", False), (shown["name"], shown["prepared"]))
        self.assertIn("Fatima Mokoena is the next one up from Priya Raman.", shown["sentence"])
        self.assertIn("Jessica Okafor", shown["paragraph"])
        self.assertEqual(3, len(self.shown(self.number)["deliveries"]))
        sent = json.loads(self.signed_in("receipt", "escalate", self.number, SUPERVISOR, "--json"))
        self.assertEqual((True, 4, SUPERVISOR, "handed over", shown["paragraph"]),
                         tuple(sent[name] for name in ("prepared", "position", "after", "state", "paragraph")))
        delivery = self.shown(self.number)["deliveries"][3]
        self.assertEqual((SUPERVISOR, "Fatima Mokoena"), (delivery["after"], delivery["name"]))
        self.assertEqual(1, sum(self.number in name and "-4-supervisor" in name for name in self.packages()))
        self.assertIn("already", self.signed_in("receipt", "escalate", self.number, SUPERVISOR, status=REFUSED))
        self.call("verify")

    def test_nobody_is_asked_after_an_answer_or_after_who_is_only_told(self):
        own_supervisor = 3
        self.record(self.number, SUPERVISOR)
        for position in (SUPERVISOR, own_supervisor):
            for arguments in (("--dry-run",), ()):
                with self.subTest((position, arguments)):
                    self.signed_in("receipt", "escalate", self.number, position, *arguments, status=REFUSED)
        self.assertEqual(3, len(self.shown(self.number)["deliveries"]))

    def test_the_banker_may_write_the_cover(self):
        (self.home / "cover").write_text("Please see to it that Jessica reads this.\n")
        sent = json.loads(self.signed_in("receipt", "escalate", self.number, SUPERVISOR, "--cover-file", "cover", "--json"))
        self.assertEqual("Please see to it that Jessica reads this.", sent["paragraph"].strip())
        (self.home / "cover").write_text("")
        self.assertIn("at least a sentence", self.signed_in("receipt", "escalate", self.silent, SUPERVISOR, "--cover-file",
                                                            "cover", status=REFUSED))
        (self.home / "cover").write_text("Their card is 4111 1111 1111 1111.\n")
        self.assertIn("number", self.signed_in("receipt", "escalate", self.silent, SUPERVISOR, "--cover-file", "cover",
                                               status=REFUSED))
        self.assertEqual(3, len(self.shown(self.silent)["deliveries"]))

    def test_a_message_may_be_empty(self):
        (self.home / "words").write_text("")
        self.signed_in("receipt", "record", self.number, SUPERVISOR, "--message-file", "words")
        self.assertEqual([""], [receipt["message"] for receipt in self.shown(self.number)["receipts"]])

    def test_a_cover_quotes_nothing_that_was_taken_out(self):
        number = self.call("submit", LETTERS / "two-sentences.json").strip()
        self.decide(self.home, ("take-in", "claim", "black-out", "approve", "route"), number)
        (self.home / "cover").write_text("It was about the check-in.\n")
        for arguments in (("--dry-run",), ()):
            self.assertIn("taken out", self.signed_in("receipt", "escalate", number, SUPERVISOR, "--cover-file", "cover",
                                                      *arguments, status=REFUSED))
        self.assertEqual(3, len(self.shown(number)["deliveries"]))

    def test_nobody_above_is_said_in_words(self):
        self.signed_in("receipt", "escalate", self.number, SUPERVISOR)
        self.signed_in("receipt", "escalate", self.number, 4)
        self.signed_in("receipt", "escalate", self.number, 5)
        self.assertIn("nobody above", self.signed_in("receipt", "escalate", self.number, 6, status=REFUSED))

    def test_a_door_that_is_shut_keeps_it_for_the_desk(self):
        shutil.rmtree(self.home / "outbox")
        (self.home / "outbox").write_text("in the way")
        self.assertIn("Fatima Mokoena", self.signed_in("receipt", "escalate", self.number, SUPERVISOR, status=REFUSED))
        self.assertIn(self.shown(self.number)["deliveries"][3]["state"], ("waiting", "refused"))
        self.call("verify")

    def test_a_damaged_letter_is_named_and_hides_none_of_the_others(self):
        with contextlib.closing(sqlite3.connect(self.home / "store/desk.db")) as desk, desk:
            desk.execute("UPDATE document SET body = zeroblob(length(body)) WHERE number = ?", [self.silent])
        for arguments, read in ((("--json",), json.loads), ((), str.splitlines)):
            done = self.later("receipt", "list", *arguments)
            self.assertEqual(STORE, done.returncode, done.stdout + done.stderr)
            self.assertEqual(2, len(read(done.stdout)))
            self.assertIn(self.number, done.stdout)
            self.assertNotIn(self.silent, done.stdout)
            self.assertIn(self.silent, done.stderr)
            self.assertEqual(1, done.stderr.count("\n"))

    def test_a_silence_is_left_at_that_once(self):
        def silent():
            return [(one["number"], one["position"]) for one in json.loads(self.later("receipt", "list", "--json").stdout)]

        self.assertIn((self.number, SUPERVISOR), silent())
        self.signed_in("receipt", "leave", self.number, SUPERVISOR)
        self.assertNotIn((self.number, SUPERVISOR), silent())
        self.assertIn((self.number, EMPLOYEE), silent())
        self.assertIn("does not wait", self.signed_in("receipt", "leave", self.number, SUPERVISOR, status=REFUSED))
        self.record(self.number, SUPERVISOR)
        self.call("verify")

    def test_what_was_left_at_that_is_not_taken_further(self):
        self.signed_in("receipt", "leave", self.number, SUPERVISOR)
        for arguments in (("--dry-run",), ()):
            told = self.signed_in("receipt", "escalate", self.number, SUPERVISOR, *arguments, status=REFUSED)
            self.assertIn("was left at that", told)
        self.assertEqual(3, len(self.shown(self.number)["deliveries"]))

    def test_a_cover_says_nothing_to_the_terminal(self):
        (self.home / "cover").write_bytes(b"Please \x1b]0;hello\x07\x1b[2J see to it.\r\n\r\nThank \xc2\x9b31m you.\r\n")
        plain = self.signed_in("receipt", "escalate", self.number, SUPERVISOR, "--cover-file", "cover", "--dry-run")
        self.assertIn("Please \N{REPLACEMENT CHARACTER}]0;hello", plain)
        self.assertIn("see to it.\n\nThank", plain)
        scripted = self.signed_in("receipt", "escalate", self.number, SUPERVISOR, "--cover-file", "cover", "--dry-run", "--json")
        for text in (plain, scripted):
            self.assertNotRegex(text, "[\x00-\x08\x0b-\x1f\x7f-\x9f]")
        self.assertIn("\x1b[2J", json.loads(scripted)["paragraph"])


if __name__ == "__main__":
    tap.main()
