#!/usr/bin/python3
"""What the compiler cannot forbid: the layers, the doors of the libraries, the house's sizes, the templates."""
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import tap

TOP = pathlib.Path(__file__).resolve().parent.parent

# In the order a letter travels: a room may include itself and those before it.
ROOMS = ["base", "store", "letter", "paper", "vault", "inbox", "archive", "staff", "review", "route", "backup", "cli"]

# One door for each library: the header, and the only files that may include it.
DOORS = {
    "sqlite3.h": r"app/store/.*",
    "sodium.h": r"app/vault/.*",
    "nettle/sha2.h": r"app/vault/hash\.c",
    "archive.h": r"app/backup/tar\.c",
    "csv.h": r"app/staff/csv-rows\.c",
    "ldap.h": r"app/staff/ldap-server\.c",
    "lber.h": r"app/staff/ldap-server\.c",
    "cairo-pdf.h": r"app/paper/(pdf-writer|slip-paper)\.c",
    "cups/cups.h": r"app/paper/print-service\.c",
    "qpdf/qpdf-c.h": r"app/paper/pdf-finish\.c",
    "hb-subset.h": r"resources/fonts/.*",
    "poppler.h": r"app/paper/accolade-pdf\.c",
    "gmime/gmime.h": r"app/route/(message|reply)\.c",
    "seccomp.h": r"app/paper/pdf-box\.c",
    "textcat.h": r"app/letter/letter-language\.c",
    "qrencode.h": r"app/paper/qr-code\.c",
    "librsvg/rsvg.h": r"app/paper/letterhead.*\.c",
}

# Newer than GTK 4.8 or GLib 2.74, or deprecated after them.
FORBIDDEN = (
    r"GtkAlertDialog|gtk_alert_dialog|GtkFileDialog|gtk_file_dialog|GtkUriLauncher|gtk_list_view_scroll_to"
    r"|gtk_css_provider_load_from_string|gtk_accessible_announce|g_set_str\b|g_string_free_and_steal"
    r"|GtkDialog\b|gtk_dialog_|GtkMessageDialog|gtk_message_dialog|GtkAssistant|GtkInfoBar|gtk_info_bar"
    r"|GtkStatusbar|GtkComboBox|gtk_combo_box|GtkTreeView|gtk_tree_view|GtkCellRenderer|GtkEntryCompletion"
    r"|GtkFileChooser|gtk_file_chooser|GtkStyleContext|gtk_style_context_(?!add_provider_for_display)|gtk_widget_show\b|gtk_widget_hide\b"
    r"|gtk_show_uri|libadwaita|Adw[A-Z]"
)


def sources(*suffixes):
    for folder in ("app", "ui"):
        for path in sorted((TOP / folder).rglob("*")):
            if path.suffix in suffixes:
                yield path


def name(path):
    return path.relative_to(TOP).as_posix()


def includes(path):
    """(line number, header) for each include."""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
        if found:
            yield number, found.group(1)


