"""How many letters verify walks in a second, how that grows with the store, and what memory it takes. On a machine that
is busy otherwise the processor time tells more: two processors walk 2,000 letters/s at 1 ms a letter."""
import os
import subprocess
import time

import filled
import harness

SMALL = 1_000  # letters


def verified(branch):
    """(seconds, of all processors together, peak memory in MB) of one verify that finds nothing wrong."""
    began = time.monotonic()
    process = subprocess.Popen([harness.ACCOLADE, "verify", "--store", branch.store], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise AssertionError(f"verify ended with {status}")
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(full):
    """Rows of (name, value, unit, goal)."""
    speeds, memories = [], []
    for size in (SMALL, filled.BIG, filled.BIGGEST) if full else (SMALL, filled.BIG):
        seconds, processor, memory = verified(filled.branch(size))
        speeds.append(size / seconds)
        memories.append(memory)
        yield f"verify, {size:,} letters of 20 kB", speeds[-1], "letters/s", ">= 2000"
        yield f"verify, {size:,} letters: processor time", processor / size * 1e6, "us/letter", "<= 1000"
        yield f"verify, {size:,} letters: peak memory", memory, "MB", ""
    yield "verify, time per letter, largest to smallest store", speeds[0] / speeds[-1], "ratio", "about 1 (linear)"
    yield "verify, memory, largest to smallest store", memories[-1] / memories[0], "ratio", "about 1 (flat)"
