"""P20: a kiosk that has served many clients holds no more than one that has served some."""
import os

import harness

# Caches (the database's pages, glyphs, style) are full before the last quarter; what grows after that is lost for good.
NOISE = 512 * 1024  # bytes by which the same process may hold more or less
GROWTH = 1000       # bytes a session: a letter, a page or a widget left behind is many times that
SECONDS = 10        # that one session may take on a busy machine


@harness.promise("P20", ci=200, deep=10_000)
def sessions_leave_nothing_behind(cases):
    """Memory and descriptors do not grow over sessions: letters sent, and letters given up half-way."""
    if "DISPLAY" not in os.environ:
        raise harness.Skipped("there is no display")
    ended = harness.run(["dbus-run-session", "--", harness.BUILD / "tests/test-steady", cases.size],
                        timeout=cases.size * SECONDS,
                        env={**os.environ, "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo", "GTK_A11Y": "test"})
    told = [[int(word) for word in line.split()] for line in ended.stdout.splitlines() if line[:1].isdigit()]
    if not cases.hold(ended.returncode == 0 and told and told[-1][0] == cases.size,
                      f"{ended.returncode}: {ended.stderr[-500:]}"):
        return
    cases.count += cases.size  # each session is one
    sessions, heap, resident, descriptors = zip(*told[len(told) * 3 // 4 - 1:])
    allowed = NOISE + GROWTH * (sessions[-1] - sessions[0])
    cases.hold(max(descriptors) == descriptors[0], f"descriptors: {descriptors}")
    for what, held in (("heap", heap), ("resident memory", resident)):
        cases.hold(held[-1] - held[0] <= allowed, f"{what}: {held} after {sessions}")
