"""P4: what the client typed is what is filed. Each letter is refused, naming what is wrong, or its PDF reads back equal."""
import collections
import copy
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unicodedata

import harness

TYPED = harness.BUILD / "tests/test-typed"
INPUT, CHARACTERS = 0, 1  # AccError
STRINGS = 8               # in one letter
FIELDS = ("to[0].name", "to[0].called", "to[0].department", "story.need", "story.act", "story.difference", "story",
          "from[0].name", "from[0].signature", "banker.name", "banker.words", "consent.contact", "apart", "language")

Row = collections.namedtuple("Row", "what field text expected", defaults=("same",))

# adversarial-inputs.md, "Letter fields": what can be put into a letter file. "same": accepted and read back equal;
# "refused": by the field's name or the character's; "either".
ROWS = [
    Row("empty name", "to[0].name", "", "refused"),
    Row("spaces", "to[0].name", "   ", "refused"),
    Row("no-break spaces", "story.act", "\u00a0\u00a0", "refused"),
    Row("fillers", "from[0].name", "\u3164\u3164", "refused"),
    Row("6,000 characters", "story.act", ("All was well. " * 500)[:5999] + "."),
    Row("6,001 characters", "story.act", "a" * 6001, "refused"),
    Row("1,000,000 characters", "story.act", "a " * 500_000, "refused"),
    Row("1 MB without a break", "story.act", "a" * 1_000_000, "refused"),
    Row("6,000 letters without a break", "story.act", "a" * 6000),
    Row("80 lines", "story.act", "\n".join(f"Line {line}" for line in range(80))),
    Row("100,000 line feeds", "story.act", "a" + "\n" * 100_000 + "b", "refused"),
    Row("30 marks", "story.act", "a" + "\u0300" * 30, "either"),
    Row("50,000 marks", "story.act", "a" + "\u0300" * 50_000, "refused"),
    Row("nine marks in a name", "to[0].name", "A" + "\u0300" * 9, "refused"),
    Row("text turned round", "story.act", "paid \u202e001\u202c pounds", "refused"),
    Row("isolate without an end", "story.act", "paid \u2066 pounds", "refused"),
    Row("200 embeddings", "story.act", "\u2067" * 200 + "pounds", "refused"),
    Row("zero-width space in a name", "to[0].name", "Jes\u200bsica", "refused"),
    Row("word joiner in a name", "to[0].name", "Jes\u2060sica", "refused"),
    Row("byte order mark in a name", "to[0].name", "\ufeffJessica", "refused"),
    Row("tags", "story.act", "thanks \U000e0041\U000e0042", "refused"),
    Row("private use", "story.act", "thanks \ue000", "refused"),
    Row("a Cyrillic lookalike", "to[0].name", "\u0410na Held"),
    Row("Hebrew", "story.act", "היא נשארה איתי על הקו (שעה שלמה) ופתרה הכול ב-3 ימים."),
    Row("Arabic", "story.act", "بقيت معي على الخط ساعة كاملة (وأكثر) حتى حُلَّت المشكلة. شكرا لكم!"),
    Row("Hebrew and English", "story.act", "She said שלום and stayed."),
    Row("Thai", "story.act", "เธออยู่ในสายกับฉันจนกว่าจะเสร็จ ขอบคุณมาก"),
    Row("Hindi", "story.act", "उन्होंने मेरी बहुत मदद की और समय पर काम पूरा किया।"),
    Row("Chinese", "story.act", "她一直在電話上陪著我，直到問題解決。謝謝！"),
    Row("Japanese", "story.act", "彼女は最後まで電話で助けてくれました。ありがとうございます。"),
    Row("Korean", "story.act", "그녀는 끝까지 전화로 도와주었습니다. 감사합니다."),
    Row("Greek", "story.act", "Έμεινε στη γραμμή μαζί μου για μία ώρα."),
    Row("Vietnamese", "story.act", "Cô ấy đã giúp tôi rất nhiều, cảm ơn chị Nguyễn."),
    Row("emoji", "story.act", "Thank you \U0001f64f\U0001f3fd", "either"),
    Row("an emoji that no font has", "story.act", "Thank you \U0001fae0", "refused"),
    Row("unassigned", "story.act", "thanks \U0001fbff", "refused"),
    Row("old script without a font", "story.act", "\U00011de0\U00011de1 thanks", "refused"),
    Row("NUL", "story.act", "before\0after", "refused"),
    Row("not a character", "story.act", "before\ufffeafter", "refused"),
    Row("half a pair", "story.act", "before\ud800after", "refused"),
    Row("bell", "story.act", "before\x07after", "refused"),
    Row("escape", "story.act", "before\x1b[31mafter", "refused"),
    Row("markup", "story.act", '<b>x</b> & "Smith & Sons" </span>'),
    Row("format", "story.act", "%s%n%p {name} ${HOME} \\x41"),
    Row("SQL", "story.act", "'); DROP TABLE letters;--"),
    Row("shell", "story.act", "$(reboot) `reboot` | reboot ; reboot"),
    Row("path", "to[0].name", "../../etc/passwd"),
    Row("PDF", "story.act", "(Tj) ET endstream endobj 1 0 obj << /S /JavaScript >> %%EOF"),
    Row("second address", "to[0].name", "Ana\nBcc: x@evil.test"),  # one line, one name
    Row("formula", "to[0].department", '=HYPERLINK("http://x","y")'),
    Row("sum", "to[0].department", "@SUM(1+1)"),
    Row("card number", "story.act", "My card is 4111 1111 1111 1111.", "refused"),
    Row("IBAN", "story.act", "My account is GB82 WEST 1234 5698 7654 32.", "refused"),
    Row("81 characters of a name", "from[0].name", "N" * 81, "refused"),
    Row("80 characters of a name", "from[0].name", ("Maria de los Dolores " * 4)[:80].strip()),
    Row("a ligature and fractions", "story.act", "ﬁne, ½ an hour, № 5, ™"),
    Row("two ways to write é", "story.act", "caf\u00e9 cafe\u0301"),
    Row("unknown language", "language", "xx-nowhere", "either"),
    Row("no language", "language", "not a tag!", "refused"),
    Row("unsigned", "from[0].signature", None, "refused"),
    Row("signed with nothing", "from[0].signature", {"strokes": []}, "refused"),
    Row("signed with a dot", "from[0].signature", {"strokes": [[[0.5, 0.5, 0]]]}, "either"),
    Row("signed outside the pad", "from[0].signature", {"strokes": [[[-9, 0.5, 0], [9, 0.5, 9]]]}, "either"),
    Row("signed without numbers", "from[0].signature", {"strokes": [[["x", None, {}]]]}, "refused"),
    Row("30,000 points", "from[0].signature", {"strokes": [[[0.1, i % 7 / 7, i] for i in range(30_000)]]}, "either"),
    Row("a million points", "from[0].signature", {"strokes": [[[1, 0, 9]] * 1_000_000]}, "refused"),
]

