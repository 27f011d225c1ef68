"""What a durable submission costs beside a bare insert of the same bytes, and what verify and backup add to it."""
import itertools
import statistics
import threading

import filled
import harness

SUBMIT = harness.BUILD / "tests/bench-submit"
LETTER = harness.LETTERS / "two-sentences.json"
PAIRS = 400
BESIDE = 300  # submissions, while others work on the store or not
PAUSE = 20_000  # microseconds between them


def submitted(branch, count, *pause):
    """Three lists of microseconds: of sealing, of submissions, and of bare inserts."""
    done = harness.run([SUBMIT, branch.store, LETTER, harness.rendered(branch.home), count, *pause], timeout=600)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return zip(*([int(word) for word in line.split()] for line in done.stdout.splitlines()))


def percentile(values, percent):
    return statistics.quantiles(values, n=100)[percent - 1]


def keep_busy(branch, closing):
    """Verifies and backs up, again and again. To unlink a large file holds every fsync up, so the backups stay."""
    for number in itertools.count():
        if closing.is_set():
            return
        branch.done("backup", branch.home / f"{number}.backup")
        branch.call("verify")


def measure(full):
    """Rows of (name, value, unit, goal)."""
    with harness.branch() as branch:
        sealed, kept, bare = submitted(branch, PAIRS)
    yield "sealing, while the client reads, p50", percentile(sealed, 50) / 1000, "ms", ""
    for percent in (50, 99):
        yield f"submit of a ready PDF, p{percent}", percentile(kept, percent) / 1000, "ms", ""
        yield f"bare insert of the same bytes, p{percent}", percentile(bare, percent) / 1000, "ms", ""
    yield "submit to bare insert, p50", percentile(kept, 50) / percentile(bare, 50), "ratio", "<= 1.5"

    letters = filled.BIGGEST if full else filled.BIG
    branch = filled.branch(letters)
    _, alone, _ = submitted(branch, BESIDE, PAUSE)
    closing = threading.Event()
    others = threading.Thread(target=keep_busy, args=(branch, closing))
    others.start()
    try:
        _, beside, _ = submitted(branch, BESIDE, PAUSE)
    finally:
        closing.set()
        others.join()
    for percent in (50, 99):
        longer = (percentile(beside, percent) - percentile(alone, percent)) / 1000
        yield f"submit waits longer beside verify and backup of {letters:,}, p{percent}", longer, "ms", "<= 50"
