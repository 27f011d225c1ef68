#!/usr/bin/python3
"""A letter approved and routed at the desk by keys alone, by somebody who sees nothing."""
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "journey"))
import tap  # noqa: E402
from branch import BUILD, TOP, Branch  # noqa: E402
from desk_keys import WORDS, Banker  # noqa: E402
from journey import BUTTON, FIELD  # noqa: E402
from person import Screen  # noqa: E402

KEYS_MOST = 25  # from the sign-in to where it is routed
LETTERS = (("full-page", "Tomasz Wójcik"), ("two-sentences", "Jessica Okafor"))


class Desk(unittest.TestCase):
    def setUp(self):
        self.branch = Branch()
        self.addCleanup(self.branch.close)
        for letter, _ in LETTERS:
            self.branch.call("submit", TOP / f"tests/fixtures/letters/{letter}.json")
        screen = Screen(1366, 768)
        self.addCleanup(screen.close)
        self.banker = Banker(self.branch, pictures=BUILD / "pictures/desk-keys")
        self.addCleanup(self.banker.close)

    def states(self):
        return sorted(letter["state"] for letter in json.loads(self.branch.call("list", "--json")))

    def test_letters_are_routed_one_after_another(self):
        banker = self.banker
        banker.sign_in()
        banker.route(LETTERS[0][1])
        self.assertLessEqual(banker.keys, KEYS_MOST)
        self.assertEqual(["routed", "waiting"], self.states())
        covers = [path.read_bytes() for path in self.branch.store.with_name("store-outbox").rglob("*.eml")]
        self.assertTrue(any(WORDS.strip().encode() in cover for cover in covers), "the banker’s own words go out")
        banker.press("Return")
        banker.route(LETTERS[1][1])
        self.assertEqual(["routed", "routed"], self.states())

    def test_a_letter_is_found_and_declined_with_a_reason(self):
        banker = self.banker
        banker.sign_in()
        banker.hear("list item", LETTERS[0][1])
        banker.press("ctrl+k")
        banker.say("entry|" + FIELD, "Search the letters", "okaf")
        banker.press("Return")
        banker.hear("list item", LETTERS[1][1])
        banker.press("ctrl+d")
        banker.go_to(BUTTON, "^Reason")
        banker.press("space")
        banker.hear("list item", "")
        banker.press("Down", "Return")
        banker.hear(BUTTON, "^Reason: .")
        banker.go_to(FIELD, "In your words")
        banker.type("It is about another bank.")
        banker.go_to(BUTTON, "^Decline")
        banker.press("Return")
        banker.wait_for(lambda: "declined" in self.states(), "the letter declined")
        shown = json.loads(self.branch.signed_in("show", self.declined(), "--json"))
        self.assertIn("It is about another bank.", json.dumps(shown, ensure_ascii=False))

    def declined(self):
        return next(letter["short_number"] for letter in json.loads(self.branch.call("list", "--json")) if letter["state"] == "declined")

    def test_the_keys_are_told_and_the_notebook_is_one_key_away(self):
        banker = self.banker
        banker.sign_in()
        banker.hear("list item", LETTERS[0][1])
        banker.press("F1")
        banker.hear(BUTTON, "Close")
        banker.press("Escape")
        banker.press("ctrl+b")
        banker.say(FIELD, "Find by name", "jess")
        banker.press("Escape")
        banker.hear("list item", LETTERS[0][1])

    def test_the_directory_is_one_key_away_and_read_out(self):
        banker = self.banker
        banker.sign_in()
        banker.hear("list item", LETTERS[0][1])
        banker.press("F9")
        banker.say(FIELD, "Find a person", "jessica ok")
        banker.press("Return")
        banker.hear("list item", "Jessica Okafor")
        banker.go_to(BUTTON, "Import a staff file")
        banker.press("Return")
        banker.say(FIELD, "Staff file", str(self.branch.home / "staff.csv"))
        (self.branch.home / "staff.csv").write_text((TOP / "resources/demo/staff.csv").read_text().replace("Jessica Okafor,", "Jessica Lund,"))
        banker.press("Return")
        banker.hear(BUTTON, "All 1")
        banker.go_to(BUTTON, "Import this 1 change")
        banker.press("Return")
        banker.say(FIELD, "Find a person", "jessica l")
        banker.press("Return")
        banker.hear("list item", "Jessica Lund")
        banker.press("Escape")
        banker.hear("list item", LETTERS[0][1])


if __name__ == "__main__":
    tap.main()