# Scripts that letters are written in; each other block of Unicode is tried as often as one of these.
ALPHABETS = ["abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "àáâãäåæçèéêëìíîïñòóôõöøùúûüýþßœžščřąęłńś",
             "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώΑΒΓΔΕΖ", "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗ", "אבגדהוזחטיכלמנסעפצקרשתםןךףץ",
             "ابتثجحخدذرزسشصضطظعغفقكلمنهويةى", "กขคงจฉชซดตถทธนบปผพมยรลวสหอ", "अआइईउऊएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशसह",
             "的一是不了人我在有他这为之大来以个中上们", "あいうえおかきくけこさしすせそたちつてと", "가나다라마바사아자차카타파하감사합니다", "0123456789.,;:!?()“”‘’–…€£$"]
NASTY = "\u200b\u200d\u202e\u2066\u00ad\ufeff\u2028\ue000\ufffd\ufffe\x00\x08\u3164\u180e\U000e0041\U0001fae0\u0378\u034f"


class Engine:
    """The way from a letter's JSON to its PDF, as the kiosk goes it, and the PDF's text."""

    def __init__(self):
        self.process = subprocess.Popen([TYPED], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, letter):
        line = letter if isinstance(letter, bytes) else json.dumps(letter).encode()
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        return json.loads(answer) if answer else {"code": "died", "sentence": f"{self.process.wait()}"}


def plain_letter():
    return json.loads((harness.LETTERS / "two-sentences.json").read_text())


def put(letter, field, text):
    """Sets the field that the JSON spells "to[0].name"."""
    place, steps = letter, field.replace("[0]", ".0").split(".")
    for step in steps[:-1]:
        place = place[int(step) if step == "0" else step]
    place[steps[-1]] = text