class Layers(unittest.TestCase):
    def test_a_room_includes_itself_and_those_before_it(self):
        wrong = []
        for path in sources(".c", ".h"):
            top, room = path.relative_to(TOP).parts[:2]
            if top != "app":
                continue
            for number, header in includes(path):
                other = header.split("/")[0]
                if other in ROOMS and "/" in header and ROOMS.index(other) > ROOMS.index(room):
                    wrong.append(f"{name(path)}:{number}: {room} is above {other}")
                if other in ("kit", "kiosk", "desk"):
                    wrong.append(f"{name(path)}:{number}: app never includes ui")
        self.assertEqual([], wrong)

    def test_kiosk_and_desk_never_include_each_other(self):
        wrong = []
        for path in sources(".c", ".h"):
            parts = path.relative_to(TOP).parts
            for number, header in includes(path):
                room = header.split("/")[0]
                if parts[0] == "ui" and room in ("kiosk", "desk") and room != parts[1]:
                    wrong.append(f"{name(path)}:{number}: {parts[1]} includes {header}")
        self.assertEqual([], wrong)

    def test_each_library_has_one_door(self):
        wrong = []
        for path in sources(".c", ".h"):
            for number, header in includes(path):
                door = DOORS.get(header)
                if door and not re.fullmatch(door, name(path)):
                    wrong.append(f"{name(path)}:{number}: {header} belongs to {door}")
        self.assertEqual([], wrong)

    def test_the_command_prints_by_what_a_terminal_does_not_obey(self):
        wrong = [f"{name(path)}:{number}: {found.group()}: see cli/terminal.h"
                 for path in sorted((TOP / "app/cli").glob("*.c")) if path.name != "terminal.c"
                 for number, line in enumerate(path.read_text().splitlines(), 1)
                 for found in re.finditer(r"\b(g_print|g_printerr|printf|fprintf|puts|fputs) \(", line)]
        self.assertEqual([], wrong)

    def test_the_kiosk_never_includes_what_opens_a_seal(self):
        wrong = []
        for path in sources(".c", ".h"):
            for number, header in includes(path):
                if name(path).startswith("ui/kiosk/") and re.match(r"vault/(identity|unseal|bankers)|archive/|staff/|review/|route/", header):
                    wrong.append(f"{name(path)}:{number}: {header}")
        self.assertEqual([], wrong)


class House(unittest.TestCase):
    def test_nothing_newer_or_deprecated_is_used(self):
        wrong = [f"{name(path)}:{number}: {line.strip()}" for path in sources(".c", ".h", ".ui")
                 for number, line in enumerate(path.read_text().splitlines(), 1) if re.search(FORBIDDEN, line)]
        self.assertEqual([], wrong)

    def test_every_source_names_its_licence(self):
        wrong = [name(path) for path in sources(".c", ".h")
                 if not path.read_text().startswith("/* SPDX-License-Identifier: GPL-3.0-or-later */")]
        self.assertEqual([], wrong)

    def test_files_and_functions_keep_their_size(self):
        wrong = []
        for path in sources(".c", ".h"):
            lines = path.read_text().splitlines()
            if len(lines) > 800:
                wrong.append(f"{name(path)}: {len(lines)} lines")
            start = None
            for number, line in enumerate(lines, 1):
                if line == "{":
                    start = number
                elif line == "}" and start:
                    if number - start > 100:
                        wrong.append(f"{name(path)}:{start}: a function of {number - start} lines")
                    start = None
        self.assertEqual([], wrong)

    def test_every_source_is_listed_in_its_room(self):
        wrong = []
        for path in sources(".c"):
            listing = (path.parent / "meson.build").read_text()
            if f"'{path.name}'" not in listing:
                wrong.append(name(path))
        self.assertEqual([], wrong)


class Promises(unittest.TestCase):
    def test_every_promise_is_tried_by_the_build(self):
        written = {number for path in (TOP / "tests/promises").glob("p[0-9][0-9]_*.py")
                   for number in re.findall(r'@(?:harness\.)?promise\("(P\d+)"', path.read_text())}
        listed = re.search(r"^promises = \[(.*)\]", (TOP / "tests/meson.build").read_text(), re.MULTILINE).group(1)
        self.assertEqual(written, set(re.findall(r"P\d+", listed)))


