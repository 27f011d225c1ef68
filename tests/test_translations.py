#!/usr/bin/python3
"""The languages' catalogues: whole, fit to be filled, and made from English that is easy to read."""
import pathlib
import re
import subprocess
import tempfile
import unittest

import tap

TOP = pathlib.Path(__file__).resolve().parent.parent
PO = TOP / "resources/po"
LANGUAGES = [line for line in (PO / "LINGUAS").read_text().split("\n") if line and not line.startswith("#")]

# As in resources/po/meson.build.
EXTRACT = ["xgettext", "--from-code=UTF-8", "--keyword=_", "--keyword=N_", "--keyword=g_dngettext:2,3",
           "--add-comments=Translators", "--add-location=file"]

# The Flesch-Kincaid grade: J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom, "Derivation of new readability
# formulas for Navy enlisted personnel", Research Branch Report 8-75, 1975. Lower secondary school ends with grade 9
# (WCAG 2.2, success criterion 3.1.5). It was made for passages: what is shorter than FEW_WORDS is not measured by itself.
GRADE_MOST = 9
FEW_WORDS = 8


def unquote(quoted):
    return quoted.replace(r"\n", "\n").replace(r"\"", '"').replace(r"\\", "\\")


def messages(text):
    """Each message of a catalogue in gettext's text form: a dict of its keywords, "files" and "flags" among them."""
    for block in re.split(r"\n\n+", text):
        message, keyword = {"files": [], "flags": ""}, None
        for line in block.splitlines():
            if line.startswith("#:"):
                message["files"] += line[2:].split()
            elif line.startswith("#,"):
                message["flags"] += line[2:]
            elif found := re.match(r'(msg\w+(?:\[\d\])?) "(.*)"$', line):
                keyword = found.group(1)
                message[keyword] = unquote(found.group(2))
            elif line.startswith('"'):
                message[keyword] += unquote(line[1:-1])
        if message.get("msgid"):
            yield message


def gettext(*command):
    return subprocess.run(command, cwd=TOP, check=True, text=True, capture_output=True).stdout


def template():
    return gettext(*EXTRACT, "-f", PO / "POTFILES", "-o", "-")


def catalogue(language):
    """The language's catalogue as it would be with the strings of today."""
    with tempfile.NamedTemporaryFile("w", suffix=".pot") as pot:
        pot.write(template())
        pot.flush()
        return list(messages(gettext("msgmerge", "--quiet", "--no-fuzzy-matching", "-o", "-", PO / f"{language}.po", pot.name)))


def translations(message):
    return [text for keyword, text in message.items() if keyword.startswith("msgstr")]


