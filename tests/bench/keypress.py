"""From a key press to the painted sheet, at a real kiosk on a virtual screen of 1920 by 1080. 2,000 characters are
more than a client writes: the last ones are on a second page, or a third."""
import windows

PRESSES = 2_000  # through the three paragraphs of one letter
LETTERS = (("Latin", "full-page"), ("Arabic", "arabic"), ("Chinese", "chinese"))


def measure(full):
    """Rows of (name, value, unit, goal)."""
    yield from windows.typed("key press", "bench-keypress", PRESSES, LETTERS)
