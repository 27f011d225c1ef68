#!/usr/bin/python3
"""A letter that a banker prepares at the real desk and a client writes at the real kiosk, both open at once."""
import json
import pathlib
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "journey"))
import journey  # noqa: E402
import tap  # noqa: E402
from branch import BANKER, BUILD, PASSPHRASE, Branch  # noqa: E402
from journey import BUTTON, FIELD, TICK  # noqa: E402
from person import Person, Screen  # noqa: E402

MEMORY = pathlib.Path("/dev/shm")
SIZE = "1366x768"


@unittest.skipUnless(MEMORY.is_dir(), "there is no memory file system at /dev/shm")
class Handover(unittest.TestCase):
    """The banker prepares it, the client writes it, the banker is told; each test then looks at one outcome."""

    @classmethod
    def setUpClass(cls):
        cls.branch = Branch()
        cls.memory = pathlib.Path(tempfile.mkdtemp(prefix="accolade-handover-", dir=MEMORY))
        cls.memory.chmod(0o2770)
        with open(cls.branch.store / "accolade.conf", "a", encoding="utf-8") as conf:
            conf.write(f"\n[kiosk]\nhandover={cls.memory}\n")
        cls.screen = Screen(*map(int, SIZE.split("x")))
        try:
            cls.play(BUILD / "pictures/handover")
        except BaseException:
            cls.tearDownClass()
            raise

    @classmethod
    def tearDownClass(cls):
        cls.screen.close()
        cls.branch.close()
        shutil.rmtree(cls.memory)

    @classmethod
    def play(cls, pictures):
        shutil.rmtree(pictures, ignore_errors=True)
        desk = Person(BUILD / "ui/desk/accolade-desk", "--store", cls.branch.store, "--size", SIZE, pictures=pictures)
        desk.write_secret(FIELD, "Passphrase", PASSPHRASE)
        desk.click(BUTTON, "Sign in")
        cls.prepare(desk)
        cls.waited = [path.read_bytes() for path in cls.memory.iterdir()]
        kiosk = Person(BUILD / "ui/kiosk/accolade-kiosk", "--store", cls.branch.store, pictures=pictures)  # over the desk
        cls.number = cls.write(kiosk)
        kiosk.close()
        cls.left = list(cls.memory.iterdir())
        desk.sees("The client has begun at the kiosk.")
        desk.picture("begun")
        cls.prepare_again(desk)
        cls.waited_again = list(cls.memory.iterdir())
        desk.close()  # SIGTERM
        cls.left_by_desk = [path.read_bytes() for path in cls.memory.iterdir()]

    @staticmethod
    def prepare(desk):
        desk.click(BUTTON, "Prepare a letter")
        desk.find(FIELD, "Name")
        desk.picture("empty")
        desk.type("jess ok")
        desk.sees("Jessica Okafor")
        desk.picture("found")
        desk.press("Return")
        desk.find(FIELD, "Fraud Operations")
        desk.picture("prepared")
        desk.press("Return")
        desk.sees("The kiosk offers it until")
        desk.picture("waiting")

    @staticmethod
    def prepare_again(desk):
        desk.click(FIELD, "Name")
        desk.type("Somebody New")
        desk.click(BUTTON, "Offer it at the kiosk")
        desk.sees("The kiosk offers it until")

    @staticmethod
    def write(kiosk):
        kiosk.sees("To thank")
        kiosk.picture("offered")
        kiosk.click(BUTTON, "Begin with it")
        kiosk.find(FIELD, "Jessica Okafor")
        kiosk.picture("name")
        journey.next_question(kiosk, "What should we call")
        kiosk.write(FIELD, "What should we call", "Jessica")
        journey.next_question(kiosk, "Which department")
        kiosk.find(FIELD, "Fraud Operations")
        kiosk.picture("department")
        journey.next_question(kiosk, "How did you reach")
        kiosk.click(TICK, "By phone")
        return journey.tell_and_send(kiosk)

    def test_the_note_held_what_the_banker_prepared_and_nothing_else(self):
        self.assertEqual(1, len(self.waited))
        note = json.loads(self.waited[0])
        self.assertEqual({"format", "name", "department", "boot", "expires"}, set(note))
        self.assertEqual(("Jessica Okafor", "Fraud Operations"), (note["name"], note["department"]))

    def test_nothing_of_it_was_left_when_the_client_had_gone(self):
        self.assertEqual([], self.left)

    def test_what_nobody_began_does_not_outlive_the_desk(self):
        self.assertEqual((1, 1), (len(self.waited_again), len(self.left_by_desk)))
        self.assertEqual({"format", "boot", "taken_back"}, set(json.loads(self.left_by_desk[0])))  # no name

    def test_the_letter_is_for_whom_the_client_kept(self):
        [waiting] = json.loads(self.branch.call("list", "--json"))
        self.assertEqual(self.number, waiting["short_number"])
        letter = json.loads(self.branch.signed_in("show", self.number, "--json"))["letter"]
        self.assertEqual(("Jessica Okafor", "Jessica", "Fraud Operations", "phone"),
                         tuple(letter["to"][0][key] for key in ("name", "called", "department", "reached")))
        self.assertEqual(journey.ACT, letter["story"]["act"])

    def test_what_the_client_did_not_say_is_not_in_it(self):
        letter = json.loads(self.branch.signed_in("show", self.number, "--json"))["letter"]
        self.assertIsNone(letter["banker"])
        self.assertEqual("no", letter["asked_by_staff"])  # asked once, as everybody is
        self.assertNotIn(BANKER, json.dumps(letter))


if __name__ == "__main__":
    tap.main()
