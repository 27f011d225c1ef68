#!/usr/bin/python3
"""Measures and prints one table: bench.py [--full] [NAME…]

Each benchmark is a module of this folder with a function measure(full): it yields rows (name, value, unit, goal)."""
import importlib
import pathlib
import sys

NAMES = ("backup", "verify", "submit")  # submit is last: it adds letters to the branch that the others measure

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "promises"))  # its harness: a branch of one's own, the programs of this build


def main(arguments):
    wanted = [argument for argument in arguments if argument != "--full"]
    print(f"{'what':<58} {'value':>12} {'unit':<10} goal", flush=True)
    for name in NAMES:
        if wanted and name not in wanted:
            continue
        for what, value, unit, goal in importlib.import_module(name).measure("--full" in arguments):
            print(f"{what:<58} {value:>12,.1f} {unit:<10} {goal}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