class Threats(unittest.TestCase):
    """tests/THREATS.md is worth something only while the tests that it names are there."""

    @staticmethod
    def wrong(name_of_test):
        """What is wrong with one name in backquotes; None if the test is there."""
        tests = TOP / "tests"
        if re.fullmatch(r"P\d+", name_of_test):
            sources_of = "".join(path.read_text() for path in (tests / "promises").glob("p[0-9]*.py"))
            return None if f'promise("{name_of_test}"' in sources_of else "no such promise"
        file, _, inside = name_of_test.partition(" ")
        if not (tests / file).is_file():
            return "no such file"
        text = (tests / file).read_text()
        if inside.startswith("/"):
            return None if f'"{inside}"' in text else "no such test"
        for word in filter(None, inside.split(".")):  # Class.test_…
            if not re.search(rf"(class|def) {word}\b", text):
                return f"no {word}"
        return None

    def test_every_test_that_the_threats_name_is_there(self):
        quoted = re.findall(r"`([^`]+)`", (TOP / "tests/THREATS.md").read_text())
        named = [words for words in quoted if re.match(r"P\d+$|test[-_]\w|fuzz/", words) and "…" not in words and words != "test_lint.py"]
        self.assertGreater(len(named), 60)
        self.assertEqual([], [f"{words}: {wrong}" for words in named if (wrong := self.wrong(words))])


class Templates(unittest.TestCase):
    @staticmethod
    def gtk_parents():
        """Our classes, each with the GTK class that it derives from in the end: GtkBox for AccWhoPage."""
        parents = {}
        for path in sources(".c"):
            for ours, parent in re.findall(r"G_DEFINE_[A-Z_]*TYPE[A-Z_]*\s*\((Acc\w+),\s*\w+,\s*(\w+_TYPE_\w+)", path.read_text()):
                prefix, words = parent.split("_TYPE_")
                parents[ours] = prefix.title() + words.title().replace("_", "")
        for ours in parents:
            while parents[ours] in parents:
                parents[ours] = parents[parents[ours]]
        return parents

    def test_every_template_lies_beside_its_class(self):
        wrong = [name(path) for path in sources(".ui")
                 if re.search('<template class="Acc', path.read_text()) and not path.with_suffix(".c").exists()]
        self.assertEqual([], wrong)

    def test_no_template_is_over_200_lines(self):
        wrong = [f"{name(path)}: {n}" for path in sources(".ui") if (n := len(path.read_text().splitlines())) > 200]
        self.assertEqual([], wrong)

    def test_gtk_finds_nothing_wrong_with_any_template(self):
        # The tool knows no types of ours: it is shown each as the GTK class that it derives from.
        parents = self.gtk_parents()
        properties = set(re.findall(r'g_param_spec_\w+ \("([\w-]+)"', "".join(path.read_text() for path in sources(".c"))))
        wrong = []
        for path in sources(".ui"):
            text = re.sub(r'class="(Acc\w+)"', lambda found: f'class="{parents[found.group(1)]}"', path.read_text())
            if '<template class="GtkListItem">' in text:
                text = text.replace('<template class="GtkListItem">', '<object class="GtkListItem">')
                text = text.replace("</template>", "</object>")
            done = subprocess.run(["gtk4-builder-tool", "simplify", "/dev/stdin"], input=text, text=True, capture_output=True)
            for line in done.stderr.splitlines():
                if "Layout property GtkWidget::" in line:  # the tool cannot see which layout a class of ours has
                    continue
                ours = re.search(r"property \w+::([\w-]+) not found", line)
                if not ours or ours.group(1) not in properties:
                    wrong.append(f"{name(path)}: {line}")
            if done.returncode and not done.stderr:
                wrong.append(f"{name(path)}: refused")
        self.assertEqual([], wrong)


class Units(unittest.TestCase):
    def test_systemd_finds_nothing_wrong_with_any_unit(self):
        with tempfile.TemporaryDirectory() as folder:
            units = []
            for path in sorted((TOP / "resources/units").iterdir()):
                units.append(pathlib.Path(folder) / path.name)
                units[-1].write_text(re.sub(r"@\w+@/[\w-]+", shutil.which("true"), path.read_text()))
            done = subprocess.run(["systemd-analyze", "verify", *units], text=True, capture_output=True)
        self.assertEqual((0, ""), (done.returncode, done.stderr))


if __name__ == "__main__":
    tap.main()
