"""P4: what is typed is the paper: the lines on the sheet are those of the PDF."""
import os
import re

import harness

TEST = "/drawn-lines/generated-texts-are-drawn-as-printed"
AT_ONCE = 250  # texts of one process: cairo forgets a little of each that it draws
SECONDS = 2    # that one text may take on a busy machine


@harness.promise("P4", ci=1000, deep=10_000)
def the_sheet_is_the_paper(cases):
    """Each letter of a text in any script is drawn on the sheet, at any zoom, on the page and in the line of the PDF."""
    if "DISPLAY" not in os.environ:
        raise harness.Skipped("there is no display")
    for first in range(0, cases.size, AT_ONCE):
        n = min(AT_ONCE, cases.size - first)
        ended = harness.run([harness.BUILD / "tests/test-drawn-lines", "-p", TEST], timeout=60 + n * SECONDS,
                            env={**os.environ, "ACCOLADE_TEXTS": str(n), "ACCOLADE_SEED": str(cases.seed + first),
                                 "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo", "GTK_A11Y": "test"})
        told = re.search(r"# (\d+) texts", ended.stdout)
        if cases.hold(ended.returncode == 0 and told, f"{ended.returncode}: {ended.stderr[-500:]}"):
            cases.count += int(told[1]) - 1  # each text is one