def typed(text):
    """With one mark for all that a quote, and one for all that a hyphen may be set as."""
    quotes = dict.fromkeys(map(ord, "\"“”„‘’‚«»‹›「」『』\u05f3\u05f4"), "'")
    return re.sub("[-–—]+", "-", text.translate(quotes))


def compared(text):
    """What of a text reading back can be held to: no spaces, no marks, nothing invisible."""
    return [c for c in unicodedata.normalize("NFKC", typed(text))
            if not c.isspace() and unicodedata.category(c) not in ("Mn", "Mc", "Me", "Cf", "Cc")]


def is_simple(text):
    """Whether its letters follow one another in the PDF as they were typed."""
    return all(unicodedata.bidirectional(c) not in ("R", "AL", "AN", "RLE", "RLO") and not unicodedata.combining(c)
               and not 0x0900 <= ord(c) <= 0x109f and not 0x1780 <= ord(c) <= 0x17ff
               and unicodedata.category(c) not in ("Mc", "Me", "Mn") for c in unicodedata.normalize("NFC", text))


def letters_of(text):
    """As often as they occur; brackets turn round from right to left, and an alef may go with its lam."""
    turned = str.maketrans(")]}>", "([{<")
    bare = [c for c in unicodedata.normalize("NFKD", typed(text)).translate(turned)
            if not c.isspace() and unicodedata.category(c) not in ("Mn", "Mc", "Me", "Cf", "Cc")]
    return collections.Counter(bare)


def hidden(text):
    """The characters that nobody would see, or that turn others round."""
    return [f"U+{ord(c):04X}" for c in text if unicodedata.category(c) in ("Cc", "Co", "Cs", "Cn") and c not in "\n\t"
            or c in "\u200b\u2060\ufeff\u3164\u115f\u1160\uffa0\u061c\u200e\u200f"
            or 0x202a <= ord(c) <= 0x202e or 0x2066 <= ord(c) <= 0x2069 or 0xe0000 <= ord(c) <= 0xe0fff]


def difference(strings, read):
    """Why @read does not say what was typed; None if it does."""
    whole, simple = "".join(compared(read)), all(is_simple(text) for text in strings)
    counted = letters_of(read)
    missing = sum((letters_of(text) for text in strings), collections.Counter()) - counted
    lost = sum(count for c, count in missing.items() if unicodedata.bidirectional(c) in ("R", "AL"))
    alefs = min(missing["\u0627"], sum(text.count("\u0644\u0627") for text in strings))
    from_right = sum(unicodedata.bidirectional(c) in ("R", "AL") for text in strings for c in text)
    for text in strings:
        if hidden(text):
            return f"accepted with {hidden(text)}"
        for line in text.split("\n"):
            # Over the end of a page a line has a foot and a head between its parts.
            if simple and len(line) < 1000 and "Page 1 of 1" in read and "".join(compared(line)) not in whole:
                return f"not in order: {line[:80]!r}"
    if sum(missing.values()) > lost or (lost - alefs) * 100 > from_right:
        return f"missing {dict(missing)}"
    return None


def named(answer, strings):
    """Whether a refusal says which field, line or character, or that it is the letter as a whole."""
    sentence = answer["sentence"]
    return sentence.startswith((*FIELDS, "line ", "The letter ")) or any(f"U+{ord(c):04X}" in sentence for text in strings for c in text
                                              + unicodedata.normalize("NFC", text))


def judge(cases, what, answer, strings, expected="either"):
    if answer["code"] == -1:
        found = "refused expected" if expected == "refused" else difference(strings, answer["read"])
    elif answer["code"] not in (INPUT, CHARACTERS):
        found = f"{answer}"
    elif expected == "same":
        found = f"refused: {answer['sentence']}"
    else:
        found = None if named(answer, strings) else f"it names nothing: {answer['sentence']}"
    cases.hold(found is None, f"{what}: {found}")
    return answer["code"] == -1


@harness.promise("P4", ci=1, deep=1)
def adversarial_table(cases):
    """Each row of the adversarial table is refused by name, or its PDF reads back equal."""
    engine = Engine()
    for row in ROWS:
        letter = plain_letter()
        put(letter, row.field, row.text)
        strings = [row.text] if isinstance(row.text, str) and row.field != "language" else []
        judge(cases, row.what, engine.ask(letter), strings, row.expected)
    raw = json.dumps(plain_letter()).encode()
    for what, bad in (("half a character", b"\xc3"), ("overlong", b"\xc0\xaf"), ("surrogate", b"\xed\xa0\x80"), ("Latin-1", b"\xe9")):
        answer = engine.ask(raw.replace(b"hotel", b"ho" + bad + b"tel", 1))
        cases.hold(answer["code"] == INPUT, f"{what}: {answer}")
    judge(cases, "the next letter", engine.ask(plain_letter()), ["Jessica Okafor"], "same")


