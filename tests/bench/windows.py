"""What the benchmarks of windows share: a virtual screen of one's own, and a program that tells of its frames."""
import os
import statistics

import harness

ENVIRONMENT = {"GDK_BACKEND": "x11", "GSK_RENDERER": "cairo", "GTK_A11Y": "none"}
SCREEN = ("xvfb-run", "-a", "-s", "-screen 0 1920x1920x24")


def watched(program, count, letter, timeout):
    """Two lists of milliseconds: until something was painted, and of the main thread's processor time in them."""
    arguments = [*SCREEN, harness.BUILD / "tests" / program, count, harness.LETTERS / f"{letter}.json"]
    done = harness.run(arguments, timeout=timeout, env={**os.environ, **ENVIRONMENT})
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return zip(*([int(word) / 1000 for word in line.split()] for line in done.stdout.splitlines()))


def rows(what, times, processor_times, goal):
    """Medians and 99th percentiles. What other programs take counts in the first, and not in the second."""
    for kind, values, aim in (("", times, goal), (", processor time", processor_times, "")):
        hundredths = statistics.quantiles(values, n=100)
        yield f"{what}{kind}, p50", hundredths[49], "ms", ""
        yield f"{what}{kind}, p99", hundredths[98], "ms", aim


def typed(what, program, presses, letters):
    """The rows of a program that types the stories of @letters, (script, name) each."""
    for script, letter in letters:
        yield from rows(f"{what} to painted sheet, {script}", *watched(program, presses, letter, 900), "<= 16.7")
