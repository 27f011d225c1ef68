"""How fast a backup is beside copying the store's files and syncing them."""
import os
import shutil
import statistics
import time

import filled
import harness

ROUNDS = 5


def copied(branch):
    """Seconds for cp and fsync of both stores."""
    began = time.monotonic()
    for name in ("inbox.db", "desk.db"):
        copy = branch.home / f"copy-{name}"
        shutil.copyfile(branch.store / name, copy)
        with open(copy, "rb") as file:
            os.fsync(file.fileno())
    seconds = time.monotonic() - began
    for name in ("inbox.db", "desk.db"):
        (branch.home / f"copy-{name}").unlink()
    return seconds


def backed_up(branch):
    """(seconds, peak memory in MB) of one backup."""
    backup = branch.home / "bench.backup"
    began = time.monotonic()
    process = os.posix_spawn(harness.ACCOLADE, ["accolade", "backup", backup, "--store", branch.store], os.environ,
                             file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    _, status, usage = os.wait4(process, 0)
    seconds = time.monotonic() - began
    if status != 0:
        raise AssertionError(f"backup ended with {status}")
    backup.unlink()
    return seconds, usage.ru_maxrss / 1024


def measure(full):
    """Rows of (name, value, unit, goal)."""
    letters = filled.BIGGEST if full else filled.BIG
    branch = filled.branch(letters)
    megabytes = sum((branch.store / name).stat().st_size for name in ("inbox.db", "desk.db")) / 1e6
    rounds = [(copied(branch), *backed_up(branch)) for _ in range(ROUNDS)]
    yield f"copying the files of {letters:,} letters", megabytes / statistics.median(row[0] for row in rounds), "MB/s", ""
    yield f"backup of {letters:,} letters", megabytes / statistics.median(row[1] for row in rounds), "MB/s", ""
    yield "backup to copying", statistics.median(row[0] / row[1] for row in rounds), "ratio", ">= 0.5"
    yield "backup: peak memory", max(row[2] for row in rounds), "MB", ""
