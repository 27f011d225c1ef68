"""From a finger that leaves a key of the built-in keyboard, which strikes it, to the painted letter on the sheet: at a real
kiosk on a virtual screen of 1920 by 1080."""
import windows

PRESSES = 1_500  # through the three paragraphs of one letter
LETTERS = (("Latin", "full-page"), ("Arabic", "arabic"))


def measure(full):
    """Rows of (name, value, unit, goal)."""
    for script, letter in LETTERS:
        times, processor_times = windows.watched("bench-touch", PRESSES, letter, 900)
        yield from windows.rows(f"touch of a key to painted sheet, {script}", times, processor_times, "<= 16.7")
