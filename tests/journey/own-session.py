#!/usr/bin/python3
"""Runs a program in a session of its own: own-session.py PROGRAM [ARGUMENT…]

Two tests in one session would share its bus, where a program is known by one name, and its accessibility bus, whose
place depends on the runtime folder alone. Its services see no display: the accessibility registry was seen to hang for two
minutes at the one that all tests share."""
import os
import subprocess
import sys
import tempfile

with tempfile.TemporaryDirectory(prefix="accolade-session-") as folder:
    environment = {**os.environ, "XDG_RUNTIME_DIR": folder}
    environment.pop("DISPLAY", None)
    sys.exit(subprocess.run(["dbus-run-session", "--", *sys.argv[1:]], env=environment).returncode)
