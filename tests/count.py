#!/usr/bin/python3
"""Adds up what meson's test logs tell and prints the one line that counts every test."""
import pathlib
import sys
import xml.etree.ElementTree as xml


def outcomes(log):
    """Yields "passed", "failed" or "skipped" for each test case of a JUnit file."""
    for case in xml.parse(log).getroot().iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            yield "failed"
        elif case.find("skipped") is not None:
            yield "skipped"
        else:
            yield "passed"


def main(folders):
    count = {"passed": 0, "failed": 0, "skipped": 0}
    for folder in folders:
        log = pathlib.Path(folder, "meson-logs", "testlog.junit.xml")
        if log.exists():
            for outcome in outcomes(log):
                count[outcome] += 1
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**count))
    return 1 if count["failed"] or not count["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
