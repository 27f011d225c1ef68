#!/usr/bin/python3
"""The style sheets by themselves: every colour stands out from what it stands on, in every look, and nothing moves that
need not, or for long."""
import itertools
import pathlib
import re
import sys
import unittest

TOP = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP / "tests"))
import tap  # noqa: E402

STYLE = TOP / "resources/style"
LOOKS = ("colours.css", "colours-dark.css", "colours-high-contrast.css")
SHEETS = ("kit.css", "kiosk.css", "desk.css")

TEXT = 7.0  # WCAG 2.2, 1.4.6
PART = 3.0  # 1.4.11
LONGEST = 200  # milliseconds of a movement that shows where something went

# What stands on what, in the three looks.
PAIRS = [
    # Text on the table, on the grounds that lie on it, and on what is raised above it
    ("ink", "linen", TEXT), ("ink", "stone", TEXT), ("ink", "paper", TEXT), ("ink", "tint", TEXT),
    ("ink", "amber_ground", TEXT), ("ink", "error_ground", TEXT),
    ("quiet", "linen", TEXT), ("quiet", "paper", TEXT), ("quiet", "tint", TEXT),
    # A primary button, at rest and pressed; a key that is held
    ("on_accent", "accent", TEXT), ("on_accent", "accent_dark", TEXT),
    # Where you are, and the countdown
    ("accent", "linen", TEXT), ("accent", "paper", TEXT), ("accent", "tint", PART),
    ("accent_dark", "linen", PART), ("accent", "stone", PART),
    # What must be mended, and looked at
    ("error", "error_ground", TEXT), ("error", "linen", TEXT), ("error", "paper", TEXT),
    ("amber", "amber_ground", TEXT),
    # What is turned round: a bubble, the desk's message
    ("paper", "ink", TEXT),
    # The borders of what is touched, from within and from without
    ("edge", "linen", PART), ("edge", "stone", PART), ("edge", "paper", PART),
    # The ring round what has the focus
    ("focus", "linen", PART), ("focus", "stone", PART), ("focus", "paper", PART), ("focus", "tint", PART),
    ("focus", "sheet", PART),
    # The sheet
    ("sheet_ink", "sheet", TEXT), ("sheet_ink", "sheet_tint", TEXT),
    ("sheet_accent", "sheet", PART), ("sheet_accent", "sheet_tint", PART),
    ("gold", "paper", PART),
]
# Names whose grounds carry no meaning: lines between parts of a window, veils and shadows; and the desk's own buttons that
# cannot be pressed now, which 1.4.3 leaves out.
NO_MEANING = {"card_edge", "hairline", "shade", "shadow"}
OUT_OF_USE = {("quiet", "stone")}

COLOUR = re.compile(r"@define-color\s+(\w+)\s+([^;]+);")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
MOTION = re.compile(r"(transition|animation)(-[a-z-]+)?\s*:\s*([^;]+)")


def without_comments(path):
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)


def read_look(name):
    """The table of a look: each name with its value as it is written."""
    return dict(COLOUR.findall(without_comments(STYLE / name)))


