"""P7: after a crash a letter in the making is at most two seconds old, and whoever knows its addressee may go on with it.
The real kiosk is killed while somebody types; what it leaves is looked at, and then what it offers."""
import os
import pathlib
import random
import signal
import stat
import time

import at_kiosk
import harness
from at_kiosk import BUTTON, OFFERED, tell

OLDEST = 2    # seconds
OFFER = 30
SECONDS = 60  # that one kill, and what follows it, may take on a busy machine


def word():
    return "q" + "".join(random.choice("bcdfghjklmnpqrstvwxz") for _ in range(random.randint(3, 11)))


def shown(person):
    return " ".join(filter(None, (person.text_of(thing) for thing in person._walk(person.window))))


def type_for(person, seconds):
    """Words without a pause, for so long after the first: [(when the kiosk had it, all that it had by then)]. What somebody has
    typed may still be on its way to a busy machine's window."""
    typed, text = [], ""
    while not typed or time.monotonic() < typed[0][0] + seconds:
        text += word() + " "
        person.type(text.split(" ")[-2] + " ")
        person.sees(text.strip())
        typed.append((time.monotonic(), text))
    return typed


def crash(place):
    """A kiosk that is killed while somebody types into the story: who was written to, and what must be there."""
    name = f"{word().title()} {word().title()}"
    person = place.kiosk()
    at_kiosk.say_who(person, {"name": name, "called": word(), "department": word()})
    typed = type_for(person, random.uniform(OLDEST + 0.5, OLDEST + 4))
    person.process.send_signal(signal.SIGKILL)
    killed = time.monotonic()
    person.process.wait()
    due = [text for when, text in typed if when <= killed - OLDEST]
    return name, due[-1].strip()


def look_at_draft(place, due):
    drafts = place.drafts()
    if not tell(len(drafts) == 1 and drafts[0].is_file(), f"one draft is left: {drafts}"):
        return
    tell(stat.S_IMODE(drafts[0].stat().st_mode) == 0o600, "nobody else may read it")
    tell(due in drafts[0].read_text(), f"it is at most {OLDEST} seconds old: “{due}” in {drafts[0].read_text()}")


def refuse(person, name):
    person.click(BUTTON, "It is not mine")


def guess(person, name):
    for guessed in (name.split()[0], "Jessica Okafor", ""):
        person.press("ctrl+a", "BackSpace")
        person.type(guessed)
        person.press("Return")
        time.sleep(0.3)


def claim(person, name):
    person.type(name.upper())
    person.press("Return")


def kills(n):
    """Killed again and again; what is left is claimed, guessed at or refused."""
    with at_kiosk.place() as place, at_kiosk.screen():
        for i in range(int(n)):
            name, due = crash(place)
            look_at_draft(place, due)
            person = place.kiosk()
            person.sees(OFFERED)
            tell(not place.drafts(), "what is offered is erased already")
            tell(name not in shown(person) and due not in shown(person), "nothing of it is shown before")
            answer = (claim, guess, refuse)[i % 3]
            answer(person, name)
            if answer is claim:
                person.sees("What were you trying to do?")
                tell(due in shown(person), f"it goes on with “{due}”: {shown(person)}")
            else:
                person.find(BUTTON, "Write a letter")
                tell(due not in shown(person), "nobody else gets it")
            person.close()
            tell(not place.drafts(), "a clean end leaves none")


def unclaimed():
    """Nobody wants it: after half a minute it is gone, and nobody has seen it."""
    with at_kiosk.place() as place, at_kiosk.screen():
        name, due = crash(place)
        person = place.kiosk()
        person.sees(OFFERED)
        began = time.monotonic()
        person.wait_for(lambda: not person.look(None, OFFERED), "the end of the offer", OFFER + 20)
        tell(OFFER - 3 <= time.monotonic() - began <= OFFER + 10, f"offered for {time.monotonic() - began:.1f} s")
        person.find(BUTTON, "Write a letter")
        tell(name not in shown(person) and due not in shown(person), "nobody has seen it")
        tell(not place.drafts(), "it is erased")
        person.close()


# What may lie where the draft is looked for: made of a good one at its path.
def cut(path, good):
    path.write_bytes(good[:random.randrange(len(good))])


def noise(path, good):
    path.write_bytes(random.randbytes(random.randrange(1, 4096)))


def gigabyte(path, good):
    with open(path, "wb") as file:
        file.truncate(1 << 30)


def link(path, good):
    elsewhere = path.parent / "elsewhere"
    elsewhere.write_bytes(good)
    path.symlink_to(elsewhere)


def fifo(path, good):
    os.mkfifo(path)


def other_version(path, good):
    path.write_bytes(good.replace(b'"format":1', b'"format":2'))


def folder(path, good):
    path.mkdir()


def hostile():
    """What is no draft is ignored and erased, and the kiosk starts."""
    with at_kiosk.place() as place, at_kiosk.screen():
        crash(place)
        path = place.drafts()[0]
        good = path.read_bytes()
        path.unlink()
        for put in (cut, noise, gigabyte, link, fifo, other_version, folder):
            put(path, good)
            person = place.kiosk()
            person.find(BUTTON, "Write a letter")
            tell(not os.path.lexists(path), f"{put.__name__} is erased")
            person.close()
        tell((path.parent / "elsewhere").read_bytes() == good, "what a link leads to is left alone")


def on_disk():
    """Where there is no memory file system nothing is kept."""
    with at_kiosk.place() as place, at_kiosk.screen():
        disk = pathlib.Path(os.environ["HOME"], "session")
        disk.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(disk)
        crash(place)
        left = [path for path in disk.rglob("*") if path.is_file()]
        tell(not left, f"nothing is kept on a disk: {left}")
        person = place.kiosk()
        person.find(BUTTON, "Write a letter")
        person.close()


@harness.promise("P7", ci=5, deep=1000)
def drafts_are_young_and_guarded(cases):
    """A draft is at most 2 s old after a crash, lies in memory only, is offered for 30 s to who knows the addressee."""
    half = cases.size // 2
    scenes = [("kills", half), ("kills", cases.size - half), ("unclaimed",), ("hostile",), ("on_disk",)]
    at_kiosk.play(cases, "p07_draft", scenes, 120 + cases.size * SECONDS)