class Catalogues(unittest.TestCase):
    def test_no_file_with_strings_is_forgotten(self):
        listed = (PO / "POTFILES").read_text().split()
        has = [path.relative_to(TOP).as_posix() for folder in ("app", "ui") for path in (TOP / folder).rglob("*")
               if path.suffix in (".c", ".ui")
               and re.search(r'\bN?_ ?\("|g_dngettext|translatable="yes"', path.read_text())]
        self.assertEqual(sorted(has), listed)

    def test_every_string_is_found_whole(self):
        """A macro such as G_GINT64_FORMAT ends a string for xgettext; PRId64 it knows."""
        self.assertEqual([], [message["msgid"] for message in messages(template()) if message["msgid"].endswith("%")])

    def test_every_plural_is_asked_of_our_own_catalogue(self):
        """Plain ngettext asks whatever domain the program has set last, and the programs set none."""
        wrong = [path.relative_to(TOP).as_posix() for folder in ("app", "ui") for path in (TOP / folder).rglob("*.c")
                 if re.search(r"(?<!\w)d?c?ngettext \(", path.read_text())]
        self.assertEqual([], wrong)

    def test_everything_is_translated(self):
        """Clients and bankers read all of it; what is not finished would stand in English among their own words."""
        wrong = [f"{language}: {message['msgid']}" for language in LANGUAGES for message in catalogue(language)
                 if not all(translations(message)) or "fuzzy" in message["flags"]]
        self.assertEqual([], wrong)

    def test_every_number_has_its_plural(self):
        for language in LANGUAGES:
            header = next(line for line in (PO / f"{language}.po").read_text().splitlines() if "Plural-Forms" in line)
            forms = int(re.search(r"nplurals=(\d)", header).group(1))
            for message in catalogue(language):
                if "msgid_plural" in message:
                    self.assertEqual(forms, len(translations(message)), f"{language}: {message['msgid']}")

    def test_nothing_is_joined_otherwise_than_in_english(self):
        """Some strings are put together: a space or a line's end at either side belongs to them."""
        def ends(text):
            return re.match(r"\s*", text).group(), re.search(r"\s*$", text).group()

        wrong = [f"{language}: {text!r}" for language in LANGUAGES for message in catalogue(language)
                 for text in translations(message) if text and ends(text) != ends(message["msgid"])]
        self.assertEqual([], wrong)

    def test_gettext_finds_nothing_wrong(self):
        for language in LANGUAGES:
            done = subprocess.run(["msgfmt", "--check-format", "--check-domain", "-o", "/dev/null", PO / f"{language}.po"],
                                  text=True, capture_output=True)
            self.assertEqual((0, ""), (done.returncode, done.stderr))

    def test_every_name_keeps_its_place(self):
        wrong = []
        for language in LANGUAGES:
            for message in catalogue(language):
                for text in filter(None, translations(message)):
                    if set(re.findall(r"\{\w+\}", text)) != set(re.findall(r"\{\w+\}", message["msgid"])):
                        wrong.append(f"{language}: {text}")
        self.assertEqual([], wrong)

    def test_an_arabic_sentence_about_somebody_runs_from_the_right(self):
        """A line runs the way of its first letter (UAX #9, P2): where that is a name's, a mark goes before it. Otherwise who
        reports to whom is read the other way round."""
        folders = ("app/route/", "app/review/", "app/staff/", "ui/desk/")
        wrong = [text for message in catalogue("ar") for text in translations(message)
                 if all(file.startswith(folders) and file != "app/route/cover.c" for file in message["files"])
                 and re.match(r"%(\d\$)?s", text) and re.search("[\u0621-\u064a]{2}", text)]
        self.assertEqual([], wrong)

    def test_every_language_has_its_letter_and_its_keys(self):
        for language in LANGUAGES:
            for folder in ("languages", "keyboards"):
                self.assertTrue((TOP / "resources" / folder / f"{language}.conf").is_file(), f"{folder}: {language}")


def syllables(word):
    """By rule: groups of vowels, less a silent e at the end."""
    word = word.lower()
    groups = len(re.findall(r"[aeiouy]+", word))
    if re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$|[^aeiouysxzh]es$", word) and groups > 1:
        groups -= 1
    return max(groups, 1)


def grade(sentences):
    words = [word for sentence in sentences for word in re.findall(r"[A-Za-z’']+", sentence)]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


class Reading(unittest.TestCase):
    @staticmethod
    def sentences():
        """What clients read in English, a sentence each; names stand where they will."""
        for message in messages(template()):
            if any(file.startswith(("ui/kiosk/", "app/letter/prompts.c", "app/letter/form.c")) for file in message["files"]):
                text = re.sub(r"\{\w+\}", "Jessica", re.sub(r"%\w+", "it", message["msgid"]))
                if not re.search("--|ACCOLADE", text):  # the command line's
                    yield from (part for part in re.split(r"(?<=[.?:;])\s+", text) if re.search("[a-z]", part))

    def test_syllables_are_counted(self):
        for word, count in {"bank": 1, "letter": 2, "people": 2, "named": 1, "wanted": 2, "boxes": 2, "supervisor": 4}.items():
            self.assertEqual(count, syllables(word), word)

    def test_a_report_is_harder_than_the_limit(self):
        report = "The aforementioned documentation necessitates authorisation by the responsible organisational supervisor."
        self.assertGreater(grade([report]), GRADE_MOST)

    def test_the_kiosk_as_a_whole_is_easy(self):
        self.assertLess(grade(list(self.sentences())), GRADE_MOST - 3)

    def test_every_sentence_is_easy(self):
        hard = [f"{grade([sentence]):.1f}: {sentence}" for sentence in self.sentences()
                if len(sentence.split()) >= FEW_WORDS and grade([sentence]) > GRADE_MOST]
        self.assertEqual([], hard)


if __name__ == "__main__":
    tap.main()
