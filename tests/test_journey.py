#!/usr/bin/python3
"""The main job through both real windows, and what it must have left behind."""
import email
import email.policy
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "journey"))
import journey  # noqa: E402
import tap  # noqa: E402
from branch import BANKER, BUILD, PASSPHRASE, Branch  # noqa: E402
from person import Person, Screen  # noqa: E402


class Journey(unittest.TestCase):
    """One letter is written, approved and routed; each test then looks at one outcome."""

    @classmethod
    def setUpClass(cls):
        cls.branch = Branch()
        ana = json.loads(cls.branch.signed_in("staff", "find", BANKER, "--json"))[0]
        cls.branch.signed_in("banker", "link", BANKER, ana["id"])

        size = os.environ.get("ACCOLADE_SCREEN", "1920x1080")
        cls.pictures = BUILD / "pictures" / size
        shutil.rmtree(cls.pictures, ignore_errors=True)
        cls.screen = Screen(*map(int, size.split("x")))
        try:
            kiosk = Person(BUILD / "ui/kiosk/accolade-kiosk", "--store", cls.branch.store, pictures=cls.pictures)
            cls.number = journey.write_letter(kiosk)
            kiosk.close()
            cls.waiting = json.loads(cls.branch.call("list", "--json"))
            desk = Person(BUILD / "ui/desk/accolade-desk", "--store", cls.branch.store, "--size", size, pictures=cls.pictures)
            journey.route_letter(desk, PASSPHRASE)
            desk.close()
        except BaseException:
            cls.screen.close()
            raise

    @classmethod
    def tearDownClass(cls):
        cls.screen.close()
        cls.branch.close()

    def show(self):
        pdf = self.branch.home / "letter.pdf"
        return json.loads(self.branch.signed_in("show", self.number, "--json", "--pdf", pdf)), pdf.read_bytes()

    def packages(self):
        return sorted(pathlib.Path(f"{self.branch.store}-outbox").iterdir())

    def test_one_letter_waited_under_the_number_that_the_client_saw(self):
        self.assertEqual([(self.number, "waiting")], [(letter["short_number"], letter["state"]) for letter in self.waiting])

    def test_what_the_client_typed_is_what_is_filed(self):
        shown, _ = self.show()
        letter = shown["letter"]
        self.assertEqual({"need": journey.NEED, "act": journey.ACT, "difference": journey.DIFFERENCE}, letter["story"])
        self.assertEqual(("Jessica Okafor", "Jessica", "Fraud Operations", "phone"),
                         tuple(letter["to"][0][key] for key in ("name", "called", "department", "reached")))
        self.assertEqual("Gwen Achterberg", letter["from"][0]["name"])
        self.assertEqual(len(journey.SIGNATURE), len(letter["from"][0]["signature"]["strokes"]))
        self.assertEqual((True, False), (letter["consent"]["file"], letter["consent"]["share"]))
        self.assertIsNone(letter["banker"])

    def test_the_pdf_says_it_too_and_is_sound(self):
        _, pdf = self.show()
        path = self.branch.home / "checked.pdf"
        path.write_bytes(pdf)
        subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)
        text = subprocess.run(["pdftotext", path, "-"], check=True, text=True, capture_output=True).stdout
        for words in (journey.NEED, journey.ACT, journey.DIFFERENCE, "Gwen Achterberg", self.number):
            self.assertIn("".join(words.replace("'", "’").split()), "".join(text.split()))  # quotes as English has them

    def test_the_letter_is_routed_and_every_step_is_signed(self):
        shown, _ = self.show()
        self.assertEqual("routed", shown["state"])
        self.assertEqual(["claim", "approve", "route"], [decision["move"] for decision in shown["decisions"]])
        self.assertEqual({BANKER}, {decision["banker"] for decision in shown["decisions"]})
        self.assertIn("as it was written", self.branch.call("verify"))

    def test_supervisor_employee_and_own_supervisor_get_the_untouched_letter(self):
        shown, pdf = self.show()
        self.assertEqual([("supervisor", "Priya Raman"), ("employee", "Jessica Okafor"), ("own-supervisor", "Helen Marsh")],
                         [(delivery["role"], delivery["name"]) for delivery in shown["deliveries"]])
        self.assertEqual(3, len(self.packages()))
        for package in self.packages():
            self.assertEqual(pdf, (package / f"{shown['number']}.pdf").read_bytes())
            subprocess.run(["qpdf", "--check", package / f"{shown['number']}-cover.pdf"], check=True, capture_output=True)

    def test_the_supervisor_reads_what_the_banker_added_to_the_cover(self):
        shown, _ = self.show()
        supervisor, *others = (
            subprocess.run(["pdftotext", package / f"{shown['number']}-cover.pdf", "-"], check=True, text=True, capture_output=True).stdout
            for package in self.packages())
        self.assertIn(journey.ADDED, " ".join(supervisor.split()))
        self.assertEqual(1, supervisor.count("Team Lead, Fraud Operations"))
        self.assertNotIn("Fraud Operations, Fraud Operations", supervisor)
        self.assertNotIn(journey.ADDED, " ".join(" ".join(others).split()))

    def test_each_message_is_ready_to_be_sent_to_one_person(self):
        shown, pdf = self.show()
        people = {delivery["email"] for delivery in shown["deliveries"]}
        for package in self.packages():
            message = email.message_from_bytes((package / f"{shown['number']}.eml").read_bytes(), policy=email.policy.default)
            people.remove(message["To"].addresses[0].addr_spec)
            self.assertEqual(1, len(message["To"].addresses))
            attachments = [part.get_content() for part in message.iter_attachments()]
            self.assertIn(pdf, attachments)
            self.assertEqual(2, len(attachments))
        self.assertEqual(set(), people)

    def test_no_name_and_no_word_lies_open_in_the_store(self):
        for path in self.branch.store.iterdir():
            content = path.read_bytes()
            for secret in ("Okafor", "Achterberg", "groceries", "Raman"):
                self.assertNotIn(secret.encode(), content, path.name)


if __name__ == "__main__":
    tap.main()
