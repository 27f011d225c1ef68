"""The index of the letters' words alone: questions typed key by key, each asked of the whole index."""
import statistics

import harness

COUNTS = (("10,000 letters", 10000, "<= 20"),)
FULL = (("100,000 letters", 100000, "<= 100"),)
QUESTIONS = 200


def measure(full):
    """Rows of (name, value, unit, goal)."""
    for many, count, goal in COUNTS + (FULL if full else ()):
        done = harness.run([harness.BUILD / "tests/bench-search", count, QUESTIONS], timeout=3600)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        each, *lines = done.stdout.splitlines()
        walls, processors = zip(*((int(wall) / 1000, int(processor) / 1000)
                                  for wall, processor, *_ in (line.split("\t") for line in lines)))
        yield f"a letter put into the index, {many}", float(each), "us", ""
        for kind, values, aim in (("", walls, goal), (", processor time", processors, "")):
            hundredths = statistics.quantiles(values, n=100)
            yield f"a key of a question, {many}{kind}, p50", hundredths[49], "ms", ""
            yield f"a key of a question, {many}{kind}, p99", hundredths[98], "ms", aim
