"""P19: the same letter, fonts and version give the same bytes: whoever sets it, where and when."""
import hashlib
import os
import pathlib
import resource
import tempfile

import harness
import wall_clock

NUMBER = "6f1c2f0e-3b1a-4c57-9d7e-2a4b6c8d0e1f"


# One row for each thing that may differ between two machines, or two days, and must not matter.
PLACES = {
    "again": {},
    "another locale": {"env": {"LC_ALL": "C", "LANGUAGE": "de", "LANG": "tr_TR.UTF-8"}},
    "another time zone": {"env": {"TZ": "Pacific/Kiritimati"}},
    "another year": {"before": wall_clock.at("@2031-02-03 04:05:06")},
    "before 1970": {"before": wall_clock.at("@1969-12-31 12:00:00")},
    "another home": {"env": {"HOME": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent", "USER": "nobody"}},
    "no environment": {"only": {"PATH": "/usr/bin:/bin"}},
    "an environment that asks for more": {"env": {"SOURCE_DATE_EPOCH": "1", "PANGOCAIRO_BACKEND": "fontconfig",
                                                  "G_DEBUG": "fatal-warnings", "MALLOC_PERTURB_": "85"}},
    "other rights": {"preexec_fn": lambda: os.umask(0)},
    "another folder": {"cwd": "/"},
    "few descriptors": {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))},
}


# All of it at once, for the letters that are not tried in each.
ELSEWHERE = {"before": wall_clock.at("@2031-02-03 04:05:06"), "cwd": "/", "preexec_fn": lambda: os.umask(0),
             "only": {"PATH": "/usr/bin:/bin", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "HOME": "/nonexistent"}}


def render(letter, out, place):
    environment = place.get("only") or {**os.environ, **place.get("env", {})}
    made = harness.run([*place.get("before", []), harness.ACCOLADE, "render", letter, "-o", out, "--number", NUMBER],
                       env=environment, cwd=place.get("cwd"), preexec_fn=place.get("preexec_fn"))
    return hashlib.sha256(out.read_bytes()).hexdigest() if made.returncode == 0 else f"{made.returncode}: {made.stderr}"


@harness.promise("P19", ci=1, deep=12)
def same_letter_same_bytes(cases):
    """Every letter of the fixtures, set again elsewhere and at another time, is the same PDF byte for byte."""
    letters = sorted(harness.LETTERS.glob("*.json"))
    different = set()
    with tempfile.TemporaryDirectory(prefix="accolade-") as home, tempfile.TemporaryDirectory(prefix="elsewhere-") as other:
        for position, letter in enumerate(letters):
            first = render(letter, pathlib.Path(home) / "letter.pdf", {})
            different.add(first)
            for what, place in (PLACES if position < cases.size else {"elsewhere": ELSEWHERE}).items():
                again = render(letter, pathlib.Path(other) / "x.pdf", place)
                (pathlib.Path(other) / "x.pdf").unlink(missing_ok=True)
                cases.hold(again == first, f"{letter.name}, {what}: {again} instead of {first}")
    cases.hold(len(different) == len(letters), "two letters are one PDF")
