#!/usr/bin/python3
"""From sign-in to routed at the desk, by keys alone and with assistive technology asking: how many keys beside what is
typed, and how long the desk and the accessibility bus take. Whoever presses them needs no time to read or to think."""
import pathlib
import statistics
import sys
import time

TESTS = pathlib.Path(__file__).resolve().parent.parent
LETTERS = (("full-page", "Tomasz Wójcik"), ("two-sentences", "Jessica Okafor"))
ROUNDS = 3
PYTHON = "/usr/bin/python3"  # which has the bindings of the accessibility bus


def measure(full):
    """Rows of (name, value, unit, goal)."""
    import harness  # below tests/promises, which whoever routes does not look into

    done = harness.run([PYTHON, TESTS / "journey/own-session.py", PYTHON, __file__], timeout=900)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    told = [line for line in done.stdout.splitlines() if line[0].isdigit()]  # the accessibility bus has a say, too
    keys, firsts, nexts = zip(*([float(word) for word in line.split()] for line in told))
    yield "keys from sign-in to routed, beside what is typed", max(keys), "keys", "<= 25"
    yield "from the passphrase to the first letter routed, p50", statistics.median(firsts), "s", ""
    yield "… and from there to the next one routed, p50", statistics.median(nexts), "s", ""


def route():
    """One evening's two letters: keys of the first, seconds of both."""
    from branch import Branch
    from desk_keys import Banker

    branch = Branch()
    for letter, _ in LETTERS:
        branch.call("submit", TESTS / f"fixtures/letters/{letter}.json")
    banker = Banker(branch)
    began = time.monotonic()
    banker.sign_in()
    banker.route(LETTERS[0][1])
    first, keys = time.monotonic(), banker.keys
    banker.press("Return")
    banker.route(LETTERS[1][1])
    print(keys, first - began, time.monotonic() - first)
    banker.close()
    branch.close()


if __name__ == "__main__":
    sys.path.insert(0, str(TESTS / "journey"))
    from person import Screen

    screen = Screen(1366, 768)
    for _ in range(ROUNDS):
        route()
    screen.close()
