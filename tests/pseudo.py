#!/usr/bin/python3
"""pseudo.py OUT.mo: a catalogue in no language, made of every string that there is: accented, 40 % longer and bracketed. What is
shown without its brackets was never translated; what is too long for its place will be so in some language."""
import json
import re
import subprocess
import sys
import tempfile

from test_translations import messages, template

ACCENTED = str.maketrans("aceghijlnorstuyzACEGHIJLNORSTUYZ", "áçéğĥïĵĺñöŕšťüýžÁÇÉĞĤÏĴĹÑÖŔŠŤÜÝŽ")
LONGER = 0.4
FILLING = "šöme wörds möre "
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=n != 1;\\n"\n'


def pseudo(whole):
    before, text, after = re.fullmatch(r"(\s*)(.*?)(\s*)", whole, re.DOTALL).groups()
    kept = re.split(r"(%\d*\$?[.\d]*l*[a-zA-Z%]|\{\w+\}|\n)", text)
    accented = "".join(part if place % 2 else part.translate(ACCENTED) for place, part in enumerate(kept))
    more = int(len(text) * LONGER)
    return f"{before}[{accented}{(' ' + FILLING * (more // len(FILLING) + 1))[:more].rstrip()}]{after}"


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def entry(message):
    lines = [f"{keyword} {quoted(message[keyword])}" for keyword in ("msgctxt", "msgid", "msgid_plural") if keyword in message]
    if "msgid_plural" in message:
        lines += [f"msgstr[0] {quoted(pseudo(message['msgid']))}", f"msgstr[1] {quoted(pseudo(message['msgid_plural']))}"]
    else:
        lines += [f"msgstr {quoted(pseudo(message['msgid']))}"]
    return "\n".join(lines) + "\n"


with tempfile.NamedTemporaryFile("w", suffix=".po") as po:
    po.write("\n".join([HEADER, *map(entry, messages(template()))]))
    po.flush()
    subprocess.run(["msgfmt", "--check-format", "-o", sys.argv[1], po.name], check=True)
