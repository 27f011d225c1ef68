#!/usr/bin/python3
"""The kiosk is locked: real keys and a real pointer open nothing that the kiosk has not made. Judged by the X server: every
window that is shown, however briefly, is counted. And its program has nothing in it that opens a sealed letter."""
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "journey"))
import tap  # noqa: E402
from branch import BUILD, Branch  # noqa: E402
from journey import BUTTON, FIELD, TICK  # noqa: E402
from person import PATIENCE, Person, Screen  # noqa: E402

CODE = "20261122"
STAFF_CHORD = "ctrl+alt+shift+e"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
POINTS = "period comma semicolon slash apostrophe bracketleft minus equal grave 1 5 9".split()
NAMED = ("Print Menu Pause Scroll_Lock Insert Undo Redo Find Cancel Break Execute Sys_Req XF86Search XF86HomePage "
         "XF86Mail XF86Calculator XF86PowerOff XF86Sleep XF86MenuKB Super_L Super_R Alt_L Control_L Hyper_L Meta_L "
         "shift+Insert ctrl+Insert ctrl+Menu shift+Menu alt+space alt+Return alt+Tab ctrl+alt+Delete ctrl+alt+BackSpace "
         "ctrl+space ctrl+shift+space super+space alt+Left alt+Right alt+Home ctrl+Page_Up ctrl+Page_Down ctrl+Escape "
         "alt+Escape ctrl+shift+Escape super+Escape alt+Up alt+Down").split()


def chords():
    """More than three hundred. Those few with which a client edits do what they are for, and so they are not here."""
    for number in range(1, 13):
        for held in ("", "ctrl+", "alt+", "shift+", "super+", "ctrl+alt+", "ctrl+shift+", "alt+shift+"):
            yield f"{held}F{number}"
    for key in LETTERS:
        for held in ("ctrl+", "alt+", "super+", "ctrl+shift+", "ctrl+alt+", "ctrl+alt+shift+"):
            if not (held == "ctrl+" and key in "acvx") and held + key != STAFF_CHORD:
                yield held + key
    for key in POINTS:
        for held in ("ctrl+", "alt+", "super+", "ctrl+shift+"):
            yield held + key
    yield from NAMED


class Watch:
    """Every window that is shown from now on, as the X server tells. A window of our own at either end tells that it
    watches, and that it has seen all."""

    def __init__(self):
        self.told = tempfile.NamedTemporaryFile("r")
        self.watcher = subprocess.Popen(["stdbuf", "-oL", "xev", "-root", "-event", "substructure"], stdout=open(self.told.name, "w"))
        self.before = self.mark(0)

    def count(self):
        self.told.seek(0)
        return self.told.read().count("MapNotify")

    def mark(self, before):
        """Shows windows until one is told of more than @before and what comes with it; gives how many were."""
        for _ in range(100):
            marker = subprocess.Popen(["xev", "-geometry", "1x1+0+0"], stdout=subprocess.PIPE)
            marker.stdout.readline()
            while b"MapNotify" not in marker.stdout.readline():
                pass
            marker.kill()
            marker.wait()
            marker.stdout.close()
            time.sleep(0.05)
            if self.count() > before:
                return self.count()
        raise AssertionError("nobody watches")

    def shown(self, at_least=0):
        """How many there were; where some are wanted they are waited for."""
        deadline = time.monotonic() + PATIENCE
        while self.count() < self.before + at_least and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.3)  # what was pressed last may open a window still
        seen = self.count()
        self.mark(seen)
        self.watcher.kill()
        self.watcher.wait()
        return seen - self.before


