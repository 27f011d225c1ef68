"""From a key press to the painted sheet, at a real kiosk on a virtual screen of 1920 by 1080. 2,000 characters are
more than a client writes: the last ones are on a second page, or a third."""
import windows

PRESSES = 2_000  # through the three paragraphs of one letter
LETTERS = (("Latin", "full-page"), ("Arabic", "arabic"), ("Chinese", "chinese"))


def measure(full):
    """Rows of (name, value, unit, goal)."""
    for script, letter in LETTERS:
        times, processor_times = windows.watched("bench-keypress", PRESSES, letter, 900)
        yield from windows.rows(f"key press to painted sheet, {script}", times, processor_times, "<= 16.7")
