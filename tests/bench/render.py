"""A whole process that makes the PDF of one page, beside other programs that set the same words as their users would: from
their start to their end, in turn. What is not installed is left out."""
import html
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time

import harness

RUNS = 25
LETTER = harness.LETTERS / "full-page.json"
NUMBER = "6f1c2f0e-3b1a-4c57-9d7e-2a4b6c8d0e1f"


def paragraphs():
    letter = json.loads(LETTER.read_text())
    story = "\n".join(letter["story"][part] for part in ("need", "act", "difference"))
    return [letter["to"][0]["name"], *(line for line in story.splitlines() if line), letter["from"][0]["name"]]


def as_roff(words):
    return ".ll 6i\n" + "\n.sp\n".join(words) + "\n"


def as_latex(words):
    return "\\documentclass{article}\\usepackage[T1]{fontenc}\\begin{document}\n" + "\n\n".join(words) + "\n\\end{document}\n"


def as_html(words):
    return "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Letter</title>" \
        + "".join(f"<p>{html.escape(word)}</p>" for word in words)


def as_text(words):
    return "\n\n".join(words) + "\n"


# Package, the file it reads, how its words are written, and its command; {home} has the file, and takes the PDF.
OTHERS = (
    ("groff", "letter.roff", as_roff, "groff -k -Tpdf {home}/letter.roff"),
    ("pdflatex", "letter.tex", as_latex, "pdflatex -interaction=batchmode -output-directory={home} {home}/letter.tex"),
    ("weasyprint", "letter.html", as_html, "weasyprint {home}/letter.html {home}/letter.pdf"),
    ("soffice", "letter.txt", as_text,
     "soffice -env:UserInstallation=file://{home}/profile --headless --convert-to pdf --outdir {home} {home}/letter.txt"),
)


def timed(command):
    """(milliseconds of the clock, and of all processors together) of a program from its start to its end."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise AssertionError(f"{command} ended with {status}")
    return (time.monotonic() - began) * 1000, (usage.ru_utime + usage.ru_stime) * 1000


def measure(full):
    """Rows of (name, value, unit, goal)."""
    with tempfile.TemporaryDirectory() as home:
        commands = {"accolade": [str(harness.ACCOLADE), "render", str(LETTER), "-o", f"{home}/accolade.pdf", "--number", NUMBER]}
        for program, file, write, command in OTHERS:
            if shutil.which(program):
                with open(f"{home}/{file}", "w", encoding="utf-8") as source:
                    source.write(write(paragraphs()))
                commands[program] = command.format(home=home).split()
            else:
                print(f"{program}: not installed")
        times = {program: [] for program in commands}
        for run in range(1 + RUNS * (4 if full else 1)):
            for program, command in commands.items():
                took = timed(command)
                if run > 0:  # the first one warms the disk's cache up
                    times[program].append(took)
    medians = {}
    for program, both in times.items():
        clock, processors = zip(*both)
        medians[program] = statistics.median(clock), statistics.median(processors)
        yield f"whole process, {program}, p50", medians[program][0], "ms", ""
        yield f"whole process, {program}, p99", statistics.quantiles(clock, n=100, method="inclusive")[98], "ms", ""
        yield f"whole process, {program}, processor time, p50", medians[program][1], "ms", ""
    for program in list(medians)[1:]:
        for number, kind in enumerate(("", ", processor time")):
            yield f"accolade to {program}{kind}", medians["accolade"][number] / medians[program][number], "ratio", "< 1"
