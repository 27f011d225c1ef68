"""P20: a kiosk that has served many clients, and a desk that has seen many sessions, hold no more than ones that have seen
some, and are as quick."""
import os

import harness

# Caches (the database's pages, glyphs, style) are full before the last quarter; what grows after that is lost for good.
NOISE = 512 * 1024  # bytes by which the same process may hold more or less
PICTURE = 1920 * 1080 * 4  # of the window, one more or less of which may be held, or not yet given back to the system
# Bytes by which the resident memory of each window's process may differ; the desk, unlike the kiosk, has a picture of a
# page to draw and to let go in each session.
RESIDENT_NOISE = {"kiosk": NOISE, "desk": PICTURE}
# Bytes a session. GTK 4.8 keeps two to five list nodes of 16 bytes for each page with buttons that is taken away: 30 to 60
# bytes a visit in a run of 2,000. A letter, a page or a widget left behind is many times that.
GROWTH = 200
SLOWER = 2.5        # times the processor time of the first sessions, in which the caches are filled
SECONDS = 10        # that one session may take on a busy machine


def hold_steady(cases, part):
    if "DISPLAY" not in os.environ:
        raise harness.Skipped("there is no display")
    ended = harness.run(["dbus-run-session", "--", harness.BUILD / "tests/test-steady", part, cases.size],
                        timeout=cases.size * SECONDS,
                        env={**os.environ, "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo", "GTK_A11Y": "test"})
    told = [[int(word) for word in line.split()] for line in ended.stdout.splitlines() if line[:1].isdigit()]
    if not cases.hold(ended.returncode == 0 and told and told[-1][0] == cases.size,
                      f"{ended.returncode}: {ended.stderr[-500:]}"):
        return
    cases.count += cases.size  # each session is one
    cases.hold(told[-1][4] <= told[0][4] * SLOWER, f"processor time of a session: {[row[4] for row in told]}")
    sessions, heap, resident, descriptors, *_ = zip(*told[len(told) * 3 // 4 - 1:])
    allowed = GROWTH * (sessions[-1] - sessions[0])
    cases.hold(max(descriptors) == descriptors[0], f"descriptors: {descriptors}")
    for what, held, noise in (("heap", heap, NOISE), ("resident memory", resident, RESIDENT_NOISE[part])):
        cases.hold(held[-1] - held[0] <= allowed + noise, f"{what}: {held} after {sessions}")


@harness.promise("P20", ci=200, deep=10_000)
def visits_leave_nothing_behind(cases):
    """Memory, descriptors and time do not grow over visits at the kiosk: letters sent, and letters given up half-way."""
    hold_steady(cases, "kiosk")


@harness.promise("P20", ci=48, deep=1_000)
def sessions_leave_nothing_behind(cases):
    """Nor over sessions at the desk: sign in, read a letter, decide or route it, sign out."""
    hold_steady(cases, "desk")
