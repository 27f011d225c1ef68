#!/usr/bin/python3
"""A whole letter by keys alone, by somebody who sees nothing: each step is decided by the role and the name of what has the
focus, as assistive technology is told them."""
import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "journey"))
import tap  # noqa: E402
from branch import BUILD, Branch  # noqa: E402
from journey import BUTTON, FIELD  # noqa: E402
from keys import Listener  # noqa: E402
from person import Screen  # noqa: E402

RADIO = "radio button"
TICK = "check box"
SIZE = "1366x768"
STORY = {"need": "My mother had no card for a week.", "act": "He found the one that was lost.",
         "difference": "She could shop again."}


class Keys(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.branch = Branch()
        cls.screen = Screen(*map(int, SIZE.split("x")))

    @classmethod
    def tearDownClass(cls):
        cls.screen.close()
        cls.branch.close()

    def start(self, **environment):
        self.person = Listener(BUILD / "ui/kiosk/accolade-kiosk", "--store", self.branch.store, pictures=BUILD / "pictures/keys",
                               environment=environment)
        self.addCleanup(self.person.close)

    def start_without_motion(self):
        """As for somebody who has turned animations off: GTK's settings say so."""
        folder = tempfile.TemporaryDirectory(prefix="accolade-settings-")
        self.addCleanup(folder.cleanup)
        settings = pathlib.Path(folder.name, "gtk-4.0", "settings.ini")
        settings.parent.mkdir()
        settings.write_text("[Settings]\ngtk-enable-animations=false\n")
        self.start(XDG_CONFIG_HOME=folder.name)

    def press_on(self, name):
        self.person.go_to(BUTTON, name)
        self.person.press("Return")

    def choose(self, role, first, name):
        """Into the group by Tab, to the choice by the arrows."""
        self.person.go_to(role, first)
        self.person.go_to(role, name, "Down")
        self.person.press("space")

    def tell_story(self):
        for question, text in zip((r"trying to do", r"What did .* do", r"do afterwards"), STORY.values()):
            self.person.say(FIELD, question, text)
            self.person.press("ctrl+Return")

    def write_letter(self):
        person = self.person
        self.press_on("Write a letter")
        person.say(FIELD, "Who helped you", "Tom Baxter")
        person.press("Return")
        person.say(FIELD, "What should we call", "Tom")
        person.press("Return")
        person.say(FIELD, "Which department", "Fraud Operations")
        person.press("Return")
        self.choose(RADIO, "By phone|In the branch|Online", "In the branch")
        self.press_on("^Next$")
        self.tell_story()
        person.go_to(RADIO, "No, go on|Yes, with a few words")
        self.press_on("^Next$")
        person.say(FIELD, "What is your name", "Gwen Achterberg")
        person.press("Return")
        self.press_on("Type it instead")
        person.say(FIELD, "Type your name", "Gwen Achterberg")
        self.press_on("^Next$")
        person.go_to(RADIO, "someone asked me|nobody did|rather not say")
        self.press_on("^Next$")
        person.go_to(TICK, "personnel file")
        person.press("space")
        self.press_on("^Next$")
        self.press_on("^Send$")
        person.go_to(BUTTON, "Back to the start")

    def test_a_whole_letter_is_written_and_sent_by_keys_alone(self):
        self.start()
        self.write_letter()
        waiting = json.loads(self.branch.call("list", "--json"))
        self.assertEqual(["waiting"], [letter["state"] for letter in waiting])
        letter = json.loads(self.branch.signed_in("show", waiting[0]["short_number"], "--json"))["letter"]
        self.assertEqual(STORY, letter["story"])
        self.assertEqual(("Tom Baxter", "Tom", "Fraud Operations", "branch"),
                         tuple(letter["to"][0][key] for key in ("name", "called", "department", "reached")))
        self.assertEqual({"typed": "Gwen Achterberg"}, letter["from"][0]["signature"])
        self.assertTrue(letter["consent"]["file"])

    def test_text_and_colours_are_chosen_and_a_letter_begun_where_nothing_moves(self):
        self.start_without_motion()
        self.press_on("Display")
        self.choose(RADIO, "Usual", "Large$")
        self.choose(RADIO, "Light", "Dark")
        self.press_on("Done")
        self.press_on("Write a letter")
        self.person.say(FIELD, "Who helped you", "Tom Baxter")
        self.person.press("Return")
        self.person.hear(FIELD, "What should we call")


if __name__ == "__main__":
    tap.main()
