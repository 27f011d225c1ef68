"""What the kiosk's window holds after one client, and after many: every other one sends a letter, the rest give up half-way,
and half of them choose large type. Caches that the first client leaves empty count as growth; the pictures that cairo
shares with the X server, 4 or 8 MB of them, are the display's."""
import os

import harness
import windows

CLIENTS = 200
SECONDS = 10  # that one may take on a busy machine


def measure(full):
    """Rows of (name, value, unit, goal)."""
    clients = CLIENTS * (10 if full else 1)
    done = harness.run(["dbus-run-session", "--", *windows.SCREEN, harness.BUILD / "tests/test-steady", "kiosk", clients, 1],
                       timeout=clients * SECONDS, env={**os.environ, **windows.ENVIRONMENT, "GTK_A11Y": "test"})
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    rows = [[int(word) for word in line.split()] for line in done.stdout.splitlines() if line[:1].isdigit()]
    for column, what in ((1, "heap"), (5, "own resident memory")):
        held = [row[column] / 1e6 for row in rows]
        yield f"the kiosk’s {what} after 1 client", held[0], "MB", ""
        yield f"… after {clients:,}", held[-1], "MB", ""
        yield "… growth", held[-1] - held[0], "MB", "<= 2"
        yield f"… growth after the first {clients // 4}", held[-1] - held[clients // 4 - 1], "MB", ""
