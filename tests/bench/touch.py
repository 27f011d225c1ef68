"""From a finger that leaves a key of the built-in keyboard, which strikes it, to the painted letter on the sheet: at a real
kiosk on a virtual screen of 1920 by 1080."""
import windows

PRESSES = 1_500  # through the three paragraphs of one letter
LETTERS = (("Latin", "full-page"), ("Arabic", "arabic"))


def measure(full):
    """Rows of (name, value, unit, goal)."""
    yield from windows.typed("touch of a key", "bench-touch", PRESSES, LETTERS)
