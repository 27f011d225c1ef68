"""From a program's start to what it shows, on a virtual screen: the kiosk as it stands in a branch, beside a bare GTK window
of the same size, in turn."""
import os
import statistics

import harness

RUNS = 15
WIDTH, HEIGHT = 1920, 1080
SCREEN = ("dbus-run-session", "--", "xvfb-run", "-a", "-s", f"-screen 0 {WIDTH}x{HEIGHT}x24")
KEPT = ("HOME", "PATH")  # with anything else the kiosk begins again without it


def measure(full):
    """Rows of (name, value, unit, goal)."""
    environment = {name: os.environ[name] for name in KEPT} | {"GDK_BACKEND": "x11", "GSK_RENDERER": "cairo"}
    with harness.branch() as branch:
        done = harness.run(
            [*SCREEN, harness.BUILD / "tests/bench-start", RUNS * (4 if full else 1),
             harness.BUILD / "tests/bench-bare-window", WIDTH, HEIGHT,
             "--", harness.BUILD / "ui/kiosk/accolade-kiosk", "--store", branch.store], timeout=1800, env=environment)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    rows = [[int(word) / 1000 for word in line.split()] for line in done.stdout.splitlines() if line[:1].isdigit()]
    medians = [statistics.median(column) for column in zip(*rows)]
    for name, (first, last, processor) in (("a bare window", medians[:3]), ("the kiosk", medians[3:])):
        yield f"start of {name} to its first frame, p50", first, "ms", ""
        yield f"… to all that it shows, p50", last, "ms", ""
        yield f"… processor time, p50", processor, "ms", ""
    yield "first frame, kiosk to bare window", medians[3] / medians[0], "ratio", "<= 1.3"
    yield "… the welcome to a bare window’s all", medians[4] / medians[1], "ratio", ""