def random_text(chance, alphabet, longest):
    text = ""
    for _ in range(chance.randint(1, longest)):
        text += chance.choice(alphabet)
        if chance.random() < 0.15:
            text += " "
        if chance.random() < 0.002:
            text += chance.choice(NASTY)
        if chance.random() < 0.02:
            text += chr(chance.randrange(0x300, 0x314))
    return text.strip() or "a"


def random_alphabet(chance):
    if chance.random() < 0.8:
        return chance.choice(ALPHABETS)
    start = chance.randrange(0x20000) & ~0x7f
    return "".join(chr(c) for c in range(start, start + 0x80) if not 0xd800 <= c < 0xe000) or "a"


def random_letter(chance):
    """A letter in one or two scripts: the letter, and its strings."""
    alphabets = [random_alphabet(chance), random_alphabet(chance)]
    letter = copy.deepcopy(plain_letter())
    strings = [random_text(chance, chance.choice(alphabets), 20 if field < 4 else 150) for field in range(STRINGS)]
    name, department, author, banker, need, act, difference_made, words = strings
    letter["to"][0].update(name=name, called=name, department=department)
    letter["from"] = [{"name": author, "signature": {"typed": author}}]
    letter["banker"] = {"name": banker, "words": words}
    letter["story"] = {"need": need, "act": act, "difference": difference_made}
    letter["language"] = chance.choice(["en", "en", "es", "ar", "he", "zh", "ja", "th", "hi"])
    return letter, strings


@harness.promise("P4", ci=1_000, deep=100_000)
def random_strings(cases):
    """Random strings in all scripts are refused by name, or the PDF reads back equal."""
    engine, accepted = Engine(), 0
    letters = cases.size // STRINGS
    for _ in range(letters):
        letter, strings = random_letter(cases.random)
        accepted += judge(cases, json.dumps(letter["story"], ensure_ascii=False)[:200], engine.ask(letter), strings)
    cases.hold(accepted > letters // 5, f"only {accepted} of {letters} letters were accepted")


def without_fonts(folder, kept, letter):
    """The answer on a machine whose only fonts are those of @kept: in a mount namespace of its own."""
    for path in kept:
        shutil.copy(path, folder)
    script = ("mount --bind \"$1\" /usr/share/fonts && mount -t tmpfs none /var/cache/fontconfig && exec \"$2\" render"
              " \"$3\" -o \"$4\"")
    path, out = pathlib.Path(folder) / "letter.json", pathlib.Path(folder) / "letter.pdf"
    path.write_text(json.dumps(letter))
    ended = harness.run(["unshare", "--mount", "sh", "-c", script, "sh", folder, harness.ACCOLADE, path, out],
                        env={**os.environ, "XDG_CACHE_HOME": str(folder)})
    return ended.returncode, ended.stderr, out.exists()


@harness.promise("P4", ci=1, deep=1)
def missing_fonts(cases):
    """Where a font is missing, the letter is refused by its name or the character's; no box, no empty page is written."""
    if os.getuid() != 0 or harness.run(["unshare", "--mount", "true"]).returncode != 0:
        raise harness.Skipped("fonts can be taken away only in a mount namespace")
    latin = [path for path in pathlib.Path("/usr/share/fonts").rglob("*.tt[fc]")
             if path.name.startswith(("NotoSerif-", "NotoSans-", "DancingScript"))]
    chinese = json.loads((harness.LETTERS / "chinese.json").read_text())
    hebrew = json.loads((harness.LETTERS / "hebrew.json").read_text())
    for what, kept, letter, expected, told in (
            ("no fonts", [], plain_letter(), 1, "is not installed"), ("Latin alone", latin, plain_letter(), 0, ""),
            ("Chinese without its font", latin, chinese, 1, "U+"), ("Hebrew without its font", latin, hebrew, 1, "U+")):
        with tempfile.TemporaryDirectory(prefix="accolade-") as folder:
            status, sentence, written = without_fonts(folder, kept, letter)
            cases.hold(status == expected and told in sentence and written == (expected == 0),
                       f"{what}: {status}, {sentence}, written {written}")
