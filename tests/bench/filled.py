"""Branches with many letters, for the benchmarks: each size is made once a run, and read by all of them."""
import atexit
import contextlib
import functools

import harness

MAKE = harness.BUILD / "tests/bench-make-letters"
BIG, BIGGEST = 10_000, 100_000  # letters of 20 kB: on every run, and with --full

kept = contextlib.ExitStack()
atexit.register(kept.close)


@functools.cache
def branch(letters):
    """A branch whose archive holds so many letters, until the end of the run."""
    filled = kept.enter_context(harness.branch())
    made = harness.run([MAKE, filled.store, filled.passphrase, letters], timeout=3600)
    if made.returncode != 0:
        raise AssertionError(made.stderr)
    return filled
