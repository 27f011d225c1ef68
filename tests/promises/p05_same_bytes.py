"""P5: the PDF that the client read is, byte for byte, the one that is stored, shown, approved, sent and restored."""
import email
import email.policy
import subprocess
import uuid

import canaries
import harness

# Letters whom the demonstration's directory knows: a thanked banker, a long one, one with other scripts' accents.
LETTERS = ("two-sentences.json", "full-page.json", "banker.json")


def shown(branch, number, *arguments):
    branch.signed_in("show", number, "--pdf", branch.home / "shown.pdf", *arguments)
    return (branch.home / "shown.pdf").read_bytes()


def attached(message):
    """The attachments of a message by their names."""
    parsed = email.message_from_bytes(message, policy=email.policy.default)
    return {part.get_filename(): part.get_content() for part in parsed.iter_attachments()}


def said(message):
    """What whoever opens no attachment reads."""
    return email.message_from_bytes(message, policy=email.policy.default).get_body().get_content()


def packages(branch, number):
    return sorted((branch.home / "store-outbox").glob(f"{number}-*"))


def hold_routed(cases, branch, number, pdf):
    """The letter in each package, and in each message; and a cover that is a file of its own."""
    routes = packages(branch, number)
    cases.hold(len(routes) >= 2, f"{number} went {len(routes)} ways")
    for route in routes:
        cover = (route / f"{number}-cover.pdf").read_bytes()
        message = attached((route / f"{number}.eml").read_bytes())
        cases.hold((route / f"{number}.pdf").read_bytes() == pdf, f"{route.name}: the package has another PDF")
        cases.hold(pdf in message.values(), f"{route.name}: the message has another PDF")
        cases.hold(cover in message.values() and cover != pdf and len(message) == 2, f"{route.name}: {list(message)}")
        cases.hold("as the client read it" in said((route / f"{number}.eml").read_bytes()), f"{route.name}: it says otherwise")
        verified = branch.call("verify", route / f"{number}.pdf")
        cases.hold(verified.returncode == 0 and number in verified.stdout, f"{route.name}: {verified.stderr}")


def hold_restored(cases, branch, letters):
    """A backup, restored elsewhere: with the pepper beside it the same banker opens the same bytes."""
    restored = branch.home / "restored"
    branch.done("backup", branch.home / "letters.backup")
    branch.done("restore", branch.home / "letters.backup", "--store", restored)
    (restored / "pepper").write_bytes((branch.store / "pepper").read_bytes())
    for number, pdf in letters.items():
        cases.hold(shown(branch, number, "--store", restored) == pdf, f"{number}: the restored PDF is another one")


@harness.promise("P5", ci=1, deep=1)
def the_same_bytes_everywhere(cases):
    """What the client read is, byte for byte, what is queued, taken in, approved, sent on each route and restored."""
    with harness.branch() as branch:
        branch.import_staff()
        letters = {}
        for letter in LETTERS:
            number, read = str(uuid.uuid4()), branch.home / "read.pdf"
            # What is on the screen before "Send": acc_ready_letter_new, as the kiosk calls it.
            branch.done("render", harness.LETTERS / letter, "-o", read, "--number", number)
            branch.done("submit", harness.LETTERS / letter, "--number", number)
            letters[number] = read.read_bytes()
        for verb in (None, "take-in", "claim", "approve", "route", "acknowledge"):
            if verb:
                branch.decide(verb, *(letters if verb != "take-in" else ()))
            for number, pdf in letters.items():
                cases.hold(shown(branch, number) == pdf, f"{number}: another PDF after {verb}")
        for number, pdf in letters.items():
            hold_routed(cases, branch, number, pdf)
        hold_restored(cases, branch, letters)


@harness.promise("P5", ci=1, deep=1)
def no_one_changes_the_words(cases):
    """A number stands for its words for ever: the same number with others is refused, and the first stay."""
    with harness.branch() as branch:
        letter, _ = canaries.write_files(branch.home)
        number = branch.done("submit", letter).strip()
        first = shown(branch, number)
        for when in ("waiting", "taken in"):
            other = branch.call("submit", harness.LETTERS / "full-page.json", "--number", number)
            cases.hold(other.returncode == 1 and number in other.stderr, f"{when}: {other.returncode}: {other.stderr}")
            cases.hold(shown(branch, number) == first, f"{when}: the words have changed")
            branch.decide("take-in")


# What test-banker takes out of the letter of canaries: the longest word of each part.
TAKEN = ["needcanary", "actcanary", "differencecanary", "wordscanary"]


