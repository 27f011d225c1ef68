"""What the two benchmarks of writing a letter's PDF share: bench-pdf's lines, added up."""
import collections
import statistics

import harness

BENCH = harness.BUILD / "tests/bench-pdf"
LATIN = ("two-sentences", "full-page", "three-pages", "accents", "two-people", "unknown-surname", "one-piece", "banker",
         "witnessed")

Costs = collections.namedtuple("Costs", "typeset write unfinished lay_out draw draw_text")  # as bench-pdf prints them


def measured(mode, count, names):
    """For each of the letters, a list of its Costs in microseconds."""
    done = harness.run([BENCH, mode, count, *(harness.LETTERS / f"{name}.json" for name in names)], timeout=600)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    costs = collections.defaultdict(list)
    for line in done.stdout.splitlines():
        file, *numbers = line.split()
        costs[file.removesuffix(".json")].append(Costs(*map(float, numbers)))
    return costs


def percentile(values, percent):
    return statistics.quantiles(values, n=100)[percent - 1]


def median(costs, *parts):
    """Microseconds that the named parts together take, each time."""
    return statistics.median(sum(getattr(cost, part) for part in parts) for cost in costs)


def ratio(costs, parts, others):
    return median(costs, *parts) / median(costs, *others)
