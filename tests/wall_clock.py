"""Another wall clock for a program. (The command faketime keeps a semaphore under its process id, which one that was killed
leaves to whoever has that id next, and that one then ends; its library does without.)"""
import os

LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"


def at(when):
    """In front of a program: its wall clock, "+9d" from now, or at "@2020-01-01 12:00:00"."""
    return ["env", f"LD_PRELOAD={LIBRARY}", f"FAKETIME={when}", "FAKETIME_DONT_FAKE_MONOTONIC=1"]


def is_here():
    return os.path.exists(LIBRARY)