def left_in(pdf, home):
    """The words taken out that are in a PDF after all: in its bytes, in each stream unpacked, in what a reader reads."""
    path, plain = home / "edition.pdf", home / "plain.pdf"
    path.write_bytes(pdf)
    subprocess.run(["qpdf", "--qdf", "--object-streams=disable", path, plain], check=True)
    read = b"".join(subprocess.run(program, check=True, capture_output=True).stdout
                    for program in (["pdftotext", path, "-"], ["pdftotext", "-raw", path, "-"], ["pdfinfo", "-meta", path],
                                    ["pdfinfo", path], ["pdfinfo", "-struct-text", path]))
    return canaries.in_data(pdf + plain.read_bytes() + read, TAKEN), read


def blacked_out(cases, branch, *verbs):
    """A letter that has come through these verbs: its number, and what the client read."""
    letter, _ = canaries.write_files(branch.home)
    number = branch.done("submit", letter).strip()
    original = shown(branch, number)
    for verb in verbs:
        branch.decide(verb, *([] if verb == "take-in" else [number]))
        cases.hold(shown(branch, number) == original, f"{number}: another original after {verb}")
    return number, original


@harness.promise("P5", ci=1, deep=1)
def a_blacked_out_edition_holds_none_of_the_words(cases):
    """What leaves on each route says that words were taken out, and holds none of them; the original stays as it was."""
    with harness.branch() as branch:
        _, staff = canaries.write_files(branch.home)
        branch.import_staff(staff)
        number, original = blacked_out(cases, branch, "take-in", "claim", "black-out", "approve", "route")
        cases.hold(set(left_in(original, branch.home)[0]) == set(TAKEN), "the search finds nothing in the original either")
        for route in packages(branch, number):
            sent = (route / f"{number}.pdf").read_bytes()
            found, read = left_in(sent, branch.home)
            cases.hold(not found, f"{route.name}: the edition holds {found}")
            cases.hold(b"Blacked-out edition" in read and b"taken out" in read, f"{route.name}: it does not say what it is")
            cases.hold(sent in attached((route / f"{number}.eml").read_bytes()).values(), f"{route.name}: mailed otherwise")
            words = said((route / f"{number}.eml").read_bytes())
            cases.hold("as the client read it" not in words and "taken out" in words, f"{route.name}: it says {words}")
            held = canaries.in_folder(route, TAKEN)
            cases.hold(not held, f"{route.name}: {held}")
            told = branch.call("verify", route / f"{number}.pdf")
            cases.hold(told.returncode == 0 and "blacked-out edition" in told.stdout and number in told.stdout,
                       f"{route.name}: verify: {told.stdout}{told.stderr}")
        cases.hold(len(packages(branch, number)) >= 2, "it went nowhere")
        cases.hold(branch.call("verify").returncode == 0, "the stores are not sound")


@harness.promise("P5", ci=1, deep=1)
def the_original_goes_after_all(cases):
    """Gone back to before approval, the original is what leaves, byte for byte."""
    with harness.branch() as branch:
        _, staff = canaries.write_files(branch.home)
        branch.import_staff(staff)
        number, original = blacked_out(cases, branch, "take-in", "claim", "black-out", "restore", "approve", "route")
        hold_routed(cases, branch, number, original)


@harness.promise("P5", ci=1, deep=1)
def large_print_says_that_it_is_one(cases):
    """It says so in its text, title and XMP, is the same each time, and verify tells it from a letter that was changed."""
    with harness.branch() as branch:
        letter, _ = canaries.write_files(branch.home)
        number = branch.done("submit", letter).strip()
        one, other = branch.home / "one.pdf", branch.home / "other.pdf"
        for path in (one, other):
            branch.done("render", letter, "--large-print", "-o", path, "--number", number)
        cases.hold(one.read_bytes() == other.read_bytes() != shown(branch, number), "not the same, or the original")
        _, read = left_in(one.read_bytes(), branch.home)
        cases.hold(read.count(b"Large-print edition") >= 4, "it does not say what it is")
        cases.hold("in large print" in branch.signed_in("verify", one), "verify does not know it")
        cases.hold(branch.call("verify", one).returncode == 1, "without the letter it cannot be known")
        changed = letter.with_name("changed.json")
        changed.write_text(letter.read_text().replace("wordscanary", "otherwords"))
        branch.done("render", changed, "--large-print", "-o", other, "--number", number)
        told = branch.call("verify", other, "--passphrase-file", branch.passphrase, "--banker", harness.BANKER)
        cases.hold(told.returncode == 1 and "is not letter" in told.stderr, f"{told.stdout}{told.stderr}")
