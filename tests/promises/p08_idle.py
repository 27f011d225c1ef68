"""P8: nobody is hurried, and nothing stands for ever. The real windows are left alone, with a wall clock that is set forth
and back meanwhile, and with one that is not; each touch is tried by which somebody says that they are there."""
import contextlib
import os
import pathlib
import subprocess
import time

import at_kiosk
import harness
from at_kiosk import ASKED, BUTTON, FIELD, tell

QUIET, WARNING = 10, 20  # seconds: the least that may be set
LOCK = 60                # … and of the desk
LATE = 12                # seconds by which a busy machine may be late
NAME = "Qbrxkdfgh"
WALL_CLOCK = {"LD_PRELOAD": "/usr/$LIB/faketime/libfaketime.so.1", "DONT_FAKE_MONOTONIC": "1",
              "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_NO_CACHE": "1"}
MOVES = ("+2h", "-3d", "+400d", "-2h", "+0")


class Clock:
    """A wall clock that is set forth and back for one program, as long as it is waited for."""

    def __init__(self, home, moving):
        self.file = pathlib.Path(home, "wall-clock")
        self.moving, self.moves = moving, 0
        self.file.write_text("+0")

    @contextlib.contextmanager
    def worn(self):
        """What is started now wears it."""
        before = dict(os.environ)
        if self.moving:
            os.environ.update(WALL_CLOCK, FAKETIME_TIMESTAMP_FILE=str(self.file))
        yield
        os.environ.clear()
        os.environ.update(before)

    def move(self):
        self.file.write_text(MOVES[self.moves % len(MOVES)])
        self.moves += 1

    def tells(self):
        """Seconds by which a program that wears it is wrong."""
        with self.worn():
            return abs(int(subprocess.run(["date", "+%s"], capture_output=True, text=True, check=True).stdout) - time.time())

    def wait(self, person, look, what, seconds, since):
        """Until look() is true; how long that is @since, the clock being set each half second."""
        moved = [0.0]

        def see():
            if self.moving and time.monotonic() - moved[0] > 0.5:
                moved[0] = time.monotonic()
                self.move()
            return look()

        person.wait_for(see, what, seconds)
        return time.monotonic() - since


def begin_letter(person):
    person.click(BUTTON, "Write a letter")
    person.write(FIELD, "Who helped you", NAME)


def do_last(person):
    """The last that somebody does before they are quiet; a moment before the program can know of it."""
    began = time.monotonic()
    person.press("shift")
    return began


def is_asked(person):
    return person.look(None, ASKED)


def untouched(moving):
    """Left alone: asked, counted down, forgotten."""
    with at_kiosk.place() as place, at_kiosk.screen():
        clock = Clock(place.branch.home, moving == "moving")
        if clock.moving:
            clock.move()
            tell(clock.tells() > 3600, "the wall clock can be set")
        place.configure("kiosk", idle=QUIET, warning=WARNING)
        with clock.worn():
            person = place.kiosk()
        begin_letter(person)
        began = do_last(person)
        quiet = clock.wait(person, lambda: is_asked(person), ASKED, QUIET + LATE, began)
        tell(QUIET <= quiet <= QUIET + LATE, f"asked after {quiet:.1f} s")
        person.sees("seconds left")
        gone = clock.wait(person, lambda: not is_asked(person), "the end of the wait", WARNING + LATE, began)
        tell(QUIET + WARNING <= gone <= QUIET + WARNING + 2 * LATE, f"asked after {quiet:.1f} s, gone after {gone:.1f} s")
        person.find(BUTTON, "Write a letter")
        tell(not person.look(None, NAME), "the letter is gone")
        person.close()


def touch(person):
    person.point(300, 20)


def press_a_key(person):
    person.press("shift")


def move_the_pointer(person):
    subprocess.run(["xdotool", "mousemove_relative", "40", "30"], check=True)


def act_by_assistive_technology(person):
    person.find(BUTTON, "I am still here").queryAction().doAction(0)


def extended():
    """Whatever somebody does, the letter stays, and is asked after again."""
    with at_kiosk.place() as place, at_kiosk.screen():
        place.configure("kiosk", idle=QUIET, warning=WARNING)
        person = place.kiosk()
        begin_letter(person)
        for deed in (touch, press_a_key, move_the_pointer, act_by_assistive_technology):
            person.wait_for(lambda: is_asked(person), ASKED, QUIET + LATE)
            deed(person)
            person.wait_for(lambda: not is_asked(person), f"{deed.__name__} to be an answer")
            tell(person.look(None, NAME), f"{deed.__name__} keeps the letter")
        person.close()


def desk(moving):
    """A banker's session is locked once nobody is there, whatever the wall clock says."""
    with at_kiosk.place() as place, at_kiosk.screen():
        clock = Clock(place.branch.home, moving == "moving")
        place.configure("desk", lock=LOCK // 60)
        with clock.worn():
            person = place.desk()
        person.write_secret(FIELD, "Passphrase", harness.PASSPHRASE)
        person.click(BUTTON, "Sign in")
        person.find(BUTTON, "Sign out")
        began = do_last(person)
        quiet = clock.wait(person, lambda: person.look(None, "Nobody was at the desk"), "the lock", LOCK + LATE, began)
        tell(LOCK <= quiet <= LOCK + LATE, f"locked after {quiet:.1f} s")
        person.close()


@harness.promise("P8", ci=1, deep=4)
def nobody_is_hurried_and_nothing_stands(cases):
    """Idle: asked, 20 s or more to answer by any touch, then forgotten; the desk locks. No wall clock moves either."""
    scenes = [("desk", "moving"), ("untouched", "still"), ("untouched", "moving"), ("extended",)]
    at_kiosk.play(cases, "p08_idle", scenes * cases.size, 240, at_a_time=4)  # they wait, most of the time


@harness.promise("P8", ci=1, deep=1)
def the_desk_locks_to_the_microsecond(cases):
    """A banker's session ends after 5 quiet minutes and after 4 hours, by a clock that the test sets."""
    for passed, name in harness.tests_of("desk-lock", around=["xvfb-run", "-a", "-s", "-screen 0 1920x1080x24"]):
        cases.hold(passed, name)
