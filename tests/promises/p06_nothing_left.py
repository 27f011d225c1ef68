"""P6: nothing is left for the next client. Words that are nowhere else are typed into every answer at the real kiosk and
looked for afterwards, wherever somebody who sits down next, or who comes by the files, could find them."""
import hashlib
import json
import os
import pathlib
import random
import subprocess
import time

import at_kiosk
import canaries
import harness
from at_kiosk import BUTTON, tell

ANSWERS = ("name", "called", "department", "need", "act", "difference", "banker", "words", "author", "contact")
QUIET, WARNING = 15, 20  # seconds: more than a person waits for the next question, on a busy machine
SECONDS = 150            # that one visit may take on a busy machine
NOTE_MINUTES = 10        # for which a note of the desk's is good


def canary():
    return "q" + "".join(random.choice("bcdfghjklmnpqrstvwxz") for _ in range(11))


def read_clipboards():
    """What could be pasted: from the clipboard, and from the primary selection."""
    return b"".join(subprocess.run(["xclip", "-o", "-selection", selection], capture_output=True, timeout=60).stdout
                    for selection in ("clipboard", "primary"))


def open_files(process):
    """(name, bytes) of every file that the kiosk and its helpers hold open, also one that has no name any more."""
    family = [process.pid, *map(int, subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True,
                                                    text=True).stdout.split())]
    for pid in family:
        for link in pathlib.Path(f"/proc/{pid}/fd").glob("*"):
            try:
                if os.path.isfile(link):
                    yield f"{link} -> {os.readlink(link)}", link.read_bytes()
            except OSError:  # closed meanwhile
                pass


def copy_all(person):
    """Selects and copies, as somebody may before they go; then both hold a word."""
    person.press("ctrl+a", "ctrl+c")


def end_with(person, end, place):
    """The client goes, in one of the ways there are; back at the welcome."""
    if end == "finish":
        person.click(BUTTON, "Send")
        person.sees("Your letter is sent")
    elif end == "cancel":
        person.click(BUTTON, "Start again")
        person.sees("Start again?")
        # The question's own button is the later one of two.
        person.press("Tab", "Return")
    else:
        person.wait_for(lambda: person.look(None, at_kiosk.ASKED), at_kiosk.ASKED, QUIET + 20)
        person.wait_for(lambda: not person.look(None, at_kiosk.ASKED), "the end of the wait", WARNING + 20)
        tell(not place.drafts(), f"a draft is left: {place.drafts()}")
    if end == "finish":
        look_everywhere(person, place, "at the farewell")
        person.click(BUTTON, "Back to the start")
    person.find(BUTTON, "Write a letter")


def shown(person):
    return " ".join(filter(None, (person.text_of(thing) for thing in person._walk(person.window))))


def look_everywhere(person, place, when):
    words = place.words
    found = [f"{canaries.in_data(data, words)} in {name}" for name, data in place.files() if canaries.in_data(data, words)]
    tell(not found, f"{when}: {found}")
    found = [f"{canaries.in_data(data, words)} in {name}" for name, data in open_files(person.process)
             if canaries.in_data(data, words)]
    tell(not found, f"{when}, open: {found}")
    tell(not canaries.in_data(read_clipboards(), words), f"{when}: the clipboard or the selection holds it")
    tell(not canaries.in_data(shown(person).encode(), words), f"{when}: it is in the window")


def try_to_bring_back(person, place):
    """The next client undoes and pastes, in a line and in a story."""
    person.click(BUTTON, "Write a letter")
    field = person.click(at_kiosk.FIELD, "Who helped you")
    for keys in (("ctrl+z", "ctrl+z"), ("ctrl+shift+z",), ("ctrl+v",), ("shift+Insert",)):
        person.press(*keys)
    subprocess.run(["xdotool", "click", "2"], check=True)
    tell(person.text_of(field) == "", f"undo or paste brought back “{person.text_of(field)}”")
    tell(not canaries.in_data(shown(person).encode(), place.words), "undo or paste brought a word back")
    person.click(BUTTON, "Start again")
    person.sees("Start again?")
    person.press("Tab", "Return")
    person.find(BUTTON, "Write a letter")


def visits(end, rounds):
    """Clients one after another at one kiosk, who all go in the same way."""
    with at_kiosk.place() as place, at_kiosk.screen():
        if end == "idle":  # the others would be asked whether they are there, where a busy machine is slow
            place.configure("kiosk", idle=QUIET, warning=WARNING)
        person = place.kiosk()
        for _ in range(int(rounds)):
            words = {answer: canary() for answer in ANSWERS}
            place.words = list(words.values())
            at_kiosk.write_letter(person, words)
            if end != "finish":
                person.click(BUTTON, "Back")
                person.click(BUTTON, "Back")
                copy_all(person)
            kept = [path for path, data in place.files() if canaries.in_data(data, place.words)]
            # What is looked for can be found: in the draft, while the letter is being written.
            tell(end == "finish" or any(path in map(str, place.drafts()) for path in kept), f"not even in the draft: {kept}")
            tell(all(path in map(str, place.drafts()) for path in kept), f"while writing, in {kept}")
            end_with(person, end, place)
            look_everywhere(person, place, "afterwards")
            try_to_bring_back(person, place)
        person.close()
        look = [f"{canaries.in_data(data, place.words)} in {name}" for name, data in place.files()
                if canaries.in_data(data, place.words)]
        tell(not look, f"after the kiosk’s end: {look}")


def leave_note(place, words):
    """As the desk leaves it for this kiosk, which runs already."""
    inbox = place.branch.store / "inbox.db"
    path = place.session / f"accolade/handover-{hashlib.sha256(bytes(inbox.resolve())).hexdigest()[:16]}"
    boot = pathlib.Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    now = time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000
    note = {"format": 1, **words, "boot": boot, "expires": now + NOTE_MINUTES * 60 * 10**6}
    new = path.with_suffix(".new")
    new.touch(0o600)
    new.write_text(json.dumps(note, separators=(",", ":")))
    new.rename(path)


def prepared():
    """Clients for whom a banker has prepared a letter, who begin with it, or without it."""
    with at_kiosk.place() as place, at_kiosk.screen():
        person = place.kiosk()
        for begins in ("Begin with it", "Begin without it"):
            words = {name: canary() for name in ("name", "department")}
            place.words = list(words.values())
            leave_note(place, words)
            person.sees(words["name"])
            tell(canaries.in_data(b"".join(data for _, data in place.files()), place.words), "what is looked for can be found")
            person.click(BUTTON, begins)
            field = person.find(at_kiosk.FIELD, "Who helped you")
            tell(person.text_of(field) == (words["name"] if begins == "Begin with it" else ""), f"{begins}: the client’s choice")
            copy_all(person)
            end_with(person, "cancel", place)
            look_everywhere(person, place, begins)
            try_to_bring_back(person, place)
        person.close()


@harness.promise("P6", ci=1, deep=500)
def nothing_is_left(cases):
    """Nothing is left for the next client: in no file, clipboard, selection or undo, however the client before went."""
    rounds = max(1, cases.size // 3)
    at_kiosk.play(cases, "p06_nothing_left", [*(("visits", end, rounds) for end in ("idle", "finish", "cancel")), ("prepared",)],
                  rounds * SECONDS)