def luminance(value):
    """Relative luminance of #RRGGBB, 0…1 (WCAG 2.2, Terms: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    channels = (int(value[start:start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """1…21 (WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def rules():
    """Each rule of the sheets: sheet, selector, what it declares."""
    for sheet in SHEETS:
        for selector, body in RULE.findall(without_comments(STYLE / sheet)):
            declared = dict(re.findall(r"([a-z-]+)\s*:\s*([^;]+);", body if body.rstrip().endswith(";") else body + ";"))
            yield sheet, " ".join(selector.split()), declared


class Contrast(unittest.TestCase):
    def test_the_formula_gives_what_the_standard_says(self):
        self.assertAlmostEqual(21, contrast("#000000", "#FFFFFF"))
        self.assertAlmostEqual(1, contrast("#0B4F57", "#0B4F57"))
        self.assertAlmostEqual(4.54, contrast("#767676", "#FFFFFF"), 2)

    def test_each_look_is_a_table_of_the_same_names(self):
        names = [set(read_look(look)) for look in LOOKS]
        for other in names[1:]:
            self.assertEqual(names[0], other)

    def test_each_pair_stands_out_in_each_look(self):
        for look, (front, ground, least) in itertools.product(LOOKS, PAIRS):
            colours = read_look(look)
            found = contrast(colours[front], colours[ground])
            self.assertGreaterEqual(found, least, f"{look}: {front} {colours[front]} on {ground} {colours[ground]}")

    def test_the_sheet_is_white_in_each_look(self):
        for look in LOOKS:
            colours = read_look(look)
            self.assertEqual("#FFFFFF", colours["sheet"])
            for name in ("sheet_ink", "sheet_tint", "sheet_accent"):
                self.assertEqual(read_look(LOOKS[0])[name], colours[name], look)

    def test_each_name_is_in_a_pair(self):
        paired = {name for front, ground, _ in PAIRS for name in (front, ground)}
        self.assertEqual(set(read_look(LOOKS[0])) - NO_MEANING, paired)

    def test_each_pair_that_a_rule_makes_is_looked_at(self):
        known = {(front, ground) for front, ground, _ in PAIRS} | OUT_OF_USE
        for sheet, selector, declared in rules():
            front = re.fullmatch(r"@(\w+)", declared.get("color", "").strip())
            ground = re.fullmatch(r"@(\w+)", declared.get("background", declared.get("background-color", "")).strip())
            if front and ground:
                self.assertIn((front[1], ground[1]), known, f"{sheet}: {selector}")

    def test_colours_are_used_by_name_only(self):
        for sheet in SHEETS:
            self.assertEqual([], re.findall(r"#[0-9A-Fa-f]{3,8}\b(?=[^{}]*\})|rgba?\(", without_comments(STYLE / sheet)), sheet)


class Focus(unittest.TestCase):
    def test_each_ring_is_at_least_two_pixels_wide(self):
        rings = [(sheet, selector, declared["outline"]) for sheet, selector, declared in rules()
                 if "@focus" in declared.get("outline", "")]
        self.assertGreater(len(rings), 1)
        for sheet, selector, outline in rings:
            self.assertGreaterEqual(float(re.match(r"([\d.]+)px", outline)[1]), 2, f"{sheet}: {selector}")


class Motion(unittest.TestCase):
    def test_no_sheet_moves_anything_by_itself_or_for_long(self):
        for sheet in SHEETS:
            for property, part, value in MOTION.findall(without_comments(STYLE / sheet)):
                self.assertNotEqual("animation", property, f"{sheet}: {value}")
                for amount, unit in re.findall(r"([\d.]+)(ms|s)\b", value):
                    self.assertLessEqual(float(amount) * (1000 if unit == "s" else 1), LONGEST, f"{sheet}: {value}")

    def test_no_template_moves_anything_for_long(self):
        movers = 0
        for template in sorted((TOP / "ui").rglob("*.ui")):
            text = template.read_text()
            self.assertNotIn("GtkSpinner", text, template.name)  # it turns for as long as it is there
            for duration in re.findall(r'"transition-duration">(\d+)<', text):
                self.assertLessEqual(int(duration), LONGEST, template.name)
            for mover in re.findall(r'<object class="GtkRevealer".*?(?=<child)', text, flags=re.S):
                movers += 1
                self.assertIn('"transition-duration"', mover, template.name)  # GTK's own is 250 ms
        self.assertGreater(movers, 1)

    def test_no_code_turns_motion_on(self):
        for source in sorted((TOP / "ui").rglob("*.c")):
            text = source.read_text()
            self.assertIsNone(re.search(r'"gtk-enable-animations", TRUE|gtk_spinner_', text), source.name)
            for duration in re.findall(r"_set_transition_duration \([^,]+, (\d+)\)", text):
                self.assertLessEqual(int(duration), LONGEST, source.name)


if __name__ == "__main__":
    tap.main()
