"""Words that must not be found, and where and how they are looked for."""
import base64
import functools
import json
import pathlib
import re
import zlib

import harness

# Every word is of its own, so that a find tells where it came from. Departments are in clear, by intent.
EMPLOYEE, SUPERVISOR = "Xanthe Canaryto", "Barnaby Supercanary"
OWN_SUPERVISOR, COLLEAGUE = "Ottilie Owncanary", "Vera Bankercanary"
MAILS = [f"{word}@canarymail.example" for word in ("employee", "supervisor", "own", "colleague")]
LETTER = {
    "format": 1,
    "to": [{"name": EMPLOYEE, "called": "Calledcanary", "department": "Fraud Operations", "reached": "phone"}],
    "story": {"need": "I needed a needcanary.", "act": "She found the actcanary.",
              "difference": "A differencecanary, that is all."},
    "banker": {"name": COLLEAGUE, "words": "With wordscanary."},
    "from": [{"name": "Mireille Fromcanary", "signature": {"typed": "Mireille Fromcanary"}}],
    "consent": {"version": 1, "file": True, "share": True, "contact": "contactcanary 12"},
    "asked_by_staff": "no", "apart": "The apartcanary was cold.",
    "served_on": "2026-11-20", "date": "2026-11-21", "language": "en", "paper": "letter"}
STAFF = "\n".join([
    "id,name,email,department,supervisor_id",
    f"E1,{EMPLOYEE},{MAILS[0]},Fraud Operations,S1",
    f"S1,{SUPERVISOR},{MAILS[1]},Fraud Operations,",
    f"A1,{harness.BANKER},ana@bank.example,Branches,O1",
    f"O1,{OWN_SUPERVISOR},{MAILS[2]},Branches,",
    f"B1,{COLLEAGUE},{MAILS[3]},Branches,O1", ""])
# What the banker writes: the reason that test-banker declines with, and what every proposed cover says.
BANKERS_WORDS = ["about another branch", "wrote the attached letter"]
WORDS = ["canaryto", "supercanary", "owncanary", "bankercanary", "canarymail", "calledcanary", "needcanary",
         "actcanary", "differencecanary", "wordscanary", "fromcanary", "contactcanary", "apartcanary", "passwordcanary",
         *BANKERS_WORDS]


def write_files(home):
    """The letter and the directory with these words in them: their paths."""
    letter, staff = pathlib.Path(home, "letter.json"), pathlib.Path(home, "staff.csv")
    letter.write_text(json.dumps(LETTER))
    staff.write_text(STAFF)
    return letter, staff


def write_secret(home):
    """What the desk signs in with at the mail or directory server: its path."""
    path = pathlib.Path(home, "secret")
    path.write_text("A passwordcanary\n")
    return path


@functools.cache
def _patterns(word):
    """A word as a program may have written it; data is looked at in lower case, but for base64."""
    plain = [word.encode("utf-8"), word.encode("utf-16-le"), word.encode("utf-16-be"), word.encode().hex().encode()]
    coded = []
    for case in (word, word.capitalize()):
        for shift in range(3):  # base64 looks otherwise at each of three places; the ends depend on the neighbours
            text = base64.b64encode(b"x" * shift + case.encode())
            coded.append(text[4 if shift else 0:len(text) - 4])
    return plain, coded


def _inflated(data):
    """What is compressed in a PDF or a ZIP, as far as it can be read."""
    for match in re.finditer(rb"stream\r?\n|(?=\x78[\x01\x5e\x9c\xda])", data):
        try:
            yield zlib.decompressobj().decompress(data[match.end():], 1 << 20)
        except zlib.error:
            pass


def in_data(data, words=WORDS):
    """The words that these bytes hold, in whatever way they are written."""
    parts = [data, *_inflated(data)]
    lower = [part.lower() for part in parts]
    return [word for word in words
            if any(pattern in part for pattern in _patterns(word)[0] for part in lower)
            or any(pattern in part for pattern in _patterns(word)[1] for part in parts)]


def in_folder(folder, words=WORDS):
    """"word in path" for each word in a file below @folder, or in its name."""
    found = []
    for path in sorted(pathlib.Path(folder).rglob("*")):
        data = path.name.encode() + b"\n" + (path.read_bytes() if path.is_file() and not path.is_symlink() else b"")
        found += [f"{word} in {path}" for word in in_data(data, words)]
    return found
