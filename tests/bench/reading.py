"""From "Read your letter" to the picture of its first page, at a real kiosk on a virtual screen of 1920 by 1080."""
import windows

PRESSES = 200
LETTERS = (("Latin", "full-page", "<= 60"), ("Chinese", "chinese", "<= 150"))


def measure(full):
    """Rows of (name, value, unit, goal)."""
    for script, letter, goal in LETTERS:
        times, processor_times = windows.watched("bench-reading", PRESSES * (5 if full else 1), letter, 900)
        yield from windows.rows(f"Read your letter to its first page, {script}", times, processor_times, goal)
