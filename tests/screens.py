#!/usr/bin/python3
"""Contact sheets of every page of the kiosk, for people to look at: each screen, text size, look and language.

tests/run --screens [WORD…] makes those whose name holds every word, such as "1366x768 ar"."""
import itertools
import os
import pathlib
import shutil
import subprocess
import sys

BUILD = pathlib.Path(os.environ["ACCOLADE_BUILD"])
FOLDER = BUILD / "screens"

SIZES = ("1366x768", "1920x1080", "1080x1920")
TEXTS = ("1", "1.25", "1.6", "2")
LOOKS = ("light", "high-contrast", "dark")
LANGUAGES = ("en", "ar")
KEYBOARD = "off"


def make_sheet(name, size, text, language, look):
    """One contact sheet: the pages in the order in which a client meets them."""
    pages = FOLDER / name
    shutil.rmtree(pages, ignore_errors=True)
    pages.mkdir(parents=True)
    environment = dict(os.environ, GDK_BACKEND="x11", GSK_RENDERER="cairo", GTK_A11Y="test", LC_ALL="C.UTF-8")
    subprocess.run(["xvfb-run", "-a", "-s", "-screen 0 1920x1920x24", BUILD / "tests/screens", pages, size, text, language, look,
                    KEYBOARD], check=True, env=environment, stdout=subprocess.DEVNULL, timeout=300)
    width, height = map(int, size.split("x"))
    wide = min(640, 640 * width // height)
    subprocess.run(["montage", "-label", "%t", *sorted(pages.glob("*.png")), "-geometry", f"{wide}x{wide * height // width}+6+6",
                    "-tile", "5x", f"{pages}.png"], check=True)
    shutil.rmtree(pages)


def main():
    for size, text, language, look in itertools.product(SIZES, TEXTS, LANGUAGES, LOOKS):
        name = f"{size} {text} {language} {look}"
        if all(word in name.split() for words in sys.argv[1:] for word in words.split()):
            make_sheet(name, size, text, language, look)
            print(FOLDER / f"{name}.png", flush=True)


if __name__ == "__main__":
    main()
