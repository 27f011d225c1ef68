"""The kiosk's first page and the next, as they are seen on a screen that can only be looked at."""
import configparser
import pathlib
import time

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
PATIENCE = 60  # seconds until a page is seen


def colours():
    letterhead = configparser.ConfigParser()
    letterhead.read(TOP / "resources/letterheads/harbour-vale/letterhead.conf")
    return letterhead["colours"]


def wait_for(look, what):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if answer := look():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"waiting for {what}")


def find_begin(glass):
    """The first page: its only coloured button, on the side where the questions are, below the letterhead's emblem."""
    button = glass.find_middle(colours()["accent"], 200)
    return button if button and button[0] < glass.width / 2 and shows_letterhead(glass) else None


def shows_letterhead(glass):
    gold = bytes.fromhex(colours()["gold"][1:])
    return sum(row.count(gold) for row in glass.rows()[:glass.height // 5]) >= 50


def is_next(glass):
    """The next page: its coloured button lies on the other side."""
    button = glass.find_middle(colours()["accent"], 200)
    return button is not None and button[0] > glass.width / 2


def see_and_begin(glass):
    """Sees the first page, and touches its button until the next page is seen: pages move while they are laid out."""
    wait_for(lambda: find_begin(glass), "the first page on the screen")

    def touch():
        if button := find_begin(glass):
            glass.touch(*button)
        return is_next(glass)

    wait_for(touch, "the page behind the first one")
