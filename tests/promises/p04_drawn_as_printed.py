"""P4: what is typed is the paper: the lines on the sheet are those of the PDF."""
import os
import re

import harness

SECONDS = 2  # that one text may take on a busy machine


@harness.promise("P4", ci=1_000, deep=20_000)
def the_sheet_is_the_paper(cases):
    """Each letter of a text in any script is drawn on the sheet, at any zoom, on the page and in the line of the PDF."""
    if "DISPLAY" not in os.environ:
        raise harness.Skipped("there is no display")
    ended = harness.run([harness.BUILD / "tests/test-drawn-lines", "-p", "/drawn-lines/generated-texts-are-drawn-as-printed"],
                        timeout=60 + cases.size * SECONDS,
                        env={**os.environ, "ACCOLADE_TEXTS": str(cases.size), "ACCOLADE_SEED": str(cases.seed),
                             "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo", "GTK_A11Y": "test"})
    told = re.search(r"# (\d+) texts", ended.stdout)
    if cases.hold(ended.returncode == 0 and told, f"{ended.returncode}: {ended.stderr[-500:]}"):
        cases.count += int(told[1]) - 1  # each text is one