class Locked(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.branch = Branch()
        cls.branch.call("kiosk", "exit-code", input=CODE + "\n")
        cls.screen = Screen(1366, 768)

    @classmethod
    def tearDownClass(cls):
        cls.screen.close()
        cls.branch.close()

    def start(self, *options):
        kiosk = Person(BUILD / "ui/kiosk/accolade-kiosk", "--store", self.branch.store, *options)
        self.addCleanup(lambda: (kiosk.process.kill(), kiosk.process.wait()))
        kiosk.click(BUTTON, "Write a letter")
        return kiosk

    def windows_of(self, kiosk):
        """The kiosk's, as assistive technology sees them."""
        for application in kiosk.atspi.Registry.getDesktop(0):
            if application and application.get_process_id() == kiosk.process.pid:
                return [window.getRoleName() for window in application]
        return []

    def press_all(self, kiosk, field, text):
        """Presses every chord with the caret in @field, which holds @text before and after."""
        pressed = list(chords())
        self.assertGreater(len(pressed), 300)
        watch = Watch()
        for start in range(0, len(pressed), 50):
            subprocess.run(["xdotool", "key", "--delay", "6", *pressed[start:start + 50]], check=True)
        self.assertEqual(0, watch.shown())
        self.assertIsNone(kiosk.process.poll())
        self.assertEqual(["frame"], self.windows_of(kiosk))
        kiosk.wait_for(lambda: kiosk.text_of(field) == text, f"“{text}”")

    def test_chords_open_nothing_in_an_entry_and_in_a_story(self):
        kiosk = self.start()
        kiosk.write(FIELD, "Who helped you", "Jessica")
        self.press_all(kiosk, kiosk.find(FIELD, "Who helped you"), "Jessica")
        for question in ("What should we call", "Which department", "How did you reach"):
            kiosk.click(BUTTON, "Next")
            kiosk.find(None, question)
            if question.startswith("Which"):
                kiosk.write(FIELD, question, "Cards")
        kiosk.click(TICK, "By phone")
        kiosk.click(BUTTON, "Next")
        kiosk.sees("What were you trying to do?")
        kiosk.type("A card was lost.")
        kiosk.sees("A card was lost.")
        story = kiosk.wait_for(lambda: kiosk.look("text|entry", "A card was lost."), "the story")
        self.press_all(kiosk, story, "A card was lost.")

    def test_chords_open_nothing_before_the_code(self):
        kiosk = self.start()
        kiosk.press(STAFF_CHORD)
        kiosk.sees("the exit code")
        field = kiosk.find("password text|text|entry", None)
        self.press_all(kiosk, field, kiosk.text_of(field))
        kiosk.sees("the exit code")

    def test_other_buttons_a_long_press_and_dragging_open_nothing(self):
        kiosk = self.start()
        kiosk.write(FIELD, "Who helped you", "Jessica")
        field = kiosk.find(FIELD, "Who helped you")
        box = field.queryComponent().getExtents(kiosk.atspi.WINDOW_COORDS)
        x, y = str(box.x + 50), str(box.y + box.height // 2)
        watch = Watch()
        subprocess.run(["xdotool", "mousemove", x, y, "click", "--repeat", "2", "--delay", "40", "1", "sleep", "0.3"], check=True)
        for button in "2", "3", "8", "9":
            subprocess.run(["xdotool", "mousemove", x, y, "click", button, "sleep", "0.1", "mousemove", "700", "400",
                            "click", button, "sleep", "0.1", "mousemove", "40", "40", "click", button], check=True)
        # A long press, and what is selected dragged away.
        subprocess.run(["xdotool", "mousemove", x, y, "mousedown", "1", "sleep", "1.2", "mouseup", "1"], check=True)
        subprocess.run(["xdotool", "mousemove", x, y, "click", "--repeat", "2", "--delay", "40", "1", "sleep", "0.6", "mousedown", "1",
                        "mousemove_relative", "60", "5", "sleep", "0.1", "mousemove_relative", "90", "60", "sleep", "0.1",
                        "mousemove_relative", "90", "90", "sleep", "0.2", "mouseup", "1"], check=True)
        self.assertEqual(0, watch.shown())
        self.assertEqual(["frame"], self.windows_of(kiosk))
        self.assertEqual("Jessica", kiosk.text_of(field))

    def test_keys_that_close_windows_close_nothing(self):
        kiosk = self.start()
        kiosk.press("alt+F4", "ctrl+q", "ctrl+w")
        kiosk.write(FIELD, "Who helped you", "Jessica")

    def test_the_debuggers_key_is_off_even_where_nothing_swallows_it(self):
        schemas = ["gsettings", "--schemadir", BUILD / "resources/settings", "get", "org.gtk.gtk4.Settings.Debug"]
        told = subprocess.run([*schemas, "enable-inspector-keybinding"], text=True, capture_output=True, check=True).stdout
        self.assertEqual(False, json.loads(told))
        kiosk = self.start("--windowed")
        watch = Watch()
        kiosk.press("ctrl+shift+i", "ctrl+shift+d")
        self.assertEqual(0, watch.shown())

    def test_in_a_window_for_development_a_menu_does_open_and_is_counted(self):
        kiosk = self.start("--windowed")
        kiosk.write(FIELD, "Who helped you", "Jessica")
        watch = Watch()
        kiosk.press("shift+F10")
        self.assertLess(0, watch.shown(at_least=1))

    def test_staff_get_in_and_the_program_ends_as_they_have_chosen(self):
        kiosk = self.start()
        for _ in range(5):
            kiosk.point(30, 30)
        kiosk.sees("the exit code")
        kiosk.type(CODE)
        kiosk.press("Return")
        kiosk.sees("The kiosk is open for clients")
        kiosk.click(BUTTON, "Shut down")
        kiosk.sees("Shut the kiosk down?")
        kiosk.press("Tab", "Return")
        self.assertEqual(10, kiosk.process.wait(PATIENCE))


class Program(unittest.TestCase):
    def test_the_kiosk_links_no_code_that_opens_a_seal(self):
        done = subprocess.run(["nm", BUILD / "ui/kiosk/accolade-kiosk"], check=True, text=True, capture_output=True)
        for symbol in ("acc_unseal", "acc_letter_key_open", "acc_bankers_sign_in", "acc_identity_", "crypto_box_seal_open",
                       "aead_xchacha20poly1305_ietf_decrypt", "crypto_secretbox_open"):
            self.assertNotIn(symbol, done.stdout)
        self.assertIn("acc_seal", done.stdout)


if __name__ == "__main__":
    tap.main()
