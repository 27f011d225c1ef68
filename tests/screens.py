#!/usr/bin/python3
"""Contact sheets for people to look at: of the kiosk one for each screen, text size, language and look, with every page that
a client meets; of the desk one for each panel, with every screen, language and look.

tests/run --screens [WORD…] makes those whose name holds every word, such as "kiosk 1366x768 ar"; of the desk's sheets each is
then of fewer screens: "desk dark"."""
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


ENVIRONMENT = dict(os.environ, GDK_BACKEND="x11", GSK_RENDERER="cairo", GTK_A11Y="test", LC_ALL="C.UTF-8")


def take_pictures(name, program, *arguments):
    """A folder with a picture of each page that the program meets."""
    pages = FOLDER / name
    shutil.rmtree(pages, ignore_errors=True)
    pages.mkdir(parents=True)
    subprocess.run(["xvfb-run", "-a", "-s", "-screen 0 1920x1920x24", BUILD / "tests" / program, pages, *arguments],
                   check=True, env=ENVIRONMENT, stdout=subprocess.DEVNULL, timeout=600)
    return pages


def join(pictures, sheet, width, height, columns):
    """@pictures: each with what stands below it."""
    labelled = [word for label, picture in pictures for word in ("-label", label, picture)]
    subprocess.run(["montage", *labelled, "-geometry", f"{width}x{height}+6+6", "-tile", f"{columns}x", sheet], check=True)
    print(sheet, flush=True)


def make_kiosk_sheet(name, size, text, language, look):
    """One contact sheet: the pages in the order in which a client meets them."""
    pages = take_pictures(name, "screens", size, text, language, look, KEYBOARD)
    width, height = map(int, size.split("x"))
    wide = min(640, 640 * width // height)
    join([(picture.stem, picture) for picture in sorted(pages.glob("*.png"))], f"{pages}.png", wide, wide * height // width, 5)
    shutil.rmtree(pages)


def make_desk_sheets(names):
    """One contact sheet for each panel: the screens in rows."""
    folders = [take_pictures(name, "desk-screens", *name.split()[1:]) for name in names]
    for panel in sorted({picture.stem for folder in folders for picture in folder.glob("*.png")}):
        join([(folder.name, folder / f"{panel}.png") for folder in folders], FOLDER / f"desk {panel}.png", 960, 720, 3)
    for folder in folders:
        shutil.rmtree(folder)


def is_wanted(name):
    return all(word in name.split() for words in sys.argv[1:] for word in words.split())


def main():
    for size, text, language, look in itertools.product(SIZES, TEXTS, LANGUAGES, LOOKS):
        name = f"kiosk {size} {text} {language} {look}"
        if is_wanted(name):
            make_kiosk_sheet(name, size, text, language, look)
    make_desk_sheets([name for name in (f"desk {size} {language} {look}"
                                        for size, language, look in itertools.product(SIZES, LANGUAGES, LOOKS)) if is_wanted(name)])


if __name__ == "__main__":
    main()
