#!/usr/bin/python3
"""Measures and prints one table: bench.py [--full] [NAME…]

  backup   verify   submit     the stores
  fresh    changed  size       a letter's PDF
  start    keypress touch    the kiosk's window
  reading  memory
  search   desk     journey  the desk: its index alone, its window with many letters, and letters routed by keys
  render                       the whole process, beside other programs

Each benchmark is a module of this folder with a function measure(full): it yields rows (name, value, unit, goal).
One alone: tests/run --bench fresh; of another build: ACCOLADE_BUILD=FOLDER python3 tests/bench/bench.py fresh.

Where the time goes, in instructions (valgrind --tool=callgrind), as `meson setup` builds (debugoptimized):

  a key    from times: 2.6 ms of the processor, of which painting and showing 0.3: only what has changed is painted, a
           line as a rule. The page as one node, painted anew with each key, took 5.1 more. A border whose sides differ
           in colour would cost 27 million: GTK draws it as a mesh.
  touch    from times: 4.7 ms of the processor where a key took 3.1: GTK marks the key and all that it lies in as pressed,
           and looks for what their style changes in, and the key is painted beside the line. 9.2 to 4.0 million.
           Without GTK's own theme, whose rule for :drop(active) lets every style depend on such states, it took 0.7 ms
           less; without the rounded clips of the keys, no fewer instructions.
  start    431 million on the main thread with a driver for OpenGL, 211 without, of which GTK's own theme is 80 and the
           loader 60. A bare window has the driver. In milliseconds of the processor: the loader 30, GTK 30, the look
           15, the window 5, its frame 18, the page 30 and its frame; beside them, from the start on threads of their own,
           the fonts 16, the stores 1, the trial letter 15 and what its accolade-pdf takes.
  a PDF    from times, of a full page, fresh: 9.3 ms of the processor. Laid out 37 of 100; cairo's page and fonts 56;
           finished by libqpdf 7. With a paragraph changed: 6.8 ms. Laid out 14 of 100, cairo's 75, finished 10. Of the 24
           million that the floor takes, cairo's alone, text and fonts take 10, a drawn signature 7, the code 4, the emblem
           3: the floor itself is far above Typst's 1.06 ms. Finishing takes 2.2, of which putting the objects that are no
           streams into one takes 0.4.
  reading  from times: set 3 ms, written 10, read back 13, opened for the view 10, drawn 15, all of which begins as
           soon as the last answers stand; between the press and the page is what is left of it then, here for somebody
           who presses two frames after a change, and the frame that shows the page. An accolade-pdf has started
           before each of its two documents.

On two shared virtual processors (Xeon, 2.0 GHz) that others kept busy (load 5 to 12), a key's p50 came to 4 to 5 ms,
its p99 to 11 to 52, and to 6 to 8 ms of processor time; a Latin letter's first page to 106 to 196 ms, p50 32 to 48.
Ratios of one run are steadier: those of fresh and changed stay within 5 of 100."""
import importlib
import pathlib
import sys

# submit is last: it adds letters to the branch that the others measure
NAMES = ("start", "keypress", "touch", "reading", "memory", "search", "desk", "journey", "fresh", "changed", "size", "render", "backup", "verify", "submit")

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
