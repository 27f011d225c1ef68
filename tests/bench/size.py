"""How large the PDF of one page is, by the script of its text.

Of a page in Greek, 28.6 kB, fonts take 15, their maps to text with them; the text 2, a typed signature 5, emblem and code
3; the facts as XMP 1, all objects that are no streams 2. These took 7, and the table of objects 1, before they were put
into one stream. A full page, of 800 letters more, takes 1 kB more.

A long typed signature is 5 to 8 kB: cairo 1.16 spoils subsets of OpenType-CFF faces, such as Dancing Script, so that it is
drawn as curves. As text of a TrueType copy of that face it takes 4 kB less."""
import tempfile

import harness

NUMBER = "6f1c2f0e-3b1a-4c57-9d7e-2a4b6c8d0e1f"
PAGES = (("full-page", "a full page of Latin", "<= 30"), ("two-sentences", "two Latin sentences", "<= 30"),
         ("accents", "Latin with accents", "<= 30"), ("polish", "Polish", "<= 30"),
         ("greek", "Greek", "<= 30"), ("cyrillic", "Cyrillic", "<= 30"), ("chinese", "Chinese", "<= 150"), ("arabic", "Arabic", ""))


def measure(full):
    """Rows of (name, value, unit, goal)."""
    with tempfile.TemporaryDirectory() as home:
        for name, what, goal in PAGES:
            pdf = f"{home}/{name}.pdf"
            done = harness.run([harness.ACCOLADE, "render", harness.LETTERS / f"{name}.json", "-o", pdf, "--number", NUMBER])
            if done.returncode != 0:
                raise AssertionError(done.stderr)
            with open(pdf, "rb") as file:
                yield f"size of one page: {what}", len(file.read()) / 1000, "kB", goal
