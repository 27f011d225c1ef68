#!/usr/bin/python3
"""Adds up the TAP that meson logged and prints the one line that counts every test."""
import json
import pathlib
import re
import sys


def outcomes(log):
    """Yields "passed", "failed" or "skipped" for each test of each program that one run of meson test logged."""
    for line in log.read_text().splitlines():
        program = json.loads(line)
        found = re.findall(r"^(not ok|ok)\b([^\n]*)", program.get("stdout", ""), re.MULTILINE)
        for word, rest in found:
            yield "failed" if word == "not ok" else "skipped" if re.search(r"# SKIP\b", rest, re.IGNORECASE) else "passed"
        # A program that ended badly without saying which test failed has failed all the same.
        if program["result"] not in ("OK", "SKIP") and not any(word == "not ok" for word, _ in found):
            yield "failed"


def main(folders):
    count = {"passed": 0, "failed": 0, "skipped": 0}
    for folder in folders:
        log = pathlib.Path(folder, "meson-logs", "testlog.json")
        if log.exists():
            for outcome in outcomes(log):
                count[outcome] += 1
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**count))
    return 1 if count["failed"] or not count["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
