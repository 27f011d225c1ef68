#!/usr/bin/python3
"""Measures and prints one table: bench.py [--full] [NAME…]

  backup   verify   submit     the stores
  fresh    changed  size       a letter's PDF
  keypress reading             the kiosk's window
  render                       the whole process, beside other programs

Each benchmark is a module of this folder with a function measure(full): it yields rows (name, value, unit, goal). One alone:
tests/run --bench fresh; of another build: ACCOLADE_BUILD=FOLDER tests/bench/bench.py fresh."""
import importlib
import pathlib
import sys

# submit is last: it adds letters to the branch that the others measure
NAMES = ("keypress", "reading", "fresh", "changed", "size", "render", "backup", "verify", "submit")

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "promises"))  # its harness: a branch of one's own, the programs of this build


def main(arguments):
    wanted = [argument for argument in arguments if argument != "--full"]
    unknown = set(wanted).difference(NAMES)
    if unknown:
        print(f"{', '.join(sorted(unknown))}: no such benchmark.\n\n{__doc__}", file=sys.stderr)
        return 2
    print(f"{'what':<58} {'value':>12} {'unit':<10} goal", flush=True)
    for name in NAMES:
        if wanted and name not in wanted:
            continue
        for what, value, unit, goal in importlib.import_module(name).measure("--full" in arguments):
            print(f"{what:<58} {value:>12,.2f} {unit:<10} {goal}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
