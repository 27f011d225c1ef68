"""The desk with many letters: from "Sign in" to a usable queue, and what it takes then to scroll, open and search.

"usable" is told without what the key itself costs, and as a ratio to the smallest branch of the same run."""
import os
import statistics
import tempfile

import harness
import windows

COUNTS = (1000, 10000)
FULL = (100000,)


def measured(count):
    """What bench-desk tells of a branch with @count letters: lists of (milliseconds, of them the main thread's)."""
    with tempfile.TemporaryDirectory() as home, harness.branch(home) as branch:
        branch.import_staff()
        made = harness.run([harness.BUILD / "tests/bench-make-letters", branch.store, branch.passphrase, count, "open"],
                           timeout=3600)
        if made.returncode != 0:
            raise AssertionError(made.stderr)
        done = harness.run([*windows.SCREEN, harness.BUILD / "tests/bench-desk", branch.store, harness.PASSPHRASE],
                           timeout=3600, env={**os.environ, **windows.ENVIRONMENT, "GTK_A11Y": "test"})
        if done.returncode != 0:
            raise AssertionError(done.stderr)
    told = {}
    for line in done.stdout.splitlines():
        what, wall, processor = line.split()
        told.setdefault(what, []).append((int(wall) / 1000, int(processor) / 1000))
    return told


def p99(values):
    return statistics.quantiles(values, n=100, method="inclusive")[98] if len(values) > 1 else values[0]


def measure(full):
    """Rows of (name, value, unit, goal)."""
    first = None
    for count in COUNTS + (FULL if full else ()):
        told = measured(count)
        many = f"{count:,} letters"
        key = min(wall for wall, processor in told["key"])
        usable = told["usable"][0][0] - key
        first = first or usable
        yield f"sign-in to a usable queue without the key, {many}", usable, "ms", ""
        yield f"… beside {COUNTS[0]:,} letters, {many}", usable / first, "ratio", "<= 1.2"
        yield f"sign-in to the first letter open without the key, {many}", told["first"][0][0] - key, "ms", ""
        yield f"sign-in to all of them read and indexed, {many}", told["whole"][0][0] / 1000, "s", ""
        for what, name, goal in (("reading", "a frame while they are read", ""), ("scroll", "a frame while scrolling", "<= 16.7"),
                                 ("open", "opening a letter", "<= 50"),
                                 ("search", "a key in the search to the painted answer", "<= 20" if count <= 10000 else "<= 100")):
            walls, processors = zip(*told.get(what, [(0, 0)]))
            yield f"{name}, {many}, p50", statistics.median(walls), "ms", ""
            yield f"{name}, {many}, p99", p99(walls), "ms", goal
            yield f"{name}, {many}, main thread, p99", p99(processors), "ms", ""
