#!/usr/bin/python3
"""Tries every promise and tells how it went: TAP at the size of continuous integration, a table with --deep.

table.py [--deep] [NUMBER or module…]"""
import importlib
import pathlib
import sys

import harness

SHOWN = 10  # failures of one promise that are written out


def load():
    for path in sorted(pathlib.Path(__file__).parent.glob("p[0-9][0-9]_*.py")):
        importlib.import_module(path.stem)


def tell_failures(outcome):
    for what in outcome.cases.failures[:SHOWN]:
        print(f"# {outcome.promise.number}: {what} (ACCOLADE_SEED={outcome.cases.seed})", file=sys.stderr, flush=True)


def tell_tap(promises):
    failed = False
    for position, promise in enumerate(promises, 1):
        outcome = promise.run(deep=False)
        tell_failures(outcome)
        word = "not ok" if outcome.cases.failures else "ok"
        note = f" # SKIP {outcome.skipped}" if outcome.skipped else ""
        print(f"{word} {position} - {promise.number}: {promise.sentence} "
              f"[{outcome.cases.count} cases, {outcome.seconds:.0f} s]{note}", flush=True)
        failed = failed or bool(outcome.cases.failures)
    print(f"1..{len(promises)}", flush=True)
    return failed


def tell_table(promises):
    failed = False
    print(f"{'promise':<8} {'cases':>8} {'failures':>8} {'seconds':>8}  what is tried", flush=True)
    for promise in promises:
        outcome = promise.run(deep=True)
        tell_failures(outcome)
        count = "skipped" if outcome.skipped else str(outcome.cases.count)
        sentence = f"{promise.sentence} ({outcome.skipped})" if outcome.skipped else promise.sentence
        print(f"{promise.number:<8} {count:>8} {len(outcome.cases.failures):>8} {outcome.seconds:>8.0f}  {sentence}",
              flush=True)
        failed = failed or bool(outcome.cases.failures)
    return failed


def main(arguments):
    wanted = [argument for argument in arguments if argument != "--deep"]
    load()
    promises = [promise for promise in harness.promises
                if not wanted or {promise.number, promise.function.__module__} & set(wanted)]
    tell = tell_table if "--deep" in arguments else tell_tap
    return 1 if tell(promises) or not promises else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
